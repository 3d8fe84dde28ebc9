package org.openiomt.ble.profile.cyclingpower;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.ControlPointValues;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Context;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Distribution;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Feature;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.BalanceReference;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.Extremes;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.TorqueSource;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector.Direction;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector.Magnitudes;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.Remainder;

class CyclingPowerPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>(ControlPointValues.laws(CyclingPowerControlPoint.POINT));
        laws.add(new Law<>(CyclingPowerMeasurement.CODEC, measurements(), true));
        laws.add(new Law<>(CyclingPowerVector.CODEC, vectors(List.of(Magnitudes.NONE)), true));
        laws.add(new Law<>(CyclingPowerVector.CODEC, vectors(List.of(Magnitudes.FORCES, Magnitudes.TORQUES)), false));
        laws.add(new Law<>(CyclingPowerFeature.CODEC, features(), true));
        return laws;
    }

    private static Arbitrary<CyclingPowerMeasurement> measurements() {
        Arbitrary<Integer> int16 = Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE);
        Arbitrary<CyclingPowerMeasurement> first = Combinators.combine(
                        int16,
                        Arbitraries.of(BalanceReference.class),
                        optionalInts(0, 0xFF),
                        Arbitraries.of(TorqueSource.class),
                        optionalInts(0, 0xFFFF),
                        optional(counters(Counter.POWER_WHEEL)),
                        optional(counters(Counter.CRANK)))
                .as((power, reference, balance, source, torque, wheel, crank) -> {
                    CyclingPowerMeasurement one = CyclingPowerMeasurement.of(power);
                    return new CyclingPowerMeasurement(
                            power,
                            reference,
                            balance,
                            source,
                            torque,
                            wheel,
                            crank,
                            one.force(),
                            one.torque(),
                            one.angle(),
                            one.topDeadSpotDegree(),
                            one.bottomDeadSpotDegree(),
                            one.accumulatedEnergyKilojoule(),
                            false,
                            Remainder.NONE);
                });
        Arbitrary<Extremes> signed = Combinators.combine(int16, int16).as(Extremes::new);
        Arbitrary<Integer> uint12 = Arbitraries.integers().between(0, 0xFFF);
        return Combinators.combine(
                        first,
                        optional(signed),
                        optional(signed),
                        optional(Combinators.combine(uint12, uint12).as(Extremes::new)),
                        optionalInts(0, 0xFFFF),
                        optionalInts(0, 0xFFFF),
                        optionalInts(0, 0xFFFF),
                        Arbitraries.of(true, false))
                .as((one, force, torque, angle, top, bottom, energy, isCompensated) -> new CyclingPowerMeasurement(
                        one.powerWatt(),
                        one.balanceReference(),
                        one.pedalBalanceHalfPercent(),
                        one.torqueSource(),
                        one.accumulatedTorque32(),
                        one.wheel(),
                        one.crank(),
                        force,
                        torque,
                        angle,
                        top,
                        bottom,
                        energy,
                        isCompensated,
                        Remainder.NONE));
    }

    private static Arbitrary<CyclingPowerVector> vectors(List<Magnitudes> kinds) {
        return Arbitraries.of(kinds)
                .flatMap(kind -> Combinators.combine(
                                optional(counters(Counter.CRANK)),
                                optionalInts(0, 0xFFFF),
                                Arbitraries.integers()
                                        .between(Short.MIN_VALUE, Short.MAX_VALUE)
                                        .list()
                                        .ofMaxSize(kind == Magnitudes.NONE ? 0 : 20),
                                Arbitraries.of(Direction.class))
                        .as((crank, angle, magnitudes, direction) ->
                                new CyclingPowerVector(crank, angle, kind, magnitudes, direction, Remainder.NONE)));
    }

    private static Arbitrary<CyclingPowerFeature> features() {
        return Combinators.combine(
                        ProfileValues.bits(Feature.class),
                        Arbitraries.of(Context.class),
                        Arbitraries.of(Distribution.UNSPECIFIED, Distribution.ALONE, Distribution.ONE_OF_SEVERAL))
                .as((supports, context, distribution) ->
                        new CyclingPowerFeature(supports, context, distribution, Remainder.NONE));
    }

    private static Arbitrary<Revolutions> counters(Counter counter) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, counter == Counter.CRANK ? 0xFFFF : 0xFFFFFFFFL),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as((count, time) -> new Revolutions(counter, count, time));
    }
}
