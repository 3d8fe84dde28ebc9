package org.openiomt.ble.profile.deviceinformation;

import static org.openiomt.ble.conformance.ProfileValues.optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class DeviceIdentifierPropertyTest extends CodecLaws<DeviceIdentifier> {
    @Override
    protected Codec<DeviceIdentifier> codec() {
        return DeviceIdentifier.CODEC;
    }

    @Override
    protected Arbitrary<DeviceIdentifier> values() {
        return Combinators.combine(optional(texts()), optional(texts()), optional(texts()), optional(texts()))
                .as((label, device, issuer, authority) ->
                        new DeviceIdentifier(label, device, issuer, authority, Remainder.NONE));
    }

    private static Arbitrary<DeviceIdentifier.Text> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> text.indexOf('\0') < 0
                        && DeviceIdentifier.Text.of(text).text().equals(text))
                .map(DeviceIdentifier.Text::of);
    }
}
