package org.openiomt.security.identity.pairing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Kdf;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;

/**
 * One try to turn a short code into a {@link PairingKey} (EC J-PAKE, RFC 8236), over any carrier that keeps messages whole and in
 * order. Each end sends three messages:
 * <pre>
 * octets  message
 * 1       type: 1 points, 2 last point, 3 confirmation
 * 196     type 1: twice point (33, SEC 1 compressed), commitment (33), response (32)
 * 98      type 2: point, commitment, response
 * 32      type 3: tag
 * </pre>
 * Each end calls {@link #start()} once and hands every message that comes to {@link #receive}, until there is a {@link #key()}.
 * Whoever is in between gets one guess; the key is there only when the peer has shown that it has the same. Anything wrong ends
 * the try for good. For one thread at a time.
 */
public final class CodePairing implements AutoCloseable {
    private static final byte POINTS = 1;
    private static final byte LAST_POINT = 2;
    private static final byte CONFIRMATION = 3;
    private static final String LABEL = "OpenIoMT pairing 1";

    private final EcJpake run;
    private final Consumer<Boolean> outcome;
    private byte next = 0;
    private boolean isOver;
    private @Nullable PairingKey key;

    CodePairing(Role own, char[] code, Consumer<Boolean> outcome) {
        this.run = new EcJpake(id(own), id(own == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR), code);
        this.outcome = outcome;
    }

    /**
     * Begins a try at the end where the code is entered. The end that shows it begins with {@link PairingDesk#begin}.
     *
     * @param own this end's role
     * @param code 6 to 10 digits, copied: the caller wipes them
     */
    public static CodePairing enter(Role own, char[] code) {
        ShortCode.require(code);
        return new CodePairing(own, code, isDone -> {});
    }

    /**
     * Returns the first message.
     *
     * @throws IllegalStateException when it was returned before
     */
    public byte[] start() {
        if (next != 0 || isOver) {
            throw new IllegalStateException("a try begins once");
        }
        next = POINTS;
        return message(POINTS, EcJpake.encode(run.round1()));
    }

    /**
     * Takes a message of the peer.
     *
     * @return the answer; empty after the last
     * @throws AuthenticationException when it is not the next message of somebody who knows the code: the try is over
     * @throws IllegalStateException when this has not started, or is over
     */
    public Optional<byte[]> receive(byte[] message) {
        if (next == 0 || isOver) {
            throw new IllegalStateException(
                    next == 0 ? "start comes first" : "the try is over: a new one needs a new code");
        }
        boolean isGood = false;
        try {
            Optional<byte[]> answer = answer(message);
            isGood = true;
            return answer;
        } finally {
            if (!isGood) {
                isOver = true;
                outcome.accept(false);
            }
        }
    }

    /** Returns the key, once the peer has confirmed it; the caller closes it. Empty before. */
    public Optional<PairingKey> key() {
        return Optional.ofNullable(key);
    }

    /** Ends a try that is not over yet; it counts as failed. The key, where there is one, stays with whoever took it. */
    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            outcome.accept(false);
        }
    }

    @Override
    public String toString() {
        return "CodePairing[" + (key != null ? "done" : isOver ? "over" : "open") + "]";
    }

    private Optional<byte[]> answer(byte[] message) {
        if (message.length == 0 || message[0] != next || message.length != 1 + length(next)) {
            throw new AuthenticationException();
        }
        switch (next) {
            case POINTS -> {
                run.round1(EcJpake.decode(message, 1), EcJpake.decode(message, 1 + EcJpake.ROUND_2));
                next = LAST_POINT;
                return Optional.of(message(LAST_POINT, EcJpake.encode(run.round2())));
            }
            case LAST_POINT -> {
                run.round2(EcJpake.decode(message, 1));
                next = CONFIRMATION;
                return Optional.of(message(CONFIRMATION, run.round3()));
            }
            default -> {
                if (!run.isConfirmedBy(Arrays.copyOfRange(message, 1, message.length))) {
                    throw new AuthenticationException();
                }
                key = derive();
                isOver = true;
                outcome.accept(true);
                return Optional.empty();
            }
        }
    }

    private PairingKey derive() {
        byte[] secret = run.secret();
        byte[] info = (LABEL + " key").getBytes(StandardCharsets.US_ASCII);
        byte[] octets = new Kdf(Primitives.preferred().sha256()).derive(new byte[0], secret, info, PairingKey.LENGTH);
        try {
            return PairingKey.of(octets);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static int length(byte type) {
        return switch (type) {
            case POINTS -> EcJpake.ROUND_1;
            case LAST_POINT -> EcJpake.ROUND_2;
            default -> EcJpake.ROUND_3;
        };
    }

    private static byte[] message(byte type, byte[] content) {
        byte[] message = new byte[1 + content.length];
        message[0] = type;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }

    private static String id(Role role) {
        return switch (role) {
            case INITIATOR -> LABEL + " initiator";
            case RESPONDER -> LABEL + " responder";
        };
    }
}
