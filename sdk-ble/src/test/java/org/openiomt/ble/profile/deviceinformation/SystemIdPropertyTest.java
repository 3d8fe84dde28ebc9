package org.openiomt.ble.profile.deviceinformation;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class SystemIdPropertyTest extends CodecLaws<SystemId> {
    @Override
    protected Codec<SystemId> codec() {
        return SystemId.CODEC;
    }

    @Override
    protected Arbitrary<SystemId> values() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0xFF_FFFF_FFFFL),
                        Arbitraries.integers().between(0, 0xFF_FFFF))
                .as((manufacturer, oui) -> new SystemId(manufacturer, oui, Remainder.NONE));
    }
}
