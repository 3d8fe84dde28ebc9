package org.openiomt.ble.profile.heartrate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class BodySensorLocationPropertyTest extends CodecLaws<BodySensorLocation> {
    @Override
    protected Codec<BodySensorLocation> codec() {
        return BodySensorLocation.CODEC;
    }

    @Override
    protected Arbitrary<BodySensorLocation> values() {
        return Arbitraries.integers().between(0, 6).map(BodySensorLocation::of);
    }
}
