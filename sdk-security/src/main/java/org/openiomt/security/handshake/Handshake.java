package org.openiomt.security.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Kem;
import org.openiomt.security.primitive.KemKeyPair;

/**
 * One end of one handshake of the Noise protocol, revision 34. The ends write and read in turns; then each calls {@link
 * #split()} once. For one thread at a time.
 *
 * <p>A message that does not open changes nothing: the genuine one may still come. That costs a copy of some hundred octets
 * for each message read. Whether the peer's static key is one to talk to, the engine does not know: {@link Message#transcript()}
 * and {@link #remoteStatic()} are there to ask {@code identity}.
 */
public final class Handshake implements AutoCloseable {
    /** The longest message, in octets (section 3). */
    public static final int MAX_MESSAGE_LENGTH = 65_535;

    private static final byte[] RESUMPTION = "OpenIoMT resumption".getBytes(StandardCharsets.US_ASCII);

    private final Pattern pattern;
    private final Suite suite;
    private final boolean isInitiator;
    private final SymmetricState symmetric;
    private final Optional<DhKeyPair> localStatic;
    private final List<byte[]> preSharedKeys;
    private final Ephemerals ephemerals;

    /** What the messages so far have brought; replaced as a whole, so that a refused message leaves nothing behind. */
    private Progress progress;

    private boolean isSplit;

    private Handshake(HandshakeSettings settings, Ephemerals ephemerals) {
        this.pattern = settings.pattern();
        this.suite = settings.suite();
        this.isInitiator = settings.isInitiator();
        this.localStatic = settings.localStatic();
        this.preSharedKeys = settings.preSharedKeys();
        this.ephemerals = ephemerals;
        this.progress = new Progress(0, null, settings.remoteStatic().orElse(null), null, null, null, 0);
        this.symmetric = new SymmetricState(suite, "Noise_" + pattern.name() + "_" + suite.name());
        symmetric.mixHash(settings.prologue());
        if (pattern.initiatorKnown()) {
            symmetric.mixHash(known(isInitiator));
        }
        if (pattern.responderKnown()) {
            symmetric.mixHash(known(!isInitiator));
        }
    }

    /** Begins a handshake. */
    public static Handshake of(HandshakeSettings settings) {
        return new Handshake(settings, Ephemerals.fresh(settings.suite()));
    }

    /** Begins a handshake with ephemeral keys that are known: for test vectors only. */
    static Handshake of(HandshakeSettings settings, Ephemerals ephemerals) {
        return new Handshake(settings, ephemerals);
    }

    /** Returns whether it is this end's turn to write. */
    public boolean isSending() {
        return !isFinished() && (progress.messages % 2 == 0) == isInitiator;
    }

    /** Returns whether all messages have been exchanged. */
    public boolean isFinished() {
        return progress.messages == pattern.messages().size();
    }

    /** Returns the number of the next message, from 0. */
    public int messageNumber() {
        return progress.messages;
    }

    /** Returns the peer's static key, once it is known. */
    public Optional<byte[]> remoteStatic() {
        return Optional.ofNullable(progress.remoteStatic).map(byte[]::clone);
    }

    /** Returns the hash of the transcript so far. When the handshake has finished, it binds other things to this session. */
    public byte[] hash() {
        return symmetric.hash();
    }

    /** Writes the next message with a payload; see {@link #write(UnaryOperator)}. */
    public byte[] write(byte[] payload) {
        return write(transcript -> payload);
    }

    /**
     * Writes the next message.
     *
     * @param payloadOf given the hash of the transcript before the payload, returns the payload; so that it can be signed
     * @return the message, a new array
     * @throws IllegalStateException when it is not this end's turn
     * @throws IllegalArgumentException when the message would be longer than {@link #MAX_MESSAGE_LENGTH}
     * @throws AuthenticationException when a key that the peer has sent is none
     */
    public byte[] write(UnaryOperator<byte[]> payloadOf) {
        if (!isSending()) {
            throw new IllegalStateException("it is not this end's turn to write");
        }
        SymmetricState before = symmetric.snapshot();
        Progress next = new Progress(progress);
        try {
            MessageWriter out = new MessageWriter(MAX_MESSAGE_LENGTH);
            for (Token token : pattern.messages().get(progress.messages)) {
                writeToken(token, next, out);
            }
            byte[] payload = payloadOf.apply(symmetric.hash());
            out.require(payload.length + Aead.TAG_LENGTH);
            out.length += symmetric.encryptAndHash(payload, 0, payload.length, out.octets, out.length);
            next.messages++;
            progress = next;
            return out.toByteArray();
        } catch (RuntimeException e) {
            symmetric.restore(before);
            throw e;
        } finally {
            before.close();
        }
    }

