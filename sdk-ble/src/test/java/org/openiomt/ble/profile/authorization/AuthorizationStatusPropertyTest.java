package org.openiomt.ble.profile.authorization;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class AuthorizationStatusPropertyTest extends CodecLaws<AuthorizationStatus> {
    @Override
    protected Codec<AuthorizationStatus> codec() {
        return AuthorizationStatus.CODEC;
    }

    @Override
    protected Arbitrary<AuthorizationStatus> values() {
        return Combinators.combine(
                        bits(AuthorizationStatus.State.class),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as((states, map) -> new AuthorizationStatus(states, map, Remainder.NONE));
    }
}
