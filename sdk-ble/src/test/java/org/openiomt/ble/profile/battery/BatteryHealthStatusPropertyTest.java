package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryHealthStatusPropertyTest extends CodecLaws<BatteryHealthStatus> {
    @Override
    protected Codec<BatteryHealthStatus> codec() {
        return BatteryHealthStatus.CODEC;
    }

    @Override
    protected Arbitrary<BatteryHealthStatus> values() {
        return Combinators.combine(
                        optionalInts(0, 100),
                        optionalInts(0, 0xFFFF),
                        optional(temperatures()),
                        optionalInts(0, 0xFFFF))
                .as((health, cycles, temperature, deep) ->
                        new BatteryHealthStatus(health, cycles, temperature, deep, Remainder.NONE));
    }

    static Arbitrary<BatteryTemperature> temperatures() {
        return Arbitraries.integers().between(-128, 127).map(BatteryTemperature::new);
    }
}
