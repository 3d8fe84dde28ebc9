package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryInformationPropertyTest extends CodecLaws<BatteryInformation> {
    @Override
    protected Codec<BatteryInformation> codec() {
        return BatteryInformation.CODEC;
    }

    @Override
    protected Arbitrary<BatteryInformation> values() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optional(sfloats()),
                        optional(sfloats()),
                        optionalInts(0, 13),
                        optional(sfloats()),
                        optionalInts(0, 254))
                .as((features, made, expires, capacity, low, chemistry, volt, group) -> new BatteryInformation(
                        features, made, expires, capacity, low, low, chemistry, volt, group, Remainder.NONE));
    }
}
