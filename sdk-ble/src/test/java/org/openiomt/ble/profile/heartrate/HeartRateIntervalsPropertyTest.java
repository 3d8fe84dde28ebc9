package org.openiomt.ble.profile.heartrate;

import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class HeartRateIntervalsPropertyTest extends CodecLaws<HeartRateMeasurement> {
    @Override
    protected Codec<HeartRateMeasurement> codec() {
        return HeartRateMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<HeartRateMeasurement> values() {
        return Arbitraries.integers()
                .between(0, 0xFFFF)
                .list()
                .ofMaxSize(20)
                .map(intervals -> new HeartRateMeasurement(
                        60,
                        HeartRateMeasurement.Width.UINT8,
                        HeartRateMeasurement.Contact.DETECTED,
                        OptionalInt.empty(),
                        Optional.of(intervals),
                        Remainder.NONE));
    }

    @Override
    protected boolean isClosed() {
        return false;
    }
}
