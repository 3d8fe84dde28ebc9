package org.openiomt.ble.profile.objecttransfer;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ObjectChangedPropertyTest extends CodecLaws<ObjectChanged> {
    @Override
    protected Codec<ObjectChanged> codec() {
        return ObjectChanged.CODEC;
    }

    @Override
    protected Arbitrary<ObjectChanged> values() {
        return Combinators.combine(bits(ObjectChanged.Change.class), ObjectIdPropertyTest.ids())
                .as((changes, id) -> new ObjectChanged(changes, id, Remainder.NONE));
    }
}
