package org.openiomt.ble.profile.objecttransfer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ObjectTransferFeaturesPropertyTest extends CodecLaws<ObjectTransferFeatures> {
    @Override
    protected Codec<ObjectTransferFeatures> codec() {
        return ObjectTransferFeatures.CODEC;
    }

    @Override
    protected Arbitrary<ObjectTransferFeatures> values() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0x3FF),
                        Arbitraries.longs().between(0, 0xF))
                .as((actions, lists) -> new ObjectTransferFeatures(actions, lists, Remainder.NONE));
    }
}
