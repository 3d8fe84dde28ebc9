package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryTimeStatusPropertyTest extends CodecLaws<BatteryTimeStatus> {
    @Override
    protected Codec<BatteryTimeStatus> codec() {
        return BatteryTimeStatus.CODEC;
    }

    @Override
    protected Arbitrary<BatteryTimeStatus> values() {
        return Combinators.combine(durations(), optional(durations()), optional(durations()))
                .as((use, standby, recharged) -> new BatteryTimeStatus(use, standby, recharged, Remainder.NONE));
    }

    private static Arbitrary<BatteryDuration> durations() {
        return Arbitraries.integers().between(0, 0xFFFFFF).map(BatteryDuration::new);
    }
}
