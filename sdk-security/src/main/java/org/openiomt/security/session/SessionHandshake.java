package org.openiomt.security.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.handshake.Handshake;
import org.openiomt.security.handshake.HandshakeSettings;
import org.openiomt.security.handshake.Split;
import org.openiomt.security.identity.peer.PeerClaim;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;

/**
 * The beginning of a session: packets go in, packets come out, in the end there is a {@link SecureSession}. Nothing here waits:
 * the owner brings what arrives to {@link #receive}, and calls {@link #onDeadline()} when {@link #untilDeadline()} is over.
 * For one thread at a time.
 *
 * <p>A session is established at an end when the peer is verified and has shown that it has the keys: by the last message of the
 * handshake, or by a frame to whoever has written that. No content goes out before. A packet that is refused changes nothing:
 * the genuine one may still come.
 */
public final class SessionHandshake implements AutoCloseable {
    private static final int MAX_RETRIES = 3;
    private static final int INDEX_LENGTH = Integer.BYTES;
    private static final int TIME_LENGTH = Long.BYTES;
    private static final Duration MAX_RETRANSMIT = Duration.ofSeconds(16);
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionSettings settings;
    private final Role role;
    private final SessionAge age;
    private final int localIndex = RANDOM.nextInt();
    private final long firstSeq;

    private Phase phase;
    private @Nullable Hello hello;
    private @Nullable Handshake handshake;
    private @Nullable SecureSession session;
    private @Nullable ResumptionTicket resumed;
    private byte[] resumptionKey = {};
    private int remoteIndex;
    private int retries;
    private byte[] lastSent = {};
    private byte[] lastReceived = {};
    private long sendAgainAt = Long.MAX_VALUE;
    private long sendAgainAfter;

    private enum Phase {
        HELLO,
        ANSWER,
        FINISH,
        CONFIRMATION,
        ESTABLISHED,
        CLOSED
    }

    /**
     * What came of a packet.
     *
     * @param send what to send to the peer now
     * @param session present in the one step that has established it
     * @param content what came with the frame that has established it
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way from one method to its caller
    public record Step(Optional<byte[]> send, Optional<SecureSession> session, Optional<byte[]> content) {
        private static Step send(byte[] packet) {
            return new Step(Optional.of(packet), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Step[send " + send.map(packet -> packet.length + " octets").orElse("nothing") + ", " + session
                    + "]";
        }
    }

    SessionHandshake(SessionSettings settings, Role role, Optional<ResumptionTicket> ticket, long firstSeq) {
        settings.requireRole(role);
        this.settings = settings;
        this.role = role;
        this.age = new SessionAge(settings.clock());
        this.firstSeq = firstSeq;
        this.phase = role == Role.INITIATOR ? Phase.ANSWER : Phase.HELLO;
        ticket.ifPresent(given -> {
            if (given.isOver(settings.clock())) {
                throw new IllegalArgumentException("the ticket is over since " + given.notAfter());
            }
            resumptionKey = given.key();
            given.close();
            resumed = given;
        });
    }

    /** Begins a session: {@link #start()} has its first packet. */
    public static SessionHandshake initiator(SessionSettings settings) {
        return new SessionHandshake(settings, Role.INITIATOR, Optional.empty(), 0);
    }

    /**
     * Begins a session with a ticket of an earlier one, which is used up by that. Where the responder has it no more, the
     * handshake fails, and a full one is next.
     *
     * @throws IllegalArgumentException when its time is over
     * @throws IllegalStateException when it was used before
     */
    public static SessionHandshake resuming(SessionSettings settings, ResumptionTicket ticket) {
        return new SessionHandshake(settings, Role.INITIATOR, Optional.of(ticket), 0);
    }

    /** Waits for a session. */
    public static SessionHandshake responder(SessionSettings settings) {
        return new SessionHandshake(settings, Role.RESPONDER, Optional.empty(), 0);
    }

    /** Returns whether a datagram belongs to a handshake, and not to a session. */
    public static boolean isHandshakePacket(byte[] datagram) {
        return datagram.length > 0 && (datagram[0] & 0xC0) == 0xC0;
    }

