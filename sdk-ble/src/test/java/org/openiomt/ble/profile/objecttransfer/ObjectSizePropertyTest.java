package org.openiomt.ble.profile.objecttransfer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ObjectSizePropertyTest extends CodecLaws<ObjectSize> {
    @Override
    protected Codec<ObjectSize> codec() {
        return ObjectSize.CODEC;
    }

    @Override
    protected Arbitrary<ObjectSize> values() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL))
                .as((current, allocated) -> new ObjectSize(current, allocated, Remainder.NONE));
    }
}
