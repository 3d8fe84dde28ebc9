package org.openiomt.security.carrier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.security.session.FrameOpener;
import org.openiomt.security.session.FrameType;
import org.openiomt.security.session.HandshakeGate;
import org.openiomt.security.session.ResumptionTicket;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionSettings;

/**
 * A session with one peer over a {@link DatagramPort}: runs the handshake, sends again what was lost of it, minds the deadlines,
 * and carries content. Content itself is not sent again.
 *
 * <p>A responder goes on waiting: when its peer has forgotten the session and begins anew, the new one takes the place of the old
 * as soon as it is established, and not before. May be called by several threads; the listener is called by one at a time.
 */
public final class SessionCarrier implements AutoCloseable {
    private static final int MAX_HALF_OPEN = 4;

    private final SessionSettings settings;
    private final DatagramPort port;
    private final Scheduler scheduler;
    private final Listener listener;
    private final Mailbox mailbox;
    private final Optional<Door> door;
    private final List<SessionHandshake> halfOpen = new ArrayList<>();
    private @Nullable SessionHandshake answered;
    private @Nullable SecureSession session;
    private Scheduler.@Nullable Cancellable timer;
    private boolean isResuming;
    private boolean isClosed;
    private long refused;

    /** The gate before a responder, and where its peer is. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Door(HandshakeGate gate, byte[] address) {}

    /** Hears what happens. */
    public interface Listener {
        /** A session was established; it takes the place of an earlier one. */
        void established(SecureSession session);

        /** Content has come. The array is the listener's. */
        void received(byte[] content);

        /**
         * There is no session any more, or none came about.
         *
         * @param isComplete whether the peer has said that it was finished
         */
        void ended(boolean isComplete);
    }

    private SessionCarrier(
            SessionSettings settings, DatagramPort port, Scheduler scheduler, Listener listener, Optional<Door> door) {
        this.settings = settings;
        this.port = port;
        this.scheduler = scheduler;
        this.listener = listener;
        this.mailbox = new Mailbox(scheduler);
        this.door = door;
    }

    /**
     * Begins a session.
     *
     * @param settings of a datagram form, with the clock of {@code scheduler}
     */
    public static SessionCarrier initiate(
            SessionSettings settings, DatagramPort port, Scheduler scheduler, Listener listener) {
        SessionCarrier carrier = new SessionCarrier(settings, port, scheduler, listener, Optional.empty());
        return carrier.started(SessionHandshake.initiator(settings));
    }

    /** Begins a session with a ticket, and a full handshake when nobody answers that. */
    public static SessionCarrier resume(
            SessionSettings settings,
            ResumptionTicket ticket,
            DatagramPort port,
            Scheduler scheduler,
            Listener listener) {
        SessionCarrier carrier = new SessionCarrier(settings, port, scheduler, listener, Optional.empty());
        carrier.isResuming = true;
        return carrier.started(SessionHandshake.resuming(settings, ticket));
    }

    /**
     * Waits for sessions of one peer.
     *
     * @param address where the peer is, for the gate
     */
    public static SessionCarrier respond(
            SessionSettings settings,
            HandshakeGate gate,
            byte[] address,
            DatagramPort port,
            Scheduler scheduler,
            Listener listener) {
        SessionCarrier carrier =
                new SessionCarrier(settings, port, scheduler, listener, Optional.of(new Door(gate, address.clone())));
        port.receiveWith(carrier::arrived);
        return carrier;
    }

    /**
     * Sends content.
     *
     * @return completes when it is on its way, which says nothing about its arrival; fails with {@link LinkException} when there
     *     is no session
     */
    public CompletionStage<Void> send(byte[] content) {
        byte[] copy = content.clone();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        mailbox.execute(() -> {
            SecureSession current = session;
            if (current == null) {
                sent.completeExceptionally(new LinkException("there is no session yet, or no more"));
                return;
            }
            try {
                port.send(current.sealer().seal(copy, port.outbound()));
                sent.complete(null);
            } catch (RuntimeException e) {
                sent.completeExceptionally(new LinkException("the session cannot send", e));
            }
        });
        return sent;
    }

    /** Says goodbye to the peer, wipes the keys and closes the port. The listener is not told. */
    @Override
    public void close() {
        mailbox.execute(() -> {
            if (isClosed) {
                return;
            }
            isClosed = true;
            SecureSession current = session;
            if (current != null && !current.isClosed()) {
                try {
                    port.send(current.sealClose(port.outbound()));
                } catch (IllegalStateException e) {
                    // At its limit there is no frame left, and the peer is at the same limit.
                }
                current.close();
            }
            halfOpen.forEach(SessionHandshake::close);
            dropClosed();
            cancelTimer();
            port.close();
        });
    }

    /** Takes a datagram that has come before the port was opened; see {@link DatagramPort#receiveWith}. */
    void arrived(byte[] datagram) {
        mailbox.execute(() -> {
            if (!isClosed) {
                receive(datagram);
                arm();
            }
        });
    }