    /**
     * Returns the first packet, as the initiator.
     *
     * @throws IllegalStateException when it was given before, or this is the responder
     */
    public byte[] start() {
        if (role != Role.INITIATOR || phase != Phase.ANSWER || hello != null) {
            throw new IllegalStateException("only an initiator starts, and once");
        }
        SessionPattern pattern = resumed == null ? settings.pattern() : SessionPattern.RESUME;
        List<Integer> offered = resumed == null
                ? settings.suites().stream().map(CipherSuite::id).toList()
                : List.of(resumed.suite().id());
        byte[] ticket = resumed == null ? NOTHING : resumed.id();
        return greet(
                new Hello(pattern, settings.form(), localIndex, offered.get(0), offered, NOTHING, ticket, NOTHING));
    }

    /**
     * Takes a packet that has arrived: a datagram, or of a stream what {@link StreamReader} gives.
     *
     * @param associatedData what the carrier says that frames are bound to; nothing for the packets of the handshake, which are
     *     bound by the settings
     * @throws AuthenticationException when it is not acceptable; nothing has changed then
     */
    public Step receive(byte[] packet, byte[] associatedData) {
        boolean isStarted = role == Role.RESPONDER || hello != null;
        if (phase == Phase.CLOSED || packet.length == 0 || !isStarted) {
            throw new AuthenticationException();
        }
        try {
            return received(packet, associatedData);
        } catch (AuthenticationException e) {
            settings.audit().refused();
            throw e;
        }
    }

    private Step received(byte[] packet, byte[] associatedData) {
        boolean isStream = settings.form() == FrameForm.STREAM;
        byte[] body = isStream ? StreamReader.body(packet) : packet;
        if (!isHandshakePacket(body)) {
            return confirmed(packet, associatedData);
        }
        if (!isStream && Arrays.equals(body, lastReceived)) {
            return repeated(associatedData);
        }
        return switch (phase) {
            case HELLO -> answer(Hello.read(body), body);
            case ANSWER -> answered(Reply.read(body), body, associatedData);
            case FINISH -> finished(Reply.read(body), body, associatedData);
            case CONFIRMATION, ESTABLISHED, CLOSED -> throw new AuthenticationException();
        };
    }

    /** Returns in what time {@link #onDeadline()} is to be called; empty when there is nothing to wait for. */
    public Optional<Duration> untilDeadline() {
        if (phase == Phase.ESTABLISHED || phase == Phase.CLOSED) {
            return Optional.empty();
        }
        long next = Math.min(sendAgainAt, settings.timeout().toMillis());
        return Optional.of(Duration.ofMillis(Math.max(0, next - age.update())));
    }

    /** Returns what to send again, if its time has come. Gives up when the time of the handshake is over. */
    public Optional<byte[]> onDeadline() {
        long now = age.update();
        if (phase == Phase.ESTABLISHED || phase == Phase.CLOSED) {
            return Optional.empty();
        }
        if (now >= settings.timeout().toMillis()) {
            close();
            return Optional.empty();
        }
        if (now < sendAgainAt) {
            return Optional.empty();
        }
        sendAgainAfter = Math.min(2 * sendAgainAfter, MAX_RETRANSMIT.toMillis());
        sendAgainAt = now + sendAgainAfter;
        return Optional.of(lastSent.clone());
    }

    /** Returns whether it was closed or has taken too long. */
    public boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Gives up, and wipes the keys. A session that was handed out stays. */
    @Override
    public void close() {
        if (handshake != null) {
            handshake.close();
        }
        if (session != null && phase != Phase.ESTABLISHED) {
            session.close();
        }
        Arrays.fill(resumptionKey, (byte) 0);
        phase = Phase.CLOSED;
    }

    @Override
    public String toString() {
        return "SessionHandshake[" + role + ", " + settings.pattern() + ", waits for " + phase + "]";
    }

