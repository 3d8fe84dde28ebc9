package org.openiomt.security.net.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.SecureConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What both ends of a link have in common. Messages come on the connection's event loop and are worked on in a mailbox, one at a
 * time; at most WINDOW of them are on their way there, further ones stay in the socket, so that a peer that sends too fast waits.
 * Whatever ends the link goes through end(), once.
 *
 * Silence is counted in looks, and not read from a clock that somebody may set: each look finds the count one higher, each message
 * puts it back to nothing. While messages wait in the mailbox the silence is our own and does not count.
 */
abstract class LinkPort {
    static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private static final Logger LOG = LoggerFactory.getLogger(LinkPort.class);
    private static final int WINDOW = 16;
    private static final int PING_AFTER = 2; // the first look may come right behind a message
    private static final int LOST_AFTER = 4;

    final Object lock = new Object();
    final LinkSettings settings;
    final Scheduler scheduler;

    private final SecureConnection connection;
    private final LinkMessage.Sender peer;
    private final Mailbox mailbox;
    private final int maxMessageLength;
    private final int maxBulk;
    private final AtomicLong bulk = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean hasWorked;
    private @Nullable LinkEnd end;
    private String words = "";

    /** What every end of one owner has in common. */
    record Owner(LinkSettings settings, Scheduler scheduler, int maxMessageLength, int maxUnsent) {}

    LinkPort(SecureConnection connection, Owner owner, LinkMessage.Sender peer) {
        this.connection = connection;
        this.settings = owner.settings();
        this.scheduler = owner.scheduler();
        this.maxMessageLength = owner.maxMessageLength();
        this.maxBulk = owner.maxUnsent() / 2; // the rest is for answers, which are never refused
        this.peer = peer;
        this.mailbox = new Mailbox(scheduler);
    }

    /** Begins to read. Called once, before anything else. */
    void begin() {
        connection.request(WINDOW);
    }

    SecureConnection connection() {
        return connection;
    }

    /** Returns who the peer is, as the one who verified calls it. */
    String peerName() {
        return connection.peer().name();
    }

    int maxMessageLength() {
        return maxMessageLength;
    }

    /** Says that the link was good for something, so that the next one need not wait long. */
    void worked() {
        hasWorked = true;
    }

    boolean hasWorked() {
        return hasWorked;
    }

    /** On the event loop: a message has come. */
    final void received(byte[] octets) {
        looks.set(0);
        waiting.incrementAndGet();
        mailbox.execute(() -> take(octets));
    }

    /** On the event loop: the connection is over. What came before is worked on first. */
    final void closed(CloseReason reason) {
        LinkEnd why = switch (reason) {
            case CLOSED_HERE, CLOSED_BY_PEER -> LinkEnd.CLOSED;
            case CUT_OFF -> LinkEnd.CUT_OFF;
            case NOT_AUTHENTIC -> LinkEnd.NOT_AUTHENTIC;
            case SESSION_OVER, FAILED -> LinkEnd.FAILED;
        };
        mailbox.execute(() -> end(why, why.words()));
    }

    /** Whether so many messages wait in the mailbox that no other is read. */
    final boolean isFull() {
        return waiting.get() >= WINDOW;
    }

    /** Looks whether anything was heard; once in each keep-alive. */
    final void look() {
        if (isFull()) {
            return;
        }
        int silent = looks.incrementAndGet();
        if (silent >= LOST_AFTER) {
            end(LinkEnd.SILENT, "nothing was heard for " + settings.keepAlive().multipliedBy(LOST_AFTER - 1L));
        } else if (silent >= PING_AFTER) {
            reply(LinkMessage.of(LinkMessage.Type.PING));
        }
    }

    private void take(byte[] octets) {
        CompletionStage<Void> worked;
        if (isOver()) {
            return;
        }
        try {
            LinkMessage message = LinkMessage.decode(octets, peer);
            worked = switch (message.type()) {
                case PING -> reply(LinkMessage.of(LinkMessage.Type.PONG));
                case PONG -> DONE;
                case END -> {
                    LinkEnd said = LinkEnd.of(message.number());
                    over(said, peerName() + " has ended it: " + said.words(), false);
                    yield DONE;
                }
                default -> handle(message);
            };
        } catch (DecodeException e) {
            LOG.debug("{} has broken the protocol: {}", peerName(), e.getMessage());
            end(LinkEnd.PROTOCOL, String.valueOf(e.getMessage()));
            return;
        }
        worked.whenComplete((nothing, fault) -> {
            waiting.decrementAndGet();
            connection.request(1);
        });
    }

    /**
     * Works on a message of the peer. In the mailbox.
     *
     * @return completes when there is room for another
     * @throws DecodeException when it has no place here; the link is then ended
     */
    abstract CompletionStage<Void> handle(LinkMessage message);

    /** The link is over. Called once, on any thread, without a lock. */
    abstract void ended(LinkEnd why, String because);

    /** Sends what the protocol needs to go on. When it cannot be sent, the link is over. */
    final CompletionStage<Void> reply(LinkMessage message) {
        CompletionStage<Void> sent = connection.send(message.encode());
        sent.whenComplete((nothing, fault) -> {
            if (fault != null) {
                end(LinkEnd.FAILED, String.valueOf(fault.getMessage()));
            }
        });
        return sent;
    }

    /** Sends what the application has: refused, and not sent, when half of what may wait for the peer waits already. */
    final CompletionStage<Void> send(LinkMessage message) {
        byte[] octets = message.encode();
        if (bulk.addAndGet(octets.length) > maxBulk) {
            bulk.addAndGet(-octets.length);
            return CompletableFuture.failedFuture(
                    new LinkException(peerName() + " takes too long: " + bulk.get() + " octets wait for it"));
        }
        CompletionStage<Void> sent = connection.send(octets);
        sent.whenComplete((nothing, fault) -> bulk.addAndGet(-octets.length));
        return sent;
    }

    /** Ends the link and tells the peer why. Does nothing when it is over. */
    final void end(LinkEnd why, String because) {
        over(why, because, why.code() >= 0);
    }

    private void over(LinkEnd why, String because, boolean isSaid) {
        synchronized (lock) {
            if (end != null) {
                return;
            }
            end = why;
            words = because;
        }
        if (isSaid && connection.isOpen()) {
            connection.send(LinkMessage.ofCode(LinkMessage.Type.END, why.code()).encode());
        }
        connection.close();
        LOG.debug("the link with {} is over: {}", peerName(), because);
        ended(why, because);
    }

    final boolean isOver() {
        synchronized (lock) {
            return end != null;
        }
    }

    /** Returns why the link is over, as a sentence; empty while it is not. */
    final String overBecause() {
        synchronized (lock) {
            return words;
        }
    }

    /** Returns what fails a call while the link is over. */
    final LinkLostException lost(String doing) {
        synchronized (lock) {
            return new LinkLostException(
                    end == null ? LinkEnd.FAILED : end,
                    "link to " + peerName() + " closed while " + doing + ": " + words);
        }
    }

    /** Calls something of the application's, which must not hurt the link. */
    static void tell(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("a callback of a secure link failed", e);
        }
    }
}
