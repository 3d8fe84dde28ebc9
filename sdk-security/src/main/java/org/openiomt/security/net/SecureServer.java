package org.openiomt.security.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionSettings;

/**
 * Waits for devices. Thousands of sessions share a few event loops; strangers get as much as {@link NetLimits} says, and what
 * they get comes after those who are authenticated.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel is told by its end
public final class SecureServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int TICKS_PER_SECOND = 20;
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final NetLimits limits;
    private final EventLoopGroup loops;
    private final ExecutorService worker;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Map<Channel, SessionHandler> halfOpen = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong established = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final Channel listening;

    private SecureServer(
            InetSocketAddress address,
            SessionSettings settings,
            NetLimits limits,
            int threads,
            ConnectionListener listener) {
        this.limits = limits;
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("iomt-secure-server", true), NioIoHandler.newFactory());
        this.worker = Executors.newFixedThreadPool(
                (threads + 1) / 2, new DefaultThreadFactory("iomt-secure-handshake", true));
        try {
            this.listening = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .handler(new Gate(limits.handshakesPerSecond()))
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            accept(channel, settings, listener);
                        }
                    })
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception e) { // bind throws checked exceptions without declaring them
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            worker.shutdownNow();
            throw new LinkException("cannot listen at " + address + ": " + e.getMessage(), e);
        }
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 for any that is free
     * @param settings of a responder, with frames of a stream
     * @param threads how many event loops, at least 1; half as many threads compute handshakes
     * @throws LinkException when the address cannot be used; nothing is left behind
     */
    public static SecureServer listen(
            InetSocketAddress address,
            SessionSettings settings,
            NetLimits limits,
            int threads,
            ConnectionListener listener) {
        SessionHandshake.responder(settings).close(); // what is wrong with the settings is said here
        return new SecureServer(address, settings, limits, threads, listener);
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Returns what it has seen. */
    public ServerCounts counts() {
        synchronized (halfOpen) {
            return new ServerCounts(
                    accepted.get(),
                    established.get(),
                    refused.get(),
                    timedOut.get(),
                    evicted.get(),
                    turnedAway.get(),
                    open.get(),
                    halfOpen.size());
        }
    }

    /** Closes every connection and stops listening; waits for that up to five seconds. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly(STOP.toMillis());
        channels.close().awaitUninterruptibly(STOP.toMillis());
        loops.shutdownGracefully(QUIET.toMillis(), STOP.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP.toMillis());
        worker.shutdownNow().forEach(Runnable::run); // their connections are gone: they only wipe what they hold
    }

    @Override
    public String toString() {
        return "SecureServer[" + listening.localAddress() + ", " + counts() + "]";
    }

    private void accept(Channel channel, SessionSettings settings, ConnectionListener listener) {
        accepted.incrementAndGet();
        if (open.get() >= limits.maxSessions()) {
            turnedAway.incrementAndGet();
            channel.close();
            return;
        }
        channels.add(channel);
        ConnectionListener counting = new Counting(listener);
        SessionHandler handler = new SessionHandler(
                SessionHandshake.responder(settings), false, limits, counting, worker, (connection, failure) -> {
                    synchronized (halfOpen) {
                        halfOpen.remove(channel);
                    }
                    if (connection != null) {
                        established.incrementAndGet();
                        open.incrementAndGet();
                    } else if (failure == CloseReason.NOT_AUTHENTIC) {
                        refused.incrementAndGet();
                    } else if (failure == CloseReason.CUT_OFF) {
                        timedOut.incrementAndGet();
                    }
                });
        Pipelines.prepare(channel, limits, handler);
        makeRoom(channel, handler);
    }

    private void makeRoom(Channel channel, SessionHandler handler) {
        SessionHandler oldest = null;
        synchronized (halfOpen) {
            if (halfOpen.size() >= limits.maxHalfOpen()) {
                Iterator<Map.Entry<Channel, SessionHandler>> first =
                        halfOpen.entrySet().iterator();
                oldest = first.next().getValue();
                first.remove();
                evicted.incrementAndGet();
            }
            halfOpen.put(channel, handler);
        }
        if (oldest != null) {
            oldest.end(CloseReason.FAILED);
        }
    }

    /** Counts who leaves. */
    private final class Counting implements ConnectionListener {
        private final ConnectionListener listener;

        Counting(ConnectionListener listener) {
            this.listener = listener;
        }

        @Override
        public void onConnected(SecureConnection connection) {
            listener.onConnected(connection);
        }

        @Override
        public void onMessage(SecureConnection connection, byte[] message) {
            listener.onMessage(connection, message);
        }

        @Override
        public void onWritable(SecureConnection connection) {
            listener.onWritable(connection);
        }

        @Override
        public void onClosed(SecureConnection connection, CloseReason reason) {
            open.decrementAndGet();
            listener.onClosed(connection, reason);
        }
    }

    /** Lets so many connections in within a second, and leaves the others in the socket's queue. */
    private static final class Gate extends ChannelInboundHandlerAdapter {
        private final int perTick;
        private int tokens;

        Gate(int perSecond) {
            this.perTick = Math.max(1, perSecond / TICKS_PER_SECOND);
            this.tokens = perTick;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            refill(context);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object child) {
            if (--tokens <= 0) {
                context.channel().config().setAutoRead(false);
            }
            context.fireChannelRead(child);
        }

        private void refill(ChannelHandlerContext context) {
            context.executor()
                    .schedule(
                            () -> {
                                tokens = perTick;
                                if (context.channel().isActive()) {
                                    context.channel().config().setAutoRead(true);
                                    refill(context);
                                }
                            },
                            1000 / TICKS_PER_SECOND,
                            TimeUnit.MILLISECONDS);
        }
    }
}