    private byte[] greet(Hello next) {
        CipherSuite suite = CipherSuite.ofId(next.suite()).orElseThrow();
        if (handshake != null) {
            handshake.close();
        }
        Handshake begun = begin(next, suite, resumptionKey);
        handshake = begun;
        byte[] message = begun.write(transcript -> next.pattern().needsHelloTime() ? timed(transcript) : NOTHING);
        hello = next.withMessage(message);
        return sent(hello.encode());
    }

    private byte[] timed(byte[] transcript) {
        long time = settings.memory().nextHelloTime(settings.clock().millis());
        return joined(ByteBuffer.allocate(TIME_LENGTH).putLong(time).array(), credential(transcript, false));
    }

    private Step answer(Hello received, byte[] packet) {
        if (received.form() != settings.form()) {
            throw new AuthenticationException();
        }
        ResumptionTicket ticket = null;
        CipherSuite suite;
        if (received.pattern() == SessionPattern.RESUME) {
            ticket = settings.tickets()
                    .flatMap(store -> store.find(HexFormat.of().formatHex(received.ticket())))
                    .orElseThrow(AuthenticationException::new);
            suite = ticket.suite();
            if (!received.offered().equals(List.of(suite.id()))) {
                throw new AuthenticationException();
            }
        } else if (received.pattern() == settings.pattern()) {
            suite = settings.choose(received.offered()).orElseThrow(AuthenticationException::new);
            if (suite.id() != received.suite()) {
                return Step.send(framed(Reply.retry(received.index(), suite.id(), received.cookie())
                        .encode()));
            }
        } else {
            throw new AuthenticationException();
        }
        byte[] key = ticket == null ? NOTHING : ticket.key();
        Handshake begun = begin(received, suite, key);
        Arrays.fill(key, (byte) 0);
        ResumptionTicket resumes = ticket;
        VerifiedPeer[] verified = new VerifiedPeer[1];
        try {
            boolean isLastOfPeer = received.pattern().messages() == 2;
            begun.read(received.message(), (opened, remoteStatic) -> {
                if (isLastOfPeer) {
                    verified[0] = verifyInitiator(received, suite, opened, remoteStatic, resumes);
                } else if (opened.payload().length > 0) {
                    throw new AuthenticationException();
                }
            });
            byte[] index = ByteBuffer.allocate(INDEX_LENGTH).putInt(localIndex).array();
            byte[] message = begun.write(transcript -> joined(index, credential(transcript, resumes != null)));
            hello = received;
            remoteIndex = received.index();
            resumed = resumes;
            handshake = begun;
            lastReceived = packet.clone();
            byte[] reply =
                    sent(Reply.message(Reply.Kind.ANSWER, remoteIndex, message).encode());
            if (isLastOfPeer) {
                begin(received, suite, begun.split(), present(verified[0]));
                phase = Phase.CONFIRMATION;
            } else {
                phase = Phase.FINISH;
                sendAgainAt = Long.MAX_VALUE; // when the hello comes again: nobody gets more from us than he sends
            }
            return Step.send(reply);
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
    }

    private VerifiedPeer verifyInitiator(
            Hello received,
            CipherSuite suite,
            Handshake.Message opened,
            Optional<byte[]> remoteStatic,
            @Nullable ResumptionTicket ticket) {
        ByteBuffer payload = ByteBuffer.wrap(opened.payload());
        boolean isTimed = received.pattern().needsHelloTime();
        if (isTimed && payload.remaining() < TIME_LENGTH) {
            throw new AuthenticationException();
        }
        long time = isTimed ? payload.getLong() : 0;
        VerifiedPeer peer = verify(received, suite, opened, rest(payload), remoteStatic, ticket);
        // The last two change something, so they come when all else was in order.
        if (isTimed && !settings.memory().advance(peer.name(), time)) {
            throw new AuthenticationException();
        }
        if (ticket != null && !settings.tickets().orElseThrow().spend(ticket)) {
            throw new AuthenticationException();
        }
        return peer;
    }

    private Step answered(Reply reply, byte[] packet, byte[] associatedData) {
        Hello sent = present(hello);
        if (reply.index() != localIndex || reply.kind() == Reply.Kind.FINISH) {
            throw new AuthenticationException();
        }
        if (reply.kind() == Reply.Kind.RETRY) {
            return again(sent, reply);
        }
        Handshake begun = present(handshake);
        CipherSuite suite = CipherSuite.ofId(sent.suite()).orElseThrow();
        int[] index = new int[1];
        VerifiedPeer[] verified = new VerifiedPeer[1];
        begun.read(reply.octets(), (opened, remoteStatic) -> {
            ByteBuffer payload = ByteBuffer.wrap(opened.payload());
            if (payload.remaining() < INDEX_LENGTH) {
                throw new AuthenticationException();
            }
            index[0] = payload.getInt();
            verified[0] = verify(sent, suite, opened, rest(payload), remoteStatic, resumed);
        });
        remoteIndex = index[0];
        lastReceived = packet.clone();
        VerifiedPeer peer = present(verified[0]);
        if (begun.isFinished()) {
            return establish(begin(sent, suite, begun.split(), peer), associatedData);
        }
        byte[] message = begun.write(transcript -> credential(transcript, false));
        byte[] finish =
                sent(Reply.message(Reply.Kind.FINISH, remoteIndex, message).encode());
        begin(sent, suite, begun.split(), peer);
        phase = Phase.CONFIRMATION;
        return Step.send(finish);
    }

    /** Begins anew with another suite, or with a cookie. A forged retry can make us do that three times. */
    private Step again(Hello sent, Reply retry) {
        if (retries >= MAX_RETRIES
                || !sent.offered().contains(retry.suite())
                || (retry.suite() == sent.suite() && Arrays.equals(retry.octets(), sent.cookie()))) {
            throw new AuthenticationException();
        }
        retries++;
        return Step.send(greet(new Hello(
                sent.pattern(),
                sent.form(),
                sent.index(),
                retry.suite(),
                sent.offered(),
                retry.octets(),
                sent.ticket(),
                NOTHING)));
    }

    private Step finished(Reply reply, byte[] packet, byte[] associatedData) {
        if (reply.kind() != Reply.Kind.FINISH || reply.index() != localIndex) {
            throw new AuthenticationException();
        }
        Hello received = present(hello);
        Handshake begun = present(handshake);
        CipherSuite suite = CipherSuite.ofId(received.suite()).orElseThrow();
        VerifiedPeer[] verified = new VerifiedPeer[1];
        begun.read(
                reply.octets(),
                (opened, remoteStatic) -> verified[0] = verifyInitiator(received, suite, opened, remoteStatic, null));
        lastReceived = packet.clone();
        return establish(begin(received, suite, begun.split(), present(verified[0])), associatedData);
    }

    /** The peer has missed what we have sent. */
    private Step repeated(byte[] associatedData) {
        if (phase == Phase.ESTABLISHED) {
            SecureSession established = present(session);
            if (established.isClosed()) {
                throw new AuthenticationException();
            }
            return Step.send(established.sealConfirmation(associatedData));
        }
        return Step.send(lastSent.clone());
    }

    private Step confirmed(byte[] frame, byte[] associatedData) {
        SecureSession awaited = session;
        if (phase != Phase.CONFIRMATION || awaited == null) {
            throw new AuthenticationException();
        }
        FrameOpener opener = awaited.opener();
        byte[] content = new byte[opener.maxContentLength(frame.length)];
        FrameOpener.Opened opened = opener.open(frame, 0, frame.length, associatedData, content, 0);
        Optional<byte[]> brought = opened.type() == FrameType.DATA ? Optional.of(content) : Optional.empty();
        established(awaited);
        return new Step(Optional.empty(), Optional.of(awaited), brought);
    }

    private Step establish(SecureSession begun, byte[] associatedData) {
        established(begun);
        return new Step(Optional.of(begun.sealConfirmation(associatedData)), Optional.of(begun), Optional.empty());
    }

    private void established(SecureSession now) {
        phase = Phase.ESTABLISHED;
        Arrays.fill(resumptionKey, (byte) 0);
        settings.audit().identified(now.peer(), now.isResumed());
        settings.inventory().ifPresent(inventory -> inventory.seen(now, true));
        if (now.isPostQuantum()) {
            settings.memory().rememberPostQuantum(now.peer().name());
        }
        if (role == Role.RESPONDER) {
            settings.tickets().ifPresent(store -> store.add(now.ticket()));
        }
    }

    private VerifiedPeer verify(
            Hello agreed,
            CipherSuite suite,
            Handshake.Message opened,
            byte[] credential,
            Optional<byte[]> remoteStatic,
            @Nullable ResumptionTicket ticket) {
        byte[] remote = remoteStatic.orElse(NOTHING);
        if (remote.length > 0 && Arrays.equals(remote, ownStatic())) {
            throw new AuthenticationException(); // we would talk to ourselves
        }
        VerifiedPeer peer;
        if (ticket != null) {
            if (credential.length > 0) {
                throw new AuthenticationException();
            }
            peer = ticket.peer();
        } else {
            Role other = role == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR;
            peer = settings.verifier().verify(new PeerClaim(other, opened.transcript(), remote, credential));
            Optional<StaticKey> expected = remote.length == 0 ? Optional.empty() : Optional.of(StaticKey.of(remote));
            boolean needsKeyOfPairing = peer instanceof VerifiedPeer.PreShared;
            if (!peer.staticKey().equals(expected)
                    || (needsKeyOfPairing && !agreed.pattern().hasPreSharedKey())) {
                throw new AuthenticationException();
            }
        }
        if (!peer.roles().contains(settings.roles().peer())
                || (settings.memory().isPostQuantum(peer.name()) && !isPostQuantum(suite, ticket))) {
            throw new AuthenticationException();
        }
        return peer;
    }

    private Handshake begin(Hello with, CipherSuite suite, byte[] resumptionKey) {
        boolean isResuming = with.pattern() == SessionPattern.RESUME;
        return Handshake.of(new HandshakeSettings(
                with.pattern().pattern(suite.isHybrid()),
                suite.in(settings.primitives()),
                role,
                with.prologue(settings.roles(), role, settings.binding()),
                isResuming ? Optional.empty() : settings.localStatic(),
                isResuming ? Optional.empty() : settings.remoteStatic().map(StaticKey::octets),
                isResuming ? List.of(resumptionKey) : settings.preSharedKeys()));
    }

    private SecureSession begin(Hello agreed, CipherSuite suite, Split split, VerifiedPeer peer) {
        boolean isPostQuantum = isPostQuantum(suite, resumed);
        ResumptionTicket ticket = ResumptionTicket.derive(
                split.resumptionSecret(),
                settings.primitives().sha256(),
                suite,
                isPostQuantum,
                peer,
                resumed == null ? settings.clock().instant().plus(settings.ticketLife()) : resumed.notAfter());
        SecureSession begun = new SecureSession(
                settings,
                new SecureSession.Agreement(
                        agreed.pattern(), suite, isPostQuantum, agreed.form(), localIndex, remoteIndex, firstSeq),
                role,
                split,
                peer,
                ticket);
        session = begun;
        return begun;
    }

    private static boolean isPostQuantum(CipherSuite suite, @Nullable ResumptionTicket ticket) {
        return ticket == null ? suite.isHybrid() : ticket.isPostQuantum();
    }

    private byte[] credential(byte[] transcript, boolean isResuming) {
        return isResuming ? NOTHING : settings.credential().payload(role, transcript, ownStatic());
    }

    private byte[] ownStatic() {
        return settings.localStatic().map(pair -> pair.publicKey()).orElse(NOTHING);
    }

    private byte[] sent(byte[] packet) {
        lastSent = framed(packet);
        if (settings.form() != FrameForm.STREAM) {
            sendAgainAfter = settings.retransmitAfter().toMillis();
            sendAgainAt = age.update() + sendAgainAfter;
        }
        return lastSent.clone();
    }

    private byte[] framed(byte[] packet) {
        return settings.form() == FrameForm.STREAM ? StreamReader.framed(packet) : packet;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("the handshake is used out of its order");
        }
        return value;
    }
}
