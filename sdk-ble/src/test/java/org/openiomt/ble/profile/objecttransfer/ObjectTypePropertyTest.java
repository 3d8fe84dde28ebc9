package org.openiomt.ble.profile.objecttransfer;

import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class ObjectTypePropertyTest extends CodecLaws<ObjectType> {
    @Override
    protected Codec<ObjectType> codec() {
        return ObjectType.CODEC;
    }

    @Override
    protected Arbitrary<ObjectType> values() {
        return types();
    }

    static Arbitrary<ObjectType> types() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0xFFFF).map(ObjectType::of),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as((high, low) -> ObjectType.of(new UUID(high, low))));
    }

    /** An assigned number with 14 octets behind it is a UUID. */
    @Override
    protected boolean isClosed() {
        return false;
    }
}
