package org.openiomt.ble.profile.reconnection;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.core.wire.Codec;

class ReconnectionSettingsPropertyTest extends CodecLaws<ReconnectionSettings> {
    @Override
    protected Codec<ReconnectionSettings> codec() {
        return ReconnectionSettings.CODEC;
    }

    @Override
    protected Arbitrary<ReconnectionSettings> values() {
        return Combinators.combine(
                        bits(ReconnectionSettings.Setting.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(E2eCheck.none(), E2eCheck.sound()))
                .as(ReconnectionSettings::of);
    }
}
