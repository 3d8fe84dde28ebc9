package org.openiomt.ble.profile.weight;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BodyCompositionFeaturePropertyTest extends CodecLaws<BodyCompositionFeature> {
    @Override
    protected Codec<BodyCompositionFeature> codec() {
        return BodyCompositionFeature.CODEC;
    }

    @Override
    protected Arbitrary<BodyCompositionFeature> values() {
        return Combinators.combine(
                        ProfileValues.bits(BodyCompositionFeature.Feature.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 3))
                .as((supports, massCode, heightCode) ->
                        new BodyCompositionFeature(supports, massCode, heightCode, Remainder.NONE));
    }
}
