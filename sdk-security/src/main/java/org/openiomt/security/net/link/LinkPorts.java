package org.openiomt.security.net.link;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.ConnectionListener;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureClient;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.net.SecureServer;
import org.openiomt.security.net.ServerCounts;
import org.openiomt.security.session.ResumptionTicket;
import org.openiomt.security.session.SessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All links of one owner: listens, dials and dials again, and looks for silence with one timer for all of them. */
final class LinkPorts implements ConnectionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkPorts.class);
    private static final byte[] BINDING = "openiomt-link".getBytes(StandardCharsets.US_ASCII);
    private static final String CLOSED = "the owner is closed";

    private final NetLimits limits;
    private final LinkPort.Owner owner;
    private final Function<SecureConnection, LinkPort> maker;
    private final Runnable onLook;
    private final Map<SecureConnection, LinkPort> ports = new ConcurrentHashMap<>();

    // Guarded by this.
    private final List<SecureServer> servers = new ArrayList<>();
    private final List<Redial> redials = new ArrayList<>();
    private @Nullable SecureClient client;
    private boolean isClosed;
    private Scheduler.Cancellable looking = () -> {};

    /** Begins to look for silence. {@code onLook} runs behind each look. */
    LinkPorts(LinkPort.Owner owner, NetLimits limits, Function<SecureConnection, LinkPort> maker, Runnable onLook) {
        this.owner = owner;
        this.limits = limits;
        this.maker = maker;
        this.onLook = onLook;
        scheduleLook();
    }

    /** Makes what the links of one owner have in common, and checks that it fits together. */
    static LinkPort.Owner owner(LinkSettings settings, NetLimits limits, Scheduler scheduler) {
        settings.requireFits(limits);
        return new LinkPort.Owner(settings, scheduler, limits.maxMessageLength(), limits.maxUnsent());
    }

    /** Listens. Returns where. */
    synchronized InetSocketAddress listen(InetSocketAddress address, SessionSettings settings, int threads) {
        requireOpen();
        SecureServer server = SecureServer.listen(address, settings.withBinding(BINDING), limits, threads, this);
        servers.add(server);
        return server.address();
    }

    /** Dials, and again whenever the connection is lost. */
    synchronized void dial(InetSocketAddress address, SessionSettings settings) {
        requireOpen();
        if (client == null) {
            client = new SecureClient(1, limits);
        }
        Redial redial = new Redial(client, address, settings.withBinding(BINDING));
        redials.add(redial);
        redial.dial();
    }

    synchronized List<ServerCounts> counts() {
        return servers.stream().map(SecureServer::counts).toList();
    }

    @Override
    public void onConnected(SecureConnection connection) {
        LinkPort port = maker.apply(connection);
        ports.put(connection, port);
        if (isClosed()) {
            port.end(LinkEnd.CLOSED, CLOSED);
        } else {
            port.begin();
        }
    }

    @Override
    public void onMessage(SecureConnection connection, byte[] message) {
        LinkPort port = ports.get(connection);
        if (port != null) {
            port.received(message);
        }
    }

    @Override
    public void onClosed(SecureConnection connection, CloseReason reason) {
        LinkPort port = ports.remove(connection);
        if (port != null) {
            port.closed(reason);
        }
    }

    /** Ends every link, tells the peers so, and closes the sockets; waits for that as servers and clients do. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            looking.cancel();
            redials.forEach(Redial::stop);
        }
        ports.values().forEach(port -> port.end(LinkEnd.CLOSED, CLOSED));
        servers.forEach(SecureServer::close);
        if (client != null) {
            client.close();
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException(CLOSED);
        }
    }

    private synchronized void scheduleLook() {
        if (!isClosed) {
            looking = owner.scheduler().schedule(owner.settings().keepAlive(), this::look);
        }
    }

    private void look() {
        try {
            ports.values().forEach(LinkPort::look);
            onLook.run();
        } finally {
            scheduleLook();
        }
    }

    /** One address that is dialled for as long as the owner is there. */
    private final class Redial implements ConnectionListener {
        private final SecureClient dialling;
        private final InetSocketAddress address;
        private final SessionSettings settings;

        // Guarded by this.
        private Optional<ResumptionTicket> ticket = Optional.empty();
        private Scheduler.Cancellable timer = () -> {};
        private int failures;
        private boolean isStopped;

        Redial(SecureClient dialling, InetSocketAddress address, SessionSettings settings) {
            this.dialling = dialling;
            this.address = address;
            this.settings = settings;
        }

        synchronized void stop() {
            isStopped = true;
            timer.cancel();
            ticket.ifPresent(ResumptionTicket::close);
            ticket = Optional.empty();
        }

        void dial() {
            Optional<ResumptionTicket> used;
            synchronized (this) {
                if (isStopped) {
                    return;
                }
                used = ticket.filter(
                        unspent -> !owner.scheduler().clock().instant().isAfter(unspent.notAfter()));
                ticket = Optional.empty();
            }
            dialling.connect(address, settings, used, this).whenComplete((connection, fault) -> {
                used.ifPresent(ResumptionTicket::close);
                if (fault == null) {
                    keep(connection.session().ticket());
                } else if (used.isPresent()) {
                    dial(); // the peer may have forgotten the ticket: once more, without
                } else {
                    LOG.debug("{}", fault.getMessage());
                    again(false);
                }
            });
        }

        private synchronized void keep(ResumptionTicket fresh) {
            if (isStopped) {
                fresh.close();
            } else {
                ticket = Optional.of(fresh);
            }
        }

        private synchronized void again(boolean hasWorked) {
            if (isStopped) {
                return;
            }
            failures = hasWorked ? 1 : failures + 1;
            timer = owner.scheduler()
                    .schedule(owner.settings().redial().delay(failures, RandomGenerator.getDefault()), this::dial);
        }

        @Override
        public void onConnected(SecureConnection connection) {
            LinkPorts.this.onConnected(connection);
        }

        @Override
        public void onMessage(SecureConnection connection, byte[] message) {
            LinkPorts.this.onMessage(connection, message);
        }

        @Override
        public void onClosed(SecureConnection connection, CloseReason reason) {
            LinkPort port = ports.get(connection);
            LinkPorts.this.onClosed(connection, reason);
            again(port != null && port.hasWorked());
        }
    }
}
