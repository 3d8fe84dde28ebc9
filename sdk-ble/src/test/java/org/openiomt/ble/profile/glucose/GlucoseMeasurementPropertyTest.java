package org.openiomt.ble.profile.glucose;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class GlucoseMeasurementPropertyTest extends CodecLaws<GlucoseMeasurement> {
    @Override
    protected Codec<GlucoseMeasurement> codec() {
        return GlucoseMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<GlucoseMeasurement> values() {
        Arbitrary<OptionalInt> status = optional(
                        Arbitraries.of(GlucoseStatus.class).set())
                .map(bits ->
                        bits.map(set -> OptionalInt.of((int) Bits.mask(set))).orElseGet(OptionalInt::empty));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        dateTimes(),
                        optionalInts(Short.MIN_VALUE, Short.MAX_VALUE),
                        Arbitraries.of(GlucoseMeasurement.Unit.class),
                        optional(sample()),
                        status,
                        Arbitraries.of(GlucoseMeasurement.Context.class))
                .as((number, base, offset, unit, sample, bits, context) ->
                        new GlucoseMeasurement(number, base, offset, unit, sample, bits, context, Remainder.NONE));
    }

    private static Arbitrary<GlucoseMeasurement.Sample> sample() {
        return Combinators.combine(sfloats(), Arbitraries.integers().between(1, 10), Arbitraries.of(1, 2, 3, 4, 15))
                .as(GlucoseMeasurement.Sample::new);
    }
}
