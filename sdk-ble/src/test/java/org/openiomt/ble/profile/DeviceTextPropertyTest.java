package org.openiomt.ble.profile;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class DeviceTextPropertyTest extends CodecLaws<DeviceText> {
    @Override
    protected Codec<DeviceText> codec() {
        return DeviceText.CODEC;
    }

    @Override
    protected Arbitrary<DeviceText> values() {
        return Arbitraries.strings()
                .ofMaxLength(64)
                .filter(text ->
                        !text.endsWith("\0") && DeviceText.of(text).text().equals(text))
                .map(DeviceText::of);
    }

    @Override
    protected boolean isClosed() {
        return false;
    }
}
