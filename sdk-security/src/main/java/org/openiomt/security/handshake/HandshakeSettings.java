package org.openiomt.security.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.session.Role;

/**
 * How a handshake begins.
 *
 * @param pattern which messages are exchanged
 * @param suite what they are computed with
 * @param role which end this is
 * @param prologue what both ends agreed on before: it must be equal at both; copied
 * @param localStatic this end's static key; stays the caller's
 * @param remoteStatic the peer's static key, where the pattern wants it known; copied
 * @param preSharedKeys {@value #PRE_SHARED_KEY_LENGTH} octets of full entropy for each psk modifier, in their order; copied
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in; handed out inside this package only
public record HandshakeSettings(
        Pattern pattern,
        Suite suite,
        Role role,
        byte[] prologue,
        Optional<DhKeyPair> localStatic,
        Optional<byte[]> remoteStatic,
        List<byte[]> preSharedKeys) {
    /** The length of a pre-shared key, in octets. */
    public static final int PRE_SHARED_KEY_LENGTH = 32;

    /**
     * Checks that the pattern gets exactly the keys it uses.
     *
     * @throws IllegalArgumentException when one is missing, too many, or of a wrong length; the message says which
     */
    public HandshakeSettings {
        prologue = prologue.clone();
        remoteStatic = remoteStatic.map(byte[]::clone);
        List<byte[]> copies = new ArrayList<>();
        for (byte[] key : preSharedKeys) {
            requireLength("a pre-shared key", key, PRE_SHARED_KEY_LENGTH);
            copies.add(key.clone());
        }
        preSharedKeys = List.copyOf(copies);
        boolean initiator = role == Role.INITIATOR;
        if (preSharedKeys.size() != pattern.preSharedKeys()) {
            throw wrong(
                    pattern,
                    role,
                    "takes " + pattern.preSharedKeys() + " pre-shared keys, but got " + preSharedKeys.size());
        }
        if (localStatic.isPresent() != pattern.hasStatic(initiator)) {
            throw wrong(
                    pattern,
                    role,
                    localStatic.isPresent() ? "uses no static key of its own" : "needs a static key of its own");
        }
        boolean remoteKnown = initiator ? pattern.responderKnown() : pattern.initiatorKnown();
        if (remoteStatic.isPresent() != remoteKnown) {
            throw wrong(
                    pattern,
                    role,
                    remoteKnown ? "must know the peer's static key" : "learns the peer's static key, if any");
        }
        if (remoteStatic.isPresent()) {
            requireLength("a static key", remoteStatic.get(), suite.dh().publicKeyLength());
        }
        if (pattern.isHybrid() != suite.kem().isPresent()) {
            throw new IllegalArgumentException("a suite with a KEM belongs to an hfs pattern, and to no other");
        }
    }

    boolean isInitiator() {
        return role == Role.INITIATOR;
    }

    @Override
    public String toString() {
        return "HandshakeSettings[" + pattern.name() + ", " + suite.name() + ", " + role + "]";
    }

    private static void requireLength(String what, byte[] key, int length) {
        if (key.length != length) {
            throw new IllegalArgumentException(what + " has " + length + " octets, but got " + key.length);
        }
    }

    private static IllegalArgumentException wrong(Pattern pattern, Role role, String what) {
        return new IllegalArgumentException("the handshake " + pattern.name() + " of the " + role + " " + what);
    }
}
