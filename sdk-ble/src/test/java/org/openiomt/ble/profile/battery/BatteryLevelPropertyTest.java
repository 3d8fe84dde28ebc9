package org.openiomt.ble.profile.battery;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class BatteryLevelPropertyTest extends CodecLaws<BatteryLevel> {
    @Override
    protected Codec<BatteryLevel> codec() {
        return BatteryLevel.CODEC;
    }

    @Override
    protected Arbitrary<BatteryLevel> values() {
        return Arbitraries.integers().between(0, 100).map(BatteryLevel::of);
    }
}
