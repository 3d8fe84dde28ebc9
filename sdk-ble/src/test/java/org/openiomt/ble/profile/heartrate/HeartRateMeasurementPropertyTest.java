package org.openiomt.ble.profile.heartrate;

import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class HeartRateMeasurementPropertyTest extends CodecLaws<HeartRateMeasurement> {
    @Override
    protected Codec<HeartRateMeasurement> codec() {
        return HeartRateMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<HeartRateMeasurement> values() {
        return Arbitraries.of(HeartRateMeasurement.Width.class)
                .flatMap(width -> Combinators.combine(
                                Arbitraries.integers()
                                        .between(0, width == HeartRateMeasurement.Width.UINT8 ? 0xFF : 0xFFFF),
                                Arbitraries.of(HeartRateMeasurement.Contact.class),
                                optionalInts(0, 0xFFFF))
                        .as((rate, contact, energy) -> new HeartRateMeasurement(
                                rate, width, contact, energy, Optional.empty(), Remainder.NONE)));
    }
}
