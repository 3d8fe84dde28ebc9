package org.openiomt.ble.profile.thermometer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class MeasurementIntervalPropertyTest extends CodecLaws<MeasurementInterval> {
    @Override
    protected Codec<MeasurementInterval> codec() {
        return MeasurementInterval.CODEC;
    }

    @Override
    protected Arbitrary<MeasurementInterval> values() {
        return Arbitraries.integers()
                .between(0, 0xFFFF)
                .map(seconds -> new MeasurementInterval(seconds, Remainder.NONE));
    }
}
