package org.openiomt.security.session;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.openiomt.core.model.Ids;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.Kdf;
import org.openiomt.security.primitive.Primitives;

/**
 * The two keys of one session, one for each direction. Each {@link Role} can take them once: two guards of the same role
 * would use a nonce twice, and that gives the plaintext and the authentication key away.
 *
 * <p><b>What a pre-shared key gives, and what not.</b> Both ends prove that they hold it, and frames are confidential and
 * authentic. There is no forward secrecy: who learns the key later opens every session recorded before. Whoever holds it
 * can play either end. Nothing heals after a key has leaked, short of a new one. The salt must be new for each session and
 * be agreed where no stranger can repeat an old one, because the same key, salt and names give the same session again.
 *
 * <p>May be used by several threads. {@link #close()} wipes the keys that are held here; a guard keeps its own until it is
 * closed. Intermediate copies inside the JDK and Bouncy Castle go with the collector.
 */
public final class SessionKeys implements AutoCloseable {
    /** The length of a pre-shared key, in octets. */
    public static final int PRE_SHARED_KEY_LENGTH = 32;

    /** The length of a salt, in octets. */
    public static final int SALT_LENGTH = 32;

    private static final String PROTOCOL = "OpenIoMT-frames/1 psk";

    private final byte[] initiatorToResponder;
    private final byte[] responderToInitiator;
    private final Set<Role> taken = EnumSet.noneOf(Role.class);
    private boolean isClosed;

    private SessionKeys(byte[] initiatorToResponder, byte[] responderToInitiator) {
        this.initiatorToResponder = initiatorToResponder;
        this.responderToInitiator = responderToInitiator;
    }

    /** Returns a new pre-shared key: 256 random bits. The array is the caller's, to be wiped. */
    public static byte[] newPreSharedKey() {
        return random(PRE_SHARED_KEY_LENGTH);
    }

    /** Returns a new salt: 256 random bits. It is not secret. */
    public static byte[] newSalt() {
        return random(SALT_LENGTH);
    }

    /**
     * Derives the keys of a new session, of which both ends are in this process.
     *
     * @throws IllegalArgumentException as {@link #fromPreSharedKey(byte[], byte[], String, String)}
     */
    public static SessionKeys fromPreSharedKey(byte[] preSharedKey, String initiator, String responder) {
        return fromPreSharedKey(preSharedKey, newSalt(), initiator, responder);
    }

    /**
     * Derives the keys of one session with HKDF-SHA256, for ends in two processes: both get the same from the same arguments.
     *
     * @param preSharedKey {@link #PRE_SHARED_KEY_LENGTH} octets of full entropy, never a password or a short code; not kept
     * @param salt {@link #SALT_LENGTH} octets, new for each session; not kept
     * @param initiator who began: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param responder who was called, and somebody else
     * @throws IllegalArgumentException when a length or name is wrong, the names are equal, or the key or the salt is zero
     */
    public static SessionKeys fromPreSharedKey(byte[] preSharedKey, byte[] salt, String initiator, String responder) {
        requireFilled("a pre-shared key", preSharedKey, PRE_SHARED_KEY_LENGTH);
        requireFilled("a salt", salt, SALT_LENGTH);
        byte[] derived = new Kdf(Primitives.preferred().sha256())
                .derive(salt, preSharedKey, info(initiator, responder), 2 * Aead.KEY_LENGTH);
        try {
            return new SessionKeys(
                    Arrays.copyOf(derived, Aead.KEY_LENGTH),
                    Arrays.copyOfRange(derived, Aead.KEY_LENGTH, derived.length));
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** Wipes the keys. They can be taken no more. */
    @Override
    public synchronized void close() {
        isClosed = true;
        Arrays.fill(initiatorToResponder, (byte) 0);
        Arrays.fill(responderToInitiator, (byte) 0);
    }

    @Override
    public String toString() {
        return "SessionKeys[hidden]";
    }

    /** The keys as one end sees them; whoever takes them wipes them. */
    @SuppressWarnings("ArrayRecordComponent") // on its way from one method to its caller
    record Directions(byte[] send, byte[] receive) implements AutoCloseable {
        @Override
        public void close() {
            Arrays.fill(send, (byte) 0);
            Arrays.fill(receive, (byte) 0);
        }

        @Override
        public String toString() {
            return "Directions[hidden]";
        }
    }

    /**
     * Gives the keys to one end.
     *
     * @throws IllegalStateException when they are closed, or this role has taken them before
     */
    synchronized Directions take(Role role) {
        if (isClosed) {
            throw new IllegalStateException("the session keys are closed");
        }
        if (!taken.add(role)) {
            throw new IllegalStateException(
                    "the session keys of the " + role + " are in use: derive new ones with a new salt");
        }
        return switch (role) {
            case INITIATOR -> new Directions(initiatorToResponder.clone(), responderToInitiator.clone());
            case RESPONDER -> new Directions(responderToInitiator.clone(), initiatorToResponder.clone());
        };
    }

    private static byte[] info(String initiator, String responder) {
        Ids.require("an initiator", initiator);
        Ids.require("a responder", responder);
        if (initiator.equals(responder)) {
            throw new IllegalArgumentException(
                    "both ends are named \"" + initiator + "\"; nobody has a session with itself");
        }
        // No id contains the separator, so no other pair of names gives the same octets.
        return String.join("\n", PROTOCOL, initiator, responder).getBytes(StandardCharsets.US_ASCII);
    }

    private static void requireFilled(String what, byte[] octets, int length) {
        if (octets.length != length) {
            throw new IllegalArgumentException(what + " has " + length + " octets, but got " + octets.length);
        }
        int or = 0;
        for (byte octet : octets) {
            or |= octet;
        }
        if (or == 0) {
            throw new IllegalArgumentException(what + " is random, but every octet is 0");
        }
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SecureRandom().nextBytes(octets);
        return octets;
    }
}
