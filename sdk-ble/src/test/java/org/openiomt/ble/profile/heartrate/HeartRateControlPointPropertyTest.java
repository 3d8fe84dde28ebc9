package org.openiomt.ble.profile.heartrate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class HeartRateControlPointPropertyTest extends CodecLaws<HeartRateControlPoint> {
    @Override
    protected Codec<HeartRateControlPoint> codec() {
        return HeartRateControlPoint.CODEC;
    }

    @Override
    protected Arbitrary<HeartRateControlPoint> values() {
        return Arbitraries.of(HeartRateControlPoint.RESET_ENERGY_EXPENDED);
    }
}
