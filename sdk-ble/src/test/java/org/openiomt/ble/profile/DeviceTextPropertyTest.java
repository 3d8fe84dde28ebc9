package org.openiomt.ble.profile;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;

class DeviceTextPropertyTest extends CodecLaws<DeviceText> {
    @Override
    protected Codec<DeviceText> codec() {
        return DeviceText.CODEC;
    }

    @Override
    protected Arbitrary<DeviceText> values() {
        return ProfileValues.texts(64);
    }

    @Override
    protected boolean isClosed() {
        return false;
    }
}
