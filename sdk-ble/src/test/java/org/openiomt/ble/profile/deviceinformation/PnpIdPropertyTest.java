package org.openiomt.ble.profile.deviceinformation;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class PnpIdPropertyTest extends CodecLaws<PnpId> {
    @Override
    protected Codec<PnpId> codec() {
        return PnpId.CODEC;
    }

    @Override
    protected Arbitrary<PnpId> values() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 0xFFFF);
        return Combinators.combine(Arbitraries.of(1, 2), numbers, numbers, numbers)
                .as((source, vendor, product, version) -> new PnpId(source, vendor, product, version, Remainder.NONE));
    }
}
