package org.openiomt.ble.profile.speedcadence;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.ControlPointValues;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.Remainder;

class SpeedCadencePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>(ControlPointValues.laws(SpeedCadenceControlPoint.POINT));
        laws.addAll(List.of(
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
                        true)));
        return laws;
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
}
