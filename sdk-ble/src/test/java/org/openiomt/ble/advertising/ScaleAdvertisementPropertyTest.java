package org.openiomt.ble.advertising;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ScaleAdvertisementPropertyTest extends CodecLaws<ScaleAdvertisement> {
    @Override
    protected Codec<ScaleAdvertisement> codec() {
        return ScaleAdvertisement.CODEC;
    }

    @Override
    protected Arbitrary<ScaleAdvertisement> values() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 0xFFFF),
                        dateTimes())
                .as((flags, steps, takenAt) -> new ScaleAdvertisement(flags, steps, takenAt, Remainder.NONE));
    }
}
