package org.openiomt.ble.profile.weight;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class WeightScaleFeaturePropertyTest extends CodecLaws<WeightScaleFeature> {
    @Override
    protected Codec<WeightScaleFeature> codec() {
        return WeightScaleFeature.CODEC;
    }

    @Override
    protected Arbitrary<WeightScaleFeature> values() {
        return Combinators.combine(
                        ProfileValues.bits(WeightScaleFeature.Feature.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 3))
                .as((supports, weightCode, heightCode) ->
                        new WeightScaleFeature(supports, weightCode, heightCode, Remainder.NONE));
    }
}
