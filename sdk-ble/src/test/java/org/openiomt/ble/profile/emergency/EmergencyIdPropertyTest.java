package org.openiomt.ble.profile.emergency;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class EmergencyIdPropertyTest extends CodecLaws<EmergencyId> {
    @Override
    protected Codec<EmergencyId> codec() {
        return EmergencyId.CODEC;
    }

    @Override
    protected Arbitrary<EmergencyId> values() {
        return Arbitraries.longs().between(0, (1L << 48) - 1).map(id -> new EmergencyId(id, Remainder.NONE));
    }
}
