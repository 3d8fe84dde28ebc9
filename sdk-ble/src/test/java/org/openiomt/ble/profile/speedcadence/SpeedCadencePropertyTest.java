package org.openiomt.ble.profile.speedcadence;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.Remainder;

class SpeedCadencePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(RunningMeasurement.CODEC, running(), true),
                new Law<>(
                        RunningFeature.CODEC,
                        ProfileValues.bits(RunningFeature.class)
                                .map(bits -> Features.of(RunningFeature.class, 16, bits)),
                        true),
                new Law<>(CyclingMeasurement.CODEC, cycling(), true),
                new Law<>(
                        CyclingFeature.CODEC,
                        ProfileValues.bits(CyclingFeature.class)
                                .map(bits -> Features.of(CyclingFeature.class, 16, bits)),
                        true),
                new Law<>(
                        SensorLocation.CODEC,
                        Arbitraries.of(SensorLocation.Place.class).map(SensorLocation::of),
                        true),
                new Law<>(SpeedCadenceControlPoint.CODEC, closedMessages(), true),
                new Law<>(SpeedCadenceControlPoint.CODEC, locations(), false));
    }

    private static Arbitrary<RunningMeasurement> running() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFF),
                        optionalInts(0, 0xFFFF),
                        optional(Arbitraries.longs().between(0, 0xFFFFFFFFL)),
                        Arbitraries.of(true, false))
                .as((speed, cadence, stride, distance, isRunning) -> new RunningMeasurement(
                        speed,
                        cadence,
                        stride,
                        distance.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        isRunning,
                        Remainder.NONE));
    }

    private static Arbitrary<CyclingMeasurement> cycling() {
        return Combinators.combine(
                        optional(RevolutionsPropertyTest.values(Counter.WHEEL)),
                        optional(RevolutionsPropertyTest.values(Counter.CRANK)))
                .as((wheel, crank) -> new CyclingMeasurement(wheel, crank, Remainder.NONE));
    }

    private static Arbitrary<ControlPointMessage> closedMessages() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 0xFFFFFFFFL).map(SpeedCadenceControlPoint::setCumulativeValue),
                Arbitraries.of(SensorLocation.Place.class).map(SpeedCadenceControlPoint::updateSensorLocation),
                Arbitraries.of(
                        SpeedCadenceControlPoint.startCalibration(),
                        SpeedCadenceControlPoint.requestSensorLocations(),
                        SpeedCadenceControlPoint.POINT.response(
                                SpeedCadenceControlPoint.START_CALIBRATION, ControlPointResult.SUCCESS),
                        SpeedCadenceControlPoint.POINT.response(
                                SpeedCadenceControlPoint.START_CALIBRATION, ControlPointResult.OPERATION_FAILED)));
    }

    private static Arbitrary<ControlPointMessage> locations() {
        return Arbitraries.integers()
                .between(0, 0xFF)
                .list()
                .ofMaxSize(20)
                .map(codes -> SpeedCadenceControlPoint.POINT.response(
                        SpeedCadenceControlPoint.REQUEST_SENSOR_LOCATIONS,
                        ControlPointResult.SUCCESS,
                        new Parameter.Codes(codes)));
    }
}
