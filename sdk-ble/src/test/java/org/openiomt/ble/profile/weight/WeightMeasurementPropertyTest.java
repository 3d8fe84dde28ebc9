package org.openiomt.ble.profile.weight;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class WeightMeasurementPropertyTest extends CodecLaws<WeightMeasurement> {
    @Override
    protected Codec<WeightMeasurement> codec() {
        return WeightMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<WeightMeasurement> values() {
        return Arbitraries.of(UnitSystem.class)
                .flatMap(units -> Combinators.combine(
                                weights(units),
                                optional(dateTimes()),
                                optionalInts(0, 255),
                                optional(bodyMasses(units)))
                        .as((weight, takenAt, user, bodyMass) ->
                                new WeightMeasurement(units, weight, takenAt, user, bodyMass, Remainder.NONE)));
    }

    private static Arbitrary<MedicalFloat> weights(UnitSystem units) {
        return Arbitraries.integers()
                .between(0, 0xFFFF)
                .map(count -> count == 0xFFFF
                        ? MedicalFloat.NAN
                        : MedicalFloat.of(
                                units == UnitSystem.SI ? 5 * count : count, units == UnitSystem.SI ? -3 : -2));
    }

    private static Arbitrary<WeightMeasurement.BodyMass> bodyMasses(UnitSystem units) {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 0xFFFF);
        return Combinators.combine(counts, counts)
                .as((bmi, height) -> new WeightMeasurement.BodyMass(
                        MedicalFloat.of(bmi, -1), MedicalFloat.of(height, units == UnitSystem.SI ? -3 : -1)));
    }
}
