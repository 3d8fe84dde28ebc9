package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.session.Role;

class IdentityUpdateTest extends VerifierFixture {
    private final VerifiedPeer.Certified known = verifier.verify(claim(credential(wish -> {})));
    private final Signer newKey = Signer.generate(SignatureAlgorithm.ECDSA_P256);
    private final Credential renewed = Credential.of(
            List.of(root.device(newKey.publicKey(), wish -> wish.notAfter = NOW.plus(Duration.ofHours(190)))), newKey);

    @Test
    void sessionGoesOnWithANewCertificateAndANewKey() {
        byte[] update = IdentityUpdate.make(renewed, Role.RESPONDER, HASH, StaticKey.of(STATIC));

        VerifiedPeer.Certified fresh = IdentityUpdate.verify(verifier, known, Role.RESPONDER, HASH, update);

        assertThat(fresh.name()).isEqualTo(known.name());
        assertThat(fresh.chain()).isNotEqualTo(known.chain());
        assertThat(fresh.validUntil()).contains(NOW.plus(Duration.ofHours(190)));
    }

    @Test
    void nextStaticKeyIsToldInTheSession() {
        StaticKey next = StaticKey.of(filled(32, 77));

        VerifiedPeer fresh = IdentityUpdate.verify(
                verifier, known, Role.RESPONDER, HASH, IdentityUpdate.make(renewed, Role.RESPONDER, HASH, next));

        assertThat(fresh.staticKey()).contains(next);
    }

    @Test
    void peerThatWasPairedMayGoOnWithACertificateOfItsName() {
        VerifiedPeer paired = new VerifiedPeer.PreShared("cuff-1", Set.of(), Optional.empty());

        assertThat(IdentityUpdate.verify(
                                verifier,
                                paired,
                                Role.RESPONDER,
                                HASH,
                                IdentityUpdate.make(renewed, Role.RESPONDER, HASH, StaticKey.of(STATIC)))
                        .name())
                .isEqualTo("cuff-1");
    }

    @Test
    void updateOfAnotherSessionRoleOrPeerIsRefused() {
        byte[] update = IdentityUpdate.make(renewed, Role.RESPONDER, HASH, StaticKey.of(STATIC));
        byte[] other = IdentityUpdate.make(
                credential(wish -> wish.dns("cuff-2.ward.example")), Role.RESPONDER, HASH, StaticKey.of(STATIC));

        assertUpdateRefused(Refusal.NOT_SIGNED, Role.RESPONDER, filled(32, 5), update);
        assertUpdateRefused(Refusal.NOT_SIGNED, Role.INITIATOR, HASH, update);
        assertUpdateRefused(Refusal.OTHER_PEER, Role.RESPONDER, HASH, other);
    }

    @Test
    void payloadOfAHandshakeAndADelegationAreNoUpdates() {
        byte[] handshake = renewed.payload(Role.RESPONDER, HASH, STATIC);
        byte[] delegated =
                renewed.delegate(STATIC, NOW.plusSeconds(60), Set.of()).payload();

        assertUpdateRefused(Refusal.NOT_SIGNED, Role.RESPONDER, HASH, around(handshake));
        assertUpdateRefused(Refusal.NOT_SIGNED, Role.RESPONDER, HASH, around(delegated));
    }

    @Test
    void otherKeyThanTheSignedOneIsRefused() {
        byte[] update = IdentityUpdate.make(renewed, Role.RESPONDER, HASH, StaticKey.of(STATIC));
        update[2] ^= 1;

        assertUpdateRefused(Refusal.NOT_SIGNED, Role.RESPONDER, HASH, update);
    }

    @Test
    void everyCutIsRefused() {
        byte[] update = IdentityUpdate.make(renewed, Role.RESPONDER, HASH, StaticKey.of(STATIC));
        for (int length = 0; length < update.length; length++) {
            assertUpdateRefused(Refusal.MALFORMED, Role.RESPONDER, HASH, Arrays.copyOf(update, length));
        }
        assertUpdateRefused(Refusal.MALFORMED, Role.RESPONDER, HASH, Arrays.copyOf(update, update.length + 1));
    }

    private static byte[] around(byte[] credential) {
        byte[] update = new byte[2 + STATIC.length + credential.length];
        update[0] = 1;
        update[1] = (byte) STATIC.length;
        System.arraycopy(STATIC, 0, update, 2, STATIC.length);
        System.arraycopy(credential, 0, update, 2 + STATIC.length, credential.length);
        return update;
    }

    private void assertUpdateRefused(Refusal reason, Role role, byte[] hash, byte[] update) {
        refusals.clear();
        assertThatThrownBy(() -> IdentityUpdate.verify(verifier, known, role, hash, update))
                .isInstanceOf(AuthenticationException.class);
        assertThat(refusals).containsExactly(reason);
    }
}
