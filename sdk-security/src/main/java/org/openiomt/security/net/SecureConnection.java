package org.openiomt.security.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.session.SecureSession;

/**
 * One authenticated connection: messages of at most {@link NetLimits#maxMessageLength()} octets, in order, each once. May be
 * used by several threads. What the application does not ask for stays in the socket but for one message, so that a peer that sends
 * too fast waits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel is told by its end
public final class SecureConnection implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int CLOSE_WITHIN_SECONDS = 2;

    private final ChannelHandlerContext context;
    private final SecureSession session;
    private final NetLimits limits;
    private final AtomicLong unsent = new AtomicLong();

    /** All on the event loop. One read is under way unless a message waits: without one, nobody hears that the peer leaves. */
    private long demand;

    private Optional<byte[]> waiting;
    private boolean wasRefused;
    private boolean isClosing;

    /** {@code waiting} is a message that came with what has established the session, before anybody could ask for it. */
    SecureConnection(ChannelHandlerContext context, SecureSession session, NetLimits limits, Optional<byte[]> waiting) {
        this.context = context;
        this.session = session;
        this.limits = limits;
        this.waiting = waiting;
    }

    /** Returns who the peer is and, by its class, how that was verified. */
    public VerifiedPeer peer() {
        return session.peer();
    }

    /** Returns the session, for its name, suite and hash, and for a ticket to resume it. Its halves are this connection's. */
    public SecureSession session() {
        return session;
    }

    /** Returns the other end of the socket. */
    public SocketAddress remoteAddress() {
        return context.channel().remoteAddress();
    }

    /** Returns whether the connection can be used. */
    public boolean isOpen() {
        return context.channel().isActive() && !session.isClosed();
    }

    /**
     * Asks for {@code count} more messages, 1 or more; {@link Long#MAX_VALUE} for all that come. Demand that adds up beyond
     * that stays there.
     */
    public void request(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one message is asked for, but got " + count);
        }
        run(() -> {
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            waiting.ifPresent(message -> {
                waiting = Optional.empty();
                deliver(message);
                handler().takeOn();
            });
        });
    }

    /**
     * Sends a message. The array is not kept.
     *
     * @return completes when the message was given to the socket; fails with {@link LinkException} when the connection is over,
     *     or when more than {@link NetLimits#maxUnsent()} octets wait already: then nothing was sent, and {@link
     *     ConnectionListener#onWritable} says when to go on
     * @throws IllegalArgumentException when it is empty or too long
     */
    public CompletionStage<Void> send(byte[] message) {
        if (message.length == 0 || message.length > limits.maxMessageLength()) {
            throw new IllegalArgumentException(
                    "a message has 1 to " + limits.maxMessageLength() + " octets, but got " + message.length);
        }
        CompletableFuture<Void> sent = new CompletableFuture<>();
        if (unsent.addAndGet(message.length) > limits.maxUnsent()) {
            unsent.addAndGet(-message.length);
            run(() -> {
                wasRefused = true;
                tellIfWritable();
            });
            sent.completeExceptionally(new LinkException(
                    "the peer takes too long: " + unsent.get() + " octets wait for it, send again when there is room"));
            return sent;
        }
        byte[] copy = message.clone();
        run(() -> write(copy, sent));
        return sent;
    }

    /** Says goodbye to the peer and closes; a peer that reads nothing is waited for two seconds. Does nothing when it is closed. */
    @Override
    public void close() {
        run(this::closeHere);
    }

    @Override
    public String toString() {
        return "SecureConnection[" + remoteAddress() + ", " + session + "]";
    }

    private void write(byte[] message, CompletableFuture<Void> sent) {
        byte[] frame;
        try {
            if (isClosing) {
                throw new IllegalStateException("the connection is closed");
            }
            frame = session.sealer().seal(message, NOTHING);
        } catch (IllegalStateException e) {
            unsent.addAndGet(-message.length);
            sent.completeExceptionally(new LinkException("nothing can be sent: " + e.getMessage(), e));
            if (!isClosing) {
                handler().end(CloseReason.SESSION_OVER);
            }
            return;
        }
        context.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(written -> {
            unsent.addAndGet(-message.length);
            if (written.isSuccess()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(new LinkException("the connection has failed", written.cause()));
            }
            tellIfWritable();
        });
    }

    private void closeHere() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        handler().reason(CloseReason.CLOSED_HERE);
        if (session.isClosed()) {
            context.close();
            return;
        }
        Future<?> atLast = context.executor().schedule(() -> context.close(), CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
        context.writeAndFlush(Unpooled.wrappedBuffer(session.sealClose(NOTHING)))
                .addListener(done -> {
                    atLast.cancel(false);
                    context.close();
                });
    }

    /** Says once that there is room again: when half of what may wait is free. */
    private void tellIfWritable() {
        if (wasRefused && unsent.get() <= limits.maxUnsent() / 2) {
            wasRefused = false;
            handler().listener().onWritable(this);
        }
    }

    /** On the event loop: a message has come. It goes to the listener, or waits until somebody asks. */
    void deliver(byte[] message) {
        if (demand == 0) {
            waiting = Optional.of(message);
            return;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        handler().listener().onMessage(this, message);
    }

    /** On the event loop: whether the next packet may be taken. */
    boolean mayTake() {
        return waiting.isEmpty();
    }

    private SessionHandler handler() {
        return (SessionHandler) context.handler();
    }

    private void run(Runnable task) {
        if (context.executor().inEventLoop()) {
            task.run();
        } else {
            context.executor().execute(task);
        }
    }
}