    /** Reads the next message, whoever it is from; see {@link #read(byte[], Check)}. */
    public Message read(byte[] message) {
        return read(message, (opened, remoteStatic) -> {});
    }

    /**
     * Reads the next message.
     *
     * @param check decides whether the message is acceptable; what it throws is thrown on
     * @throws IllegalStateException when it is not the peer's turn
     * @throws AuthenticationException when the message is not what the peer has written in this handshake; nothing has
     *     changed then
     */
    public Message read(byte[] message, Check check) {
        if (isFinished() || isSending()) {
            throw new IllegalStateException("it is not the peer's turn to write");
        }
        if (message.length > MAX_MESSAGE_LENGTH) {
            throw new AuthenticationException();
        }
        SymmetricState before = symmetric.snapshot();
        Progress next = new Progress(progress);
        try {
            MessageReader in = new MessageReader(message);
            for (Token token : pattern.messages().get(progress.messages)) {
                readToken(token, next, in);
            }
            byte[] transcript = symmetric.hash();
            int length = message.length - in.offset;
            byte[] payload = symmetric.decryptAndHash(message, in.take(length), length);
            Message opened = new Message(payload, transcript);
            check.accept(opened, Optional.ofNullable(next.remoteStatic).map(byte[]::clone));
            next.messages++;
            progress = next;
            return opened;
        } catch (RuntimeException e) {
            symmetric.restore(before);
            throw e;
        } finally {
            before.close();
        }
    }

    /**
     * Ends the handshake and hands out its keys, once.
     *
     * @throws IllegalStateException when it has not finished, or was split or closed before
     */
    public Split split() {
        if (!isFinished() || isSplit) {
            throw new IllegalStateException(
                    isSplit ? "the keys were handed out before" : "the handshake has not finished");
        }
        byte[][] keys = symmetric.split(RESUMPTION);
        Split split = new Split(
                isInitiator ? keys[0] : keys[1],
                isInitiator ? keys[1] : keys[0],
                keys[2],
                symmetric.hash(),
                Optional.ofNullable(progress.remoteStatic));
        close();
        return split;
    }

    /** Wipes the ephemeral keys and the state. The static key stays the caller's. */
    @Override
    public void close() {
        isSplit = true;
        symmetric.close();
        progress.close();
        preSharedKeys.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    @Override
    public String toString() {
        return "Handshake[" + pattern.name() + ", message " + progress.messages + ", keys hidden]";
    }

    /**
     * A message as it was read.
     *
     * @param payload what it carried, authentic as far as the pattern says for this message
     * @param transcript the hash of the transcript before the payload: what the payload may have signed
     */
    @SuppressWarnings("ArrayRecordComponent") // two arrays on their way from one method to its caller
    public record Message(byte[] payload, byte[] transcript) {
        @Override
        public String toString() {
            return "Message[" + payload.length + " octets]";
        }
    }

    /** Decides about a message that has opened, before anything is changed by it. */
    @FunctionalInterface
    public interface Check {
        /**
         * Decides.
         *
         * @param opened the message
         * @param remoteStatic the peer's static key, once it is known
         * @throws AuthenticationException when it is not acceptable; the genuine one may still come
         */
        void accept(Message opened, Optional<byte[]> remoteStatic);
    }

    private void writeToken(Token token, Progress now, MessageWriter out) {
        switch (token) {
            case E -> {
                DhKeyPair pair = ephemerals.dh();
                now.ephemeral = pair;
                byte[] key = pair.publicKey();
                out.put(key);
                mixEphemeral(key);
            }
            case S -> {
                byte[] key = localStatic.orElseThrow().publicKey();
                out.require(key.length + Aead.TAG_LENGTH);
                out.length += symmetric.encryptAndHash(key, 0, key.length, out.octets, out.length);
            }
            case E1 -> {
                KemKeyPair pair = ephemerals.kem();
                now.kemPair = pair;
                byte[] key = pair.publicKey();
                out.require(key.length + Aead.TAG_LENGTH);
                out.length += symmetric.encryptAndHash(key, 0, key.length, out.octets, out.length);
            }
            case EKEM1 -> {
                Kem.Encapsulated made = ephemerals.encapsulate(present(now.remoteKem));
                byte[] octets = made.encapsulation();
                out.require(octets.length + Aead.TAG_LENGTH);
                out.length += symmetric.encryptAndHash(octets, 0, octets.length, out.octets, out.length);
                mixSecret(made.secret());
            }
            default -> mix(token, now);
        }
    }

    private void readToken(Token token, Progress now, MessageReader in) {
        switch (token) {
            case E -> {
                byte[] key = in.bytes(suite.dh().publicKeyLength());
                now.remoteEphemeral = key;
                mixEphemeral(key);
            }
            case S -> now.remoteStatic = decrypt(in, suite.dh().publicKeyLength());
            case E1 -> now.remoteKem = decrypt(in, kem().publicKeyLength());
            case EKEM1 -> {
                byte[] octets = decrypt(in, kem().encapsulationLength());
                mixSecret(present(now.kemPair).decapsulate(octets));
            }
            default -> mix(token, now);
        }
    }

    private void mix(Token token, Progress now) {
        switch (token) {
            case EE -> agree(present(now.ephemeral), present(now.remoteEphemeral));
            case SS -> agree(localStatic.orElseThrow(), present(now.remoteStatic));
            case ES -> {
                if (isInitiator) {
                    agree(present(now.ephemeral), present(now.remoteStatic));
                } else {
                    agree(localStatic.orElseThrow(), present(now.remoteEphemeral));
                }
            }
            case SE -> {
                if (isInitiator) {
                    agree(localStatic.orElseThrow(), present(now.remoteEphemeral));
                } else {
                    agree(present(now.ephemeral), present(now.remoteStatic));
                }
            }
            case PSK -> symmetric.mixKeyAndHash(preSharedKeys.get(now.preSharedKeysUsed++));
            case E, S, E1, EKEM1 -> throw new AssertionError(token);
        }
    }

    private void mixEphemeral(byte[] key) {
        symmetric.mixHash(key);
        if (!preSharedKeys.isEmpty()) {
            symmetric.mixKey(key); // section 9.2
        }
    }

    private void agree(DhKeyPair local, byte[] remote) {
        mixSecret(local.agree(remote));
    }

    private void mixSecret(byte[] secret) {
        symmetric.mixKey(secret);
        Arrays.fill(secret, (byte) 0);
    }

    private byte[] decrypt(MessageReader in, int length) {
        int sent = length + (symmetric.hasKey() ? Aead.TAG_LENGTH : 0);
        return symmetric.decryptAndHash(in.message, in.take(sent), sent);
    }

    private byte[] known(boolean local) {
        return local ? localStatic.orElseThrow().publicKey() : present(progress.remoteStatic);
    }

    private Kem kem() {
        return suite.kem().orElseThrow();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("the pattern uses a key before it is there");
        }
        return value;
    }

