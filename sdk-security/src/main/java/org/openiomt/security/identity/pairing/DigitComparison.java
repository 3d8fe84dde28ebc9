package org.openiomt.security.identity.pairing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.session.Role;

/**
 * Six digits that a person compares on two screens after a handshake without any trust before (XX): equal digits say that nobody
 * is in between. The initiator commits itself before it knows the other number, as Bluetooth numeric comparison does: digits of
 * the handshake hash alone could be found twice by trying a million keys; here there is one chance in a million.
 * <pre>
 * octets  message
 * 1       type
 * 32      1, initiator: SHA-256(nA and the handshake hash); 2, responder: nB; 3, initiator: nA
 * digits  the first 8 octets of SHA-256("OpenIoMT pairing 1 digits", handshake hash, nA, nB) modulo 1,000,000
 * </pre>
 * Anything wrong ends it for good; a new try needs a new handshake. For one thread at a time.
 */
public final class DigitComparison {
    private static final byte COMMITMENT = 1;
    private static final byte NUMBER = 2;
    private static final byte OPENING = 3;
    private static final int LENGTH = 32;
    private static final int MIN_HASH = 32;
    private static final long MODULUS = 1_000_000;
    private static final byte[] LABEL = "OpenIoMT pairing 1 digits".getBytes(StandardCharsets.US_ASCII);

    private final Role own;
    private final byte[] handshakeHash;
    private final byte[] ownNumber = new byte[LENGTH];
    private byte @Nullable [] commitment;
    private @Nullable String digits;
    private State state = State.NEW;

    /** How far it is. */
    public enum State {
        /** Nothing was sent or received. */
        NEW,
        /** The peer's next message is awaited. */
        WAITING,
        /** The digits are on the screen; the person is asked. */
        COMPARING,
        /** The person has said that they are equal. */
        EQUAL,
        /** Something was wrong, or the person has said that they differ: close the session. */
        FAILED
    }

    private DigitComparison(Role own, byte[] handshakeHash) {
        this.own = own;
        this.handshakeHash = handshakeHash;
        new SecureRandom().nextBytes(ownNumber);
    }

    /**
     * Prepares a comparison.
     *
     * @param own this end's role in the handshake
     * @param handshakeHash the hash of the whole handshake, at least 32 octets; copied
     */
    public static DigitComparison of(Role own, byte[] handshakeHash) {
        if (handshakeHash.length < MIN_HASH) {
            throw new IllegalArgumentException(
                    "a handshake hash has at least " + MIN_HASH + " octets, but got " + handshakeHash.length);
        }
        return new DigitComparison(own, handshakeHash.clone());
    }

    /**
     * Begins; the initiator gets the first message to send, the responder nothing.
     *
     * @throws IllegalStateException when it has begun
     */
    public Optional<byte[]> start() {
        require(State.NEW);
        state = State.WAITING;
        return own == Role.INITIATOR
                ? Optional.of(message(COMMITMENT, sha256(ownNumber, handshakeHash)))
                : Optional.empty();
    }

    /**
     * Takes a message of the peer.
     *
     * @return the answer; empty after the last
     * @throws AuthenticationException when it is not the next message, or not what the peer has committed itself to
     * @throws IllegalStateException when none is awaited
     */
    public Optional<byte[]> receive(byte[] message) {
        require(State.WAITING);
        state = State.FAILED; // until the message has shown to be good
        byte[] content = content(message);
        if (own == Role.INITIATOR) {
            show(ownNumber, content);
            return Optional.of(message(OPENING, ownNumber));
        }
        if (commitment == null) {
            commitment = content;
            state = State.WAITING;
            return Optional.of(message(NUMBER, ownNumber));
        }
        if (!MessageDigest.isEqual(commitment, sha256(content, handshakeHash))) {
            throw new AuthenticationException();
        }
        show(content, ownNumber);
        return Optional.empty();
    }

    /** Returns the six digits to show; empty before they are known. */
    public Optional<String> digits() {
        return Optional.ofNullable(digits);
    }

    /** Returns how far it is. */
    public State state() {
        return state;
    }

    /**
     * Says what the person has said. A person who says nothing has said that they differ.
     *
     * @throws IllegalStateException when no digits are shown
     */
    public void answer(boolean isEqual) {
        require(State.COMPARING);
        state = isEqual ? State.EQUAL : State.FAILED;
    }

    @Override
    public String toString() {
        return "DigitComparison[" + own + ", " + state + "]";
    }

    private void show(byte[] initiator, byte[] responder) {
        long number = ByteBuffer.wrap(sha256(LABEL, handshakeHash, initiator, responder))
                .getLong();
        digits = String.format(Locale.ROOT, "%06d", Long.remainderUnsigned(number, MODULUS));
        state = State.COMPARING;
    }

    private byte[] content(byte[] message) {
        byte expected = own == Role.INITIATOR ? NUMBER : commitment == null ? COMMITMENT : OPENING;
        if (message.length != 1 + LENGTH || message[0] != expected) {
            throw new AuthenticationException();
        }
        return Arrays.copyOfRange(message, 1, message.length);
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("expected the state " + expected + ", but it is " + state);
        }
    }

    private static byte[] message(byte type, byte[] content) {
        byte[] message = new byte[1 + LENGTH];
        message[0] = type;
        System.arraycopy(content, 0, message, 1, LENGTH);
        return message;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
