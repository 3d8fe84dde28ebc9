package org.openiomt.ble.profile.pulseoximeter;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ContinuousMeasurementPropertyTest extends CodecLaws<ContinuousMeasurement> {
    @Override
    protected Codec<ContinuousMeasurement> codec() {
        return ContinuousMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<ContinuousMeasurement> values() {
        return Combinators.combine(
                        oximetry(),
                        optional(oximetry()),
                        optional(oximetry()),
                        bits(OximeterStatus.class),
                        bits(SensorStatus.class),
                        optional(sfloats()))
                .as((normal, fast, slow, status, sensor, amplitude) ->
                        new ContinuousMeasurement(normal, fast, slow, status, sensor, amplitude, Remainder.NONE));
    }

    static Arbitrary<Oximetry> oximetry() {
        return Combinators.combine(sfloats(), sfloats()).as(Oximetry::of);
    }

    /** Any set of known bits, or no field at all. */
    static <E extends Enum<E> & Bit> Arbitrary<OptionalInt> bits(Class<E> type) {
        return optional(Arbitraries.of(type).set().map(bits -> (int) Bits.mask(bits)))
                .map(bits -> bits.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }
}