    /** What the messages so far have brought. */
    private static final class Progress implements AutoCloseable {
        private int messages;
        private @Nullable DhKeyPair ephemeral;
        private byte @Nullable [] remoteStatic;
        private byte @Nullable [] remoteEphemeral;
        private @Nullable KemKeyPair kemPair;
        private byte @Nullable [] remoteKem;
        private int preSharedKeysUsed;

        Progress(
                int messages,
                @Nullable DhKeyPair ephemeral,
                byte @Nullable [] remoteStatic,
                byte @Nullable [] remoteEphemeral,
                @Nullable KemKeyPair kemPair,
                byte @Nullable [] remoteKem,
                int preSharedKeysUsed) {
            this.messages = messages;
            this.ephemeral = ephemeral;
            this.remoteStatic = remoteStatic;
            this.remoteEphemeral = remoteEphemeral;
            this.kemPair = kemPair;
            this.remoteKem = remoteKem;
            this.preSharedKeysUsed = preSharedKeysUsed;
        }

        Progress(Progress other) {
            this(
                    other.messages,
                    other.ephemeral,
                    other.remoteStatic,
                    other.remoteEphemeral,
                    other.kemPair,
                    other.remoteKem,
                    other.preSharedKeysUsed);
        }

        @Override
        public void close() {
            if (ephemeral != null) {
                ephemeral.close();
            }
            if (kemPair != null) {
                kemPair.close();
            }
        }
    }

    /** A message that grows. */
    private static final class MessageWriter {
        private final int limit;
        private byte[] octets = new byte[256];
        private int length;

        MessageWriter(int limit) {
            this.limit = limit;
        }

        void put(byte[] part) {
            require(part.length);
            System.arraycopy(part, 0, octets, length, part.length);
            length += part.length;
        }

        void require(int more) {
            if (length + more > limit) {
                throw new IllegalArgumentException("a handshake message has at most " + limit + " octets, but this one "
                        + "would have " + (length + more));
            }
            if (length + more > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(length + more, Math.min(limit, 2 * octets.length)));
            }
        }

        byte[] toByteArray() {
            return Arrays.copyOf(octets, length);
        }
    }

    /** A message as far as it was read. */
    private static final class MessageReader {
        private final byte[] message;
        private int offset;

        MessageReader(byte[] message) {
            this.message = message;
        }

        /** Passes {@code count} octets and returns where they began. */
        int take(int count) {
            if (count > message.length - offset) {
                throw new AuthenticationException();
            }
            int at = offset;
            offset += count;
            return at;
        }

        byte[] bytes(int count) {
            int at = take(count);
            return Arrays.copyOfRange(message, at, at + count);
        }
    }
}
