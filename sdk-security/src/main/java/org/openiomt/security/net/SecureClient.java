package org.openiomt.security.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.session.ResumptionTicket;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionSettings;

/** Opens secure connections; many may share one client and its event loops. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel is told by its end
public final class SecureClient implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final EventLoopGroup loops;
    private final NetLimits limits;

    /**
     * Makes a client.
     *
     * @param threads how many event loops, at least 1
     * @param limits of each connection
     */
    public SecureClient(int threads, NetLimits limits) {
        this.limits = limits;
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("iomt-secure-client", true), NioIoHandler.newFactory());
    }

    /**
     * Connects and authenticates both ends.
     *
     * @param settings of an initiator, with frames of a stream
     * @param ticket to go on from an earlier session; used up by this
     * @return fails with {@link LinkException}, which says whether nobody listens or the peer was not acceptable; a failed
     *     attempt leaves nothing behind
     * @throws IllegalArgumentException when the settings are of a responder, or the ticket is over
     */
    public CompletionStage<SecureConnection> connect(
            InetSocketAddress address,
            SessionSettings settings,
            Optional<ResumptionTicket> ticket,
            ConnectionListener listener) {
        SessionHandshake handshake = ticket.isPresent()
                ? SessionHandshake.resuming(settings, ticket.get())
                : SessionHandshake.initiator(settings);
        CompletableFuture<SecureConnection> connected = new CompletableFuture<>();
        SessionHandler handler =
                new SessionHandler(handshake, true, limits, listener, Runnable::run, (connection, failure) -> {
                    if (connection != null) {
                        connected.complete(connection);
                    } else {
                        connected.completeExceptionally(new LinkException(message(address, failure)));
                    }
                });
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Pipelines.prepare(channel, limits, handler);
                    }
                })
                .connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                handshake.close();
                connected.completeExceptionally(new LinkException(
                        "cannot connect to " + address + ": " + done.cause().getMessage(), done.cause()));
            }
        });
        return connected;
    }

    /** Closes every connection; waits for that up to five seconds. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, STOP.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP.toMillis());
    }

    private static String message(InetSocketAddress address, CloseReason failure) {
        return switch (failure) {
            case NOT_AUTHENTIC -> address + " has not proved to be a peer to talk to";
            case CUT_OFF -> address + " has not answered the handshake in time";
            default ->
                address + " has closed the connection during the handshake: it may not accept this end's identity";
        };
    }
}
