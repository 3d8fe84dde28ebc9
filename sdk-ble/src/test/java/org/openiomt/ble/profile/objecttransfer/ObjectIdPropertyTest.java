package org.openiomt.ble.profile.objecttransfer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class ObjectIdPropertyTest extends CodecLaws<ObjectId> {
    @Override
    protected Codec<ObjectId> codec() {
        return ObjectId.CODEC;
    }

    @Override
    protected Arbitrary<ObjectId> values() {
        return ids().map(ObjectId::of);
    }

    static Arbitrary<Long> ids() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFF_FFFFL).filter(id -> id == 0 || id > 255);
    }
}
