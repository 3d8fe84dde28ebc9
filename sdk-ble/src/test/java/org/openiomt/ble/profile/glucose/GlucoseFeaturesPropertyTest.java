package org.openiomt.ble.profile.glucose;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class GlucoseFeaturesPropertyTest extends CodecLaws<GlucoseFeatures> {
    @Override
    protected Codec<GlucoseFeatures> codec() {
        return GlucoseFeatures.CODEC;
    }

    @Override
    protected Arbitrary<GlucoseFeatures> values() {
        return Arbitraries.of(GlucoseFeature.class).set().map(GlucoseFeatures::of);
    }
}
