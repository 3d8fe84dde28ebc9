package org.openiomt.ble.profile.objecttransfer;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ObjectPropertiesPropertyTest extends CodecLaws<ObjectProperties> {
    @Override
    protected Codec<ObjectProperties> codec() {
        return ObjectProperties.CODEC;
    }

    @Override
    protected Arbitrary<ObjectProperties> values() {
        return bits(ObjectProperties.Property.class).map(allowed -> new ObjectProperties(allowed, Remainder.NONE));
    }
}
