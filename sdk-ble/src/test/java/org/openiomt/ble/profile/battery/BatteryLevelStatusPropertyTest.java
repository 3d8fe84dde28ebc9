package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryLevelStatusPropertyTest extends CodecLaws<BatteryLevelStatus> {
    @Override
    protected Codec<BatteryLevelStatus> codec() {
        return BatteryLevelStatus.CODEC;
    }

    @Override
    protected Arbitrary<BatteryLevelStatus> values() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0x7FFF).filter(BatteryLevelStatusPropertyTest::isForeseen),
                        optionalInts(0, 0xFFFF),
                        optionalInts(0, 100),
                        optionalInts(0, 6).filter(status -> (status.orElse(0) & 3) != 3))
                .as((state, identifier, percent, status) ->
                        new BatteryLevelStatus(state, identifier, percent, status, Remainder.NONE));
    }

    private static boolean isForeseen(int state) {
        return (state >> 1 & 3) != 3 && (state >> 3 & 3) != 3 && (state >> 9 & 7) < 5;
    }
}
