package org.openiomt.ble.profile.authorization;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.Codec;

class AuthorizationMessagePropertyTest extends CodecLaws<Segmented<AuthorizationMessage>> {
    @Override
    protected Codec<Segmented<AuthorizationMessage>> codec() {
        return AuthorizationMessage.CODEC;
    }

    @Override
    protected Arbitrary<Segmented<AuthorizationMessage>> values() {
        Arbitrary<Opaque> octets =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Opaque::of);
        Arbitrary<AuthorizationMessage> whole = Combinators.combine(
                        Arbitraries.integers().between(0, 255), octets)
                .as(AuthorizationMessage::new);
        return Combinators.combine(Arbitraries.integers().between(0, 63), whole).as(Segmented::whole);
    }

    @Override
    protected boolean isClosed() {
        return false;
    }
}
