package org.openiomt.ble.profile.battery;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BatteryCriticalStatusPropertyTest extends CodecLaws<BatteryCriticalStatus> {
    @Override
    protected Codec<BatteryCriticalStatus> codec() {
        return BatteryCriticalStatus.CODEC;
    }

    @Override
    protected Arbitrary<BatteryCriticalStatus> values() {
        return bits(BatteryCriticalStatus.Finding.class).map(found -> new BatteryCriticalStatus(found, Remainder.NONE));
    }
}
