package org.openiomt.security.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.session.FrameOpener;
import org.openiomt.security.session.FrameType;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.StreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns packets into a session and then into messages. In front of it stands a decoder of lengths. What comes together waits
 * here and is taken one by one, for as long as somebody wants it; then, and only then, the socket is read again. So what waits
 * is never more than one read of the socket gives. All on one event loop but the computing of a handshake, which goes to a
 * worker, so that frames of those who are authenticated do not wait behind strangers; no packet is taken while it computes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel is told by its end
final class SessionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);
    private static final byte[] NOTHING = {};
    private static final Duration COMPUTING = Duration.ofMillis(20);

    /** A hybrid hello with a chain of four certificates of 4 KiB, and some room. */
    private static final int MAX_HANDSHAKE_PACKET = 24 * 1024;

    private final NetLimits limits;
    private final ConnectionListener listener;
    private final HandshakeListener handshakes;
    private final Executor worker;
    private final boolean isInitiator;

    /** What has come and was not taken yet, in order. */
    private final Deque<ByteBuf> packets = new ArrayDeque<>(2);

    private boolean isTaking;
    private @Nullable SessionHandshake handshake;
    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable SecureConnection connection;
    private @Nullable Future<?> timer;
    private CloseReason reason = CloseReason.FAILED;
    private boolean hasReason;

    /** Whether the handshake is the worker's, and nobody else's, for now. */
    private boolean isComputing;

    /** Hears how a handshake ends: {@code null} when well, else why not. On the event loop. */
    interface HandshakeListener {
        void onEnd(@Nullable SecureConnection connection, CloseReason failure);
    }

    SessionHandler(
            SessionHandshake handshake,
            boolean isInitiator,
            NetLimits limits,
            ConnectionListener listener,
            Executor worker,
            HandshakeListener handshakes) {
        this.handshake = handshake;
        this.isInitiator = isInitiator;
        this.limits = limits;
        this.listener = listener;
        this.worker = worker;
        this.handshakes = handshakes;
    }

    ConnectionListener listener() {
        return listener;
    }

    /** Ends the connection from outside the event loop or inside. */
    void end(CloseReason why) {
        ChannelHandlerContext now = context;
        if (now != null) {
            now.executor().execute(() -> {
                reason(why);
                now.close();
            });
        }
    }

    /** Keeps the first reason: what follows is a consequence. */
    void reason(CloseReason why) {
        if (!hasReason) {
            hasReason = true;
            reason = why;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        SessionHandshake begun = handshake;
        if (begun == null) {
            return;
        }
        if (isInitiator) {
            active.writeAndFlush(Unpooled.wrappedBuffer(begun.start()));
        }
        scheduleHandshake(active, begun);
        active.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        packets.add((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        takeOn();
    }

    /** On the event loop: takes what waits while it may be taken, and then reads the socket again. */
    void takeOn() {
        ChannelHandlerContext taking = context;
        if (isTaking || taking == null) {
            return;
        }
        isTaking = true;
        try {
            while (mayTake() && taking.channel().isActive()) {
                ByteBuf packet = packets.poll();
                if (packet == null) {
                    taking.read();
                    return;
                }
                take(taking, packet);
            }
        } finally {
            isTaking = false;
        }
    }

    private boolean mayTake() {
        SecureConnection now = connection;
        return now == null ? handshake != null && !isComputing : now.mayTake();
    }

    private void take(ChannelHandlerContext taking, ByteBuf packet) {
        try {
            SessionHandshake begun = handshake;
            if (begun != null) {
                shake(taking, begun, ByteBufUtil.getBytes(packet));
            } else {
                open(taking, packet);
            }
        } catch (AuthenticationException e) {
            reason(CloseReason.NOT_AUTHENTIC);
            SecureConnection over = connection;
            if (over != null) {
                over.session().refusedFrame();
            }
            taking.close();
        } catch (RuntimeException e) {
            exceptionCaught(taking, e);
        } finally {
            packet.release();
        }
    }

    private void shake(ChannelHandlerContext reading, SessionHandshake begun, byte[] packet) {
        isComputing = true;
        worker.execute(() -> {
            if (!reading.channel().isActive()) {
                begun.close(); // ended while it waited its turn: nothing is computed for it
                return;
            }
            SessionHandshake.Step step = null;
            RuntimeException fault = null;
            try {
                step = begun.receive(packet, NOTHING);
            } catch (RuntimeException e) {
                fault = e;
            }
            SessionHandshake.Step computed = step;
            RuntimeException failed = fault;
            try {
                reading.executor().execute(() -> computed(reading, begun, computed, failed));
            } catch (RejectedExecutionException e) {
                begun.close(); // the loops are closed already
            }
        });
    }

    private void computed(
            ChannelHandlerContext reading,
            SessionHandshake begun,
            SessionHandshake.@Nullable Step step,
            @Nullable RuntimeException fault) {
        isComputing = false;
        if (handshake != begun) {
            if (step != null) {
                step.session().ifPresent(SecureSession::close);
            }
            begun.close();
        } else if (step == null) {
            exceptionCaught(reading, fault == null ? new AssertionError() : fault);
        } else {
            step.send().ifPresent(answer -> reading.writeAndFlush(Unpooled.wrappedBuffer(answer)));
            step.session().ifPresent(made -> established(reading, made, step.content()));
            takeOn();
        }
    }

    private void established(ChannelHandlerContext reading, SecureSession made, Optional<byte[]> content) {
        handshake = null;
        cancelTimer();
        SecureConnection now = new SecureConnection(reading, made, limits, content.filter(early -> early.length > 0));
        connection = now;
        scheduleSession(reading, made);
        handshakes.onEnd(now, CloseReason.CLOSED_HERE);
        listener.onConnected(now);
    }

    private void open(ChannelHandlerContext reading, ByteBuf packet) {
        SecureConnection now = connection;
        if (now == null || reason == CloseReason.CLOSED_BY_PEER) {
            throw new AuthenticationException();
        }
        FrameOpener opener = now.session().opener();
        byte[] frame = ByteBufUtil.getBytes(packet);
        byte[] content = new byte[opener.maxContentLength(frame.length)];
        FrameOpener.Opened opened = opener.open(frame, 0, frame.length, NOTHING, content, 0);
        if (opened.type() == FrameType.CLOSE) {
            reason(CloseReason.CLOSED_BY_PEER);
            reading.close();
            return;
        }
        if (opened.type() == FrameType.DATA) {
            now.deliver(content);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        cancelTimer();
        packets.forEach(ByteBuf::release);
        packets.clear();
        reason(connection == null ? CloseReason.FAILED : CloseReason.CUT_OFF);
        SessionHandshake begun = handshake;
        if (begun != null) {
            if (!isComputing) {
                begun.close();
            }
            handshake = null;
            handshakes.onEnd(null, reason);
        }
        SecureConnection over = connection;
        if (over != null) {
            over.session().close();
            listener.onClosed(over, reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        boolean isPeers = cause instanceof TooLongFrameException || cause instanceof AuthenticationException;
        if (!isPeers && !(cause instanceof IOException)) {
            log.warn("a secure connection has failed", cause);
        }
        reason(isPeers ? CloseReason.NOT_AUTHENTIC : CloseReason.FAILED);
        failing.close();
    }

    private void scheduleHandshake(ChannelHandlerContext on, SessionHandshake begun) {
        begun.untilDeadline().ifPresent(wait -> timer = schedule(on, wait, () -> onDeadline(on, begun)));
    }

    private void onDeadline(ChannelHandlerContext on, SessionHandshake begun) {
        if (isComputing) {
            timer = schedule(on, COMPUTING, () -> onDeadline(on, begun));
            return;
        }
        begun.onDeadline(); // a stream loses nothing, so nothing is sent again
        if (begun.isClosed()) {
            reason(CloseReason.CUT_OFF);
            on.close();
        } else if (handshake != null) {
            scheduleHandshake(on, begun);
        }
    }

    private void scheduleSession(ChannelHandlerContext on, SecureSession session) {
        timer = schedule(on, session.untilDeadline(), () -> {
            session.onDeadline();
            if (session.isClosed()) {
                reason(CloseReason.SESSION_OVER);
                on.close();
            } else {
                scheduleSession(on, session);
            }
        });
    }

    private static Future<?> schedule(ChannelHandlerContext on, Duration wait, Runnable task) {
        return on.executor().schedule(task, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        Future<?> now = timer;
        if (now != null) {
            now.cancel(false);
        }
    }

    /** Returns the longest packet on the wire: a handshake packet or a message with what is around it. */
    static int maxPacketLength(NetLimits limits) {
        return Math.min(StreamReader.MAX_PACKET_LENGTH, Math.max(MAX_HANDSHAKE_PACKET, limits.maxMessageLength() + 64));
    }
}
