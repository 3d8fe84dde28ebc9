package org.openiomt.ble.profile.battery;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class EstimatedServiceDatePropertyTest extends CodecLaws<EstimatedServiceDate> {
    @Override
    protected Codec<EstimatedServiceDate> codec() {
        return EstimatedServiceDate.CODEC;
    }

    @Override
    protected Arbitrary<EstimatedServiceDate> values() {
        return Arbitraries.integers().between(0, 0xFFFFFF).map(days -> new EstimatedServiceDate(days, Remainder.NONE));
    }
}
