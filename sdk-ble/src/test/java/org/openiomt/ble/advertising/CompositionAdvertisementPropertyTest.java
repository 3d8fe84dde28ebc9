package org.openiomt.ble.advertising;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class CompositionAdvertisementPropertyTest extends CodecLaws<CompositionAdvertisement> {
    @Override
    protected Codec<CompositionAdvertisement> codec() {
        return CompositionAdvertisement.CODEC;
    }

    @Override
    protected Arbitrary<CompositionAdvertisement> values() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        dateTimes(),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as((flags, takenAt, impedance, steps) ->
                        new CompositionAdvertisement(flags, takenAt, impedance, steps, Remainder.NONE));
    }
}
