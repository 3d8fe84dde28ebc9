package org.openiomt.ble.profile.environment;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.scalars;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class EnvironmentalPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>();
        for (EnvironmentalReading.Kind kind : EnvironmentalReading.Kind.values()) {
            laws.add(new Law<>(kind.profile().codec(), scalars(kind.scalar()).map(kind::of), true));
        }
        Arbitrary<MedicalFloat> axis = scalars(Scalar.of(IntegerForm.SINT16, "axis", "0.0000001 T"));
        laws.add(new Law<>(
                MagneticFluxDensity.CODEC_2D,
                Combinators.combine(axis, axis)
                        .as((x, y) -> new MagneticFluxDensity(x, y, Optional.empty(), Remainder.NONE)),
                true));
        laws.add(new Law<>(
                MagneticFluxDensity.CODEC_3D,
                Combinators.combine(axis, axis, axis)
                        .as((x, y, z) -> new MagneticFluxDensity(x, y, Optional.of(z), Remainder.NONE)),
                true));
        laws.add(new Law<>(
                BarometricPressureTrend.CODEC,
                Arbitraries.of(BarometricPressureTrend.Trend.class).map(BarometricPressureTrend::of),
                true));
        laws.add(new Law<>(
                EnvironmentalConfiguration.CODEC,
                Arbitraries.of(EnvironmentalConfiguration.Logic.class).map(EnvironmentalConfiguration::of),
                true));
        laws.add(new Law<>(EnvironmentalMeasurement.CODEC, measurements(), true));
        laws.add(new Law<>(DescriptorValueChanged.CODEC, changes(true), true));
        // 14 octets more make a UUID of 128 bits
        laws.add(new Law<>(DescriptorValueChanged.CODEC, changes(false), false));
        laws.add(new Law<>(EnvironmentalTrigger.CODEC, triggers(), true));
        laws.add(new Law<>(EnvironmentalTrigger.CODEC, unknownThresholds(), false));
        EnvironmentalReading.Kind kind = EnvironmentalReading.Kind.TEMPERATURE;
        laws.add(new Law<>(
                EnvironmentalTrigger.codec(kind),
                Combinators.combine(
                                Arbitraries.of(
                                        EnvironmentalTrigger.Condition.LESS, EnvironmentalTrigger.Condition.NOT_EQUAL),
                                scalars(kind.scalar()))
                        .as((condition, value) -> EnvironmentalTrigger.of(condition, kind.of(value))),
                true));
        return laws;
    }

    private static Arbitrary<EnvironmentalMeasurement> measurements() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 0xFFFFFF);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        seconds,
                        seconds,
                        Arbitraries.integers().between(0, 0x21),
                        scalars(Scalar.of(IntegerForm.UINT8, "percent", "0.5 %").unknown(0xFF)))
                .as((sampling, period, interval, application, percent) ->
                        new EnvironmentalMeasurement(sampling, period, interval, application, percent, Remainder.NONE));
    }

    private static Arbitrary<DescriptorValueChanged> changes(boolean isLong) {
        Arbitrary<UUID> uuids = isLong
                ? Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new)
                : Arbitraries.of(EnvironmentalReading.Kind.class)
                        .map(kind -> kind.profile().uuid128());
        return Combinators.combine(bits(DescriptorValueChanged.Change.class), uuids)
                .as((changes, uuid) -> new DescriptorValueChanged(changes, uuid, isLong, Remainder.NONE));
    }

    private static Arbitrary<EnvironmentalTrigger> triggers() {
        return Arbitraries.oneOf(
                Arbitraries.of(EnvironmentalTrigger.Condition.INACTIVE, EnvironmentalTrigger.Condition.CHANGED)
                        .map(EnvironmentalTrigger::of),
                Combinators.combine(
                                Arbitraries.of(
                                        EnvironmentalTrigger.Condition.FIXED_INTERVAL,
                                        EnvironmentalTrigger.Condition.NO_LESS_THAN_INTERVAL),
                                Arbitraries.integers().between(0, 0xFFFFFF))
                        .as(EnvironmentalTrigger::of));
    }

    private static Arbitrary<EnvironmentalTrigger> unknownThresholds() {
        return Combinators.combine(
                        Arbitraries.integers().between(4, 9),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4))
                .as((code, octets) -> new EnvironmentalTrigger(
                        code, OptionalInt.empty(), Optional.empty(), Optional.of(Opaque.of(octets)), Remainder.NONE));
    }
}
