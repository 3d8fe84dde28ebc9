package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryEnergyStatusPropertyTest extends CodecLaws<BatteryEnergyStatus> {
    @Override
    protected Codec<BatteryEnergyStatus> codec() {
        return BatteryEnergyStatus.CODEC;
    }

    @Override
    protected Arbitrary<BatteryEnergyStatus> values() {
        return Combinators.combine(
                        optional(sfloats()),
                        optional(sfloats()),
                        optional(sfloats()),
                        optional(sfloats()),
                        optional(sfloats()),
                        optional(sfloats()))
                .as((source, volt, left, capacity, rate, last) ->
                        new BatteryEnergyStatus(source, volt, left, capacity, rate, last, Remainder.NONE));
    }
}
