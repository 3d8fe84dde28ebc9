package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryHealthInformationPropertyTest extends CodecLaws<BatteryHealthInformation> {
    @Override
    protected Codec<BatteryHealthInformation> codec() {
        return BatteryHealthInformation.CODEC;
    }

    @Override
    protected Arbitrary<BatteryHealthInformation> values() {
        return Combinators.combine(
                        optionalInts(0, 0xFFFF),
                        optional(Combinators.combine(
                                        BatteryHealthStatusPropertyTest.temperatures(),
                                        BatteryHealthStatusPropertyTest.temperatures())
                                .as(BatteryHealthInformation.TemperatureRange::new)))
                .as((cycles, range) -> new BatteryHealthInformation(cycles, range, Remainder.NONE));
    }
}
