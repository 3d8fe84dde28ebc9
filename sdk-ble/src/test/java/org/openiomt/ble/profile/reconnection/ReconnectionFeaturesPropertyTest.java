package org.openiomt.ble.profile.reconnection;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class ReconnectionFeaturesPropertyTest extends CodecLaws<ReconnectionFeatures> {
    @Override
    protected Codec<ReconnectionFeatures> codec() {
        return ReconnectionFeatures.CODEC;
    }

    @Override
    protected Arbitrary<ReconnectionFeatures> values() {
        return bits(ReconnectionFeatures.Feature.class).map(ReconnectionFeatures::of);
    }
}