    /** Returns how many datagrams were refused, by now. */
    CompletionStage<Long> refused() {
        CompletableFuture<Long> count = new CompletableFuture<>();
        mailbox.execute(() -> count.complete(refused));
        return count;
    }

    private SessionCarrier started(SessionHandshake handshake) {
        port.receiveWith(this::arrived);
        mailbox.execute(() -> begin(handshake));
        return this;
    }

    private void begin(SessionHandshake handshake) {
        halfOpen.add(handshake);
        port.send(handshake.start());
        arm();
    }

    private void receive(byte[] datagram) {
        if (SessionHandshake.isHandshakePacket(datagram)) {
            negotiate(datagram);
            return;
        }
        SecureSession current = session;
        if (current != null && opened(current, datagram)) {
            return;
        }
        if (!isTaken(datagram)) {
            refused++;
            if (current != null) {
                current.refusedFrame();
            }
            endIfIdle();
        }
    }

    private boolean opened(SecureSession current, byte[] datagram) {
        FrameOpener opener = current.opener();
        byte[] content = new byte[opener.maxContentLength(datagram.length)];
        FrameOpener.Opened opened;
        try {
            opened = opener.open(datagram, 0, datagram.length, port.inbound(), content, 0);
        } catch (AuthenticationException e) {
            return false;
        }
        if (opened.type() == FrameType.DATA) {
            listener.received(content);
        } else if (opener.isEnded()) {
            current.close();
            session = null;
            listener.ended(true);
        }
        return true;
    }

    private void negotiate(byte[] datagram) {
        if (isTaken(datagram)) {
            return;
        }
        Door before = door.orElse(null);
        if (before == null || halfOpen.size() >= MAX_HALF_OPEN) {
            refused++;
            return;
        }
        HandshakeGate.Admission admission = before.gate().admit(before.address(), datagram, settings.form());
        admission.reply().ifPresent(port::send);
        if (admission.verdict() != HandshakeGate.Verdict.ADMIT) {
            refused++;
            endIfIdle();
            return;
        }
        SessionHandshake fresh = SessionHandshake.responder(settings);
        halfOpen.add(fresh);
        if (!isTakenBy(fresh, datagram)) {
            refused++;
            fresh.close();
            dropClosed();
            endIfIdle();
        }
    }

    /** Returns whether one of the handshakes has known the datagram as its own. */
    private boolean isTaken(byte[] datagram) {
        SessionHandshake last = answered;
        if (last != null && isTakenBy(last, datagram)) {
            return true;
        }
        for (SessionHandshake handshake : List.copyOf(halfOpen)) {
            if (isTakenBy(handshake, datagram)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTakenBy(SessionHandshake handshake, byte[] datagram) {
        boolean isPacket = SessionHandshake.isHandshakePacket(datagram);
        SessionHandshake.Step step;
        try {
            step = handshake.receive(datagram, isPacket ? port.outbound() : port.inbound());
        } catch (AuthenticationException e) {
            return false;
        }
        step.send().ifPresent(port::send);
        step.session().ifPresent(established -> {
            halfOpen.remove(handshake);
            door.ifPresent(before -> before.gate().release());
            SecureSession earlier = session;
            if (earlier != null) {
                earlier.close();
            }
            session = established;
            answered = handshake;
            listener.established(established);
        });
        step.content().ifPresent(listener::received);
        return true;
    }

    private void onTimer() {
        if (isClosed) {
            return;
        }
        for (SessionHandshake handshake : halfOpen) {
            handshake.onDeadline().ifPresent(port::send);
        }
        boolean isGivenUp = dropClosed();
        SecureSession current = session;
        if (current != null) {
            current.onDeadline();
            if (current.isClosed()) {
                session = null;
                listener.ended(false);
            }
        }
        if (isGivenUp && isResuming) {
            isResuming = false;
            begin(SessionHandshake.initiator(settings));
        } else if (isGivenUp && session == null && halfOpen.isEmpty()) {
            listener.ended(false);
        }
        arm();
    }

    private boolean dropClosed() {
        int before = halfOpen.size();
        halfOpen.removeIf(SessionHandshake::isClosed);
        int dropped = before - halfOpen.size();
        door.ifPresent(place -> {
            for (int i = 0; i < dropped; i++) {
                place.gate().release();
            }
        });
        return dropped > 0;
    }

    /** A responder that has heard nothing of use says so, and its place can be given to others. */
    private void endIfIdle() {
        if (door.isPresent() && session == null && halfOpen.isEmpty()) {
            listener.ended(false);
        }
    }

    private void arm() {
        cancelTimer();
        Optional<Duration> next = Optional.ofNullable(session).map(SecureSession::untilDeadline);
        for (SessionHandshake handshake : halfOpen) {
            Optional<Duration> other = handshake.untilDeadline();
            if (next.isEmpty() || (other.isPresent() && other.get().compareTo(next.get()) < 0)) {
                next = other;
            }
        }
        next.ifPresent(delay -> timer = scheduler.schedule(delay, () -> mailbox.execute(this::onTimer)));
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    @Override
    public String toString() {
        return "SessionCarrier[" + settings + "]";
    }
}
