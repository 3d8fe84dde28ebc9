package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.session.Role;

class PinnedPeersTest {
    private static final byte[] KEY = filled(32, 7);
    private static final PeerNames.Entry CUFF = new PeerNames.Entry("cuff-1", Set.of("device"));

    private final List<Refusal> refusals = new ArrayList<>();
    private final PinnedPeers pins = new PinnedPeers(refusals::add);

    @Test
    void pinnedKeyIsItsOwner() {
        pins.pin(StaticKey.of(KEY), CUFF);

        VerifiedPeer peer = pins.verify(claim(KEY, new byte[0]));

        assertThat(peer).isEqualTo(new VerifiedPeer.Pinned("cuff-1", Set.of("device"), StaticKey.of(KEY)));
        assertThat(peer.staticKey()).contains(StaticKey.of(KEY));
        assertThat(peer.validUntil()).isEmpty();
    }

    @Test
    void everybodyElseIsRefusedInTheSameWords() {
        pins.pin(StaticKey.of(KEY), CUFF);
        byte[] other = KEY.clone();
        other[31] ^= 1;

        for (PeerClaim claim : List.of(
                claim(other, new byte[0]),
                claim(new byte[0], new byte[0]),
                claim(new byte[31], new byte[0]),
                claim(KEY, new byte[1]),
                new PeerClaim(PeerClaim.Occasion.UPDATE, Role.RESPONDER, new byte[32], KEY, new byte[0]))) {
            assertThatThrownBy(() -> pins.verify(claim))
                    .isExactlyInstanceOf(AuthenticationException.class)
                    .hasMessage("frame not authentic");
        }
        assertThat(refusals)
                .containsExactly(
                        Refusal.UNKNOWN_KEY,
                        Refusal.KEY_MISSING,
                        Refusal.MALFORMED,
                        Refusal.MALFORMED,
                        Refusal.MALFORMED);
    }

    @Test
    void refusalDoesNotStick() {
        pins.pin(StaticKey.of(KEY), CUFF);
        assertThatThrownBy(() -> pins.verify(claim(KEY, new byte[1]))).isInstanceOf(AuthenticationException.class);

        assertThat(pins.verify(claim(KEY, new byte[0])).name()).isEqualTo("cuff-1");
    }

    @Test
    void oneKeyIsOnePeerAndOnePeerMayHaveTwoKeys() {
        pins.pin(StaticKey.of(KEY), CUFF).pin(StaticKey.of(KEY), CUFF).pin(StaticKey.of(filled(32, 8)), CUFF);

        assertThatThrownBy(() -> pins.pin(StaticKey.of(KEY), new PeerNames.Entry("cuff-2", Set.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is pinned for cuff-1 already");
        assertThat(pins.verify(claim(filled(32, 8), new byte[0])).name()).isEqualTo("cuff-1");
    }

    @Test
    void removedKeyIsRefused() {
        pins.pin(StaticKey.of(KEY), CUFF).remove(StaticKey.of(KEY));

        assertThatThrownBy(() -> pins.verify(claim(KEY, new byte[0]))).isInstanceOf(AuthenticationException.class);
        assertThat(pins).hasToString("PinnedPeers[0]");
    }

    @Test
    void holderOfAPairingKeyIsItsPeerAndItsStaticKeyCanBePinned() {
        PreSharedPeer verifier = new PreSharedPeer(CUFF, refusals::add);

        assertThat(verifier.verify(claim(new byte[0], new byte[0])).staticKey()).isEmpty();
        assertThat(verifier.verify(claim(KEY, new byte[0])))
                .isInstanceOf(VerifiedPeer.PreShared.class)
                .satisfies(peer -> assertThat(peer.staticKey()).contains(StaticKey.of(KEY)));
        assertThatThrownBy(() -> verifier.verify(claim(KEY, new byte[1]))).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> verifier.verify(claim(new byte[5], new byte[0])))
                .isInstanceOf(AuthenticationException.class);
        assertThat(refusals).containsExactly(Refusal.MALFORMED, Refusal.MALFORMED);
    }

    @Test
    void payloadDecidesBetweenPinsAndCertificates() {
        List<String> asked = new ArrayList<>();
        PeerVerifier both = PeerVerifier.pinsOr(
                claim -> {
                    asked.add("pins");
                    return new VerifiedPeer.PreShared("a", Set.of(), java.util.Optional.empty());
                },
                claim -> {
                    asked.add("certificates");
                    return new VerifiedPeer.PreShared("b", Set.of(), java.util.Optional.empty());
                });

        assertThat(both.verify(claim(KEY, new byte[0])).name()).isEqualTo("a");
        assertThat(both.verify(claim(KEY, new byte[1])).name()).isEqualTo("b");
        assertThat(asked).containsExactly("pins", "certificates");
    }

    @Test
    void claimsAndKeysAreCopiedAndShowLengthsAndFingerprintsOnly() {
        byte[] octets = KEY.clone();
        StaticKey key = StaticKey.of(octets);
        PeerClaim claim = claim(octets, octets);
        Arrays.fill(octets, (byte) 0);

        assertThat(key.octets()).isEqualTo(KEY);
        assertThat(claim.remoteStatic()).isEqualTo(KEY);
        assertThat(claim.payload()).isEqualTo(KEY);
        assertThat(claim).hasToString("PeerClaim[HANDSHAKE, RESPONDER, static 32 octets, payload 32 octets]");
        // printf '\7%.0s' $(seq 32) | sha256sum
        assertThat(key).hasToString("StaticKey[4bb06f8e4e3a7715]");
    }

    private static PeerClaim claim(byte[] key, byte[] payload) {
        return new PeerClaim(Role.RESPONDER, new byte[32], key, payload);
    }

    private static byte[] filled(int length, int octet) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }
}
