package org.openiomt.ble.profile.bloodpressure;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BloodPressureFeaturePropertyTest extends CodecLaws<BloodPressureFeature> {
    @Override
    protected Codec<BloodPressureFeature> codec() {
        return BloodPressureFeature.CODEC;
    }

    @Override
    protected Arbitrary<BloodPressureFeature> values() {
        return ProfileValues.bits(BloodPressureFeature.Feature.class)
                .map(supports -> new BloodPressureFeature(supports, Remainder.NONE));
    }
}
