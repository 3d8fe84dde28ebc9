package org.openiomt.security.net.link;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.net.ServerCounts;
import org.openiomt.security.session.SessionSettings;

/**
 * Devices on Wi-Fi or 5G, for a gateway. Devices connect in, or are dialled; each connection is a secure session whose ends have
 * authenticated each other, and looks like a link to a device in the air, so that the same drivers work on it.
 *
 * <p>A device is found under the name that the verifier gives to its key or certificate, and under no name of its own choice: that is
 * {@link Discovery#address()}, and so, unless a gateway is told otherwise, its id. What else it says of itself (name, services, data
 * of the kinds {@code service:} and {@code manufacturer:}) is a claim. How it was verified stands in the data under one of {@code
 * verified:pinned}, {@code verified:certified} and {@code verified:pre-shared}, which no device can set; the octets are its static
 * key, or none. {@link #peer} gives all that is known.
 *
 * <p>A device that connects again takes the place of its earlier connection. Any thread may call.
 */
public final class SecureTransport implements Transport {
    private static final int WAITING_DISCOVERIES = 65_536;

    private final Scheduler scheduler;
    private final boolean isSchedulerOwned;
    private final LinkPort.Owner owner;
    private final LinkPorts ports;
    private final Broadcast<Discovery> discoveries;
    private final Map<String, SecureLink> present = new ConcurrentHashMap<>();

    /** Makes a transport with defaults, on the system clock and two threads of its own. Nothing is listened to or dialled yet. */
    public SecureTransport() {
        this(LinkSettings.DEFAULT, NetLimits.DEFAULT, Scheduler.system("iomt-secure-link", 2), true);
    }

    /**
     * Makes a transport. Nothing is listened to or dialled yet.
     *
     * @param limits of the connections; its messages must have room for the longest value
     * @param scheduler runs what the messages lead to, and time-outs; not closed with the transport
     */
    public SecureTransport(LinkSettings settings, NetLimits limits, Scheduler scheduler) {
        this(settings, limits, scheduler, false);
    }

    private SecureTransport(LinkSettings settings, NetLimits limits, Scheduler scheduler, boolean isSchedulerOwned) {
        this.scheduler = scheduler;
        this.isSchedulerOwned = isSchedulerOwned;
        this.discoveries = new Broadcast<>(scheduler, WAITING_DISCOVERIES, DropPolicy.DROP_OLDEST);
        this.owner = LinkPorts.owner(settings, limits, scheduler);
        this.ports = new LinkPorts(owner, limits, this::newLink, this::announceAll);
    }

    /**
     * Lets devices connect.
     *
     * @param address port 0 for any that is free
     * @param settings of a responder, in the role of the gateway; the binding is set here
     * @param threads how many event loops serve them, at least 1
     * @return where it listens
     * @throws LinkException when the address cannot be used
     */
    public InetSocketAddress listen(InetSocketAddress address, SessionSettings settings, int threads) {
        return ports.listen(address, settings, threads);
    }

    /**
     * Dials a device that listens, and dials again whenever that fails or the connection is lost.
     *
     * @param settings of an initiator, in the role of the gateway; the binding is set here
     */
    public void dial(InetSocketAddress address, SessionSettings settings) {
        ports.dial(address, settings);
    }

    /** Returns who is connected under this address, and how that was verified. */
    public Optional<VerifiedPeer> peer(String address) {
        return Optional.ofNullable(present.get(address))
                .map(link -> link.connection().peer());
    }

    /** Returns what the servers have seen, one for each {@link #listen}. */
    public List<ServerCounts> counts() {
        return ports.counts();
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return subscriber -> {
            discoveries.subscribe(subscriber);
            announceAll();
        };
    }

    /** {@inheritDoc} The device's connection must be there; when its link is closed, the device has to come again. */
    @Override
    public CompletionStage<Link> open(Discovery device) {
        SecureLink link = present.get(device.address());
        if (link == null || link.isOver()) {
            return CompletableFuture.failedFuture(new LinkException(device.address() + " is not connected"));
        }
        if (!link.take()) {
            return CompletableFuture.failedFuture(new LinkException(device.address() + " has a link already"));
        }
        return CompletableFuture.completedFuture(link);
    }

    @Override
    public void close() {
        ports.close();
        discoveries.complete();
        if (isSchedulerOwned) {
            scheduler.close();
        }
    }

    private LinkPort newLink(SecureConnection connection) {
        return new SecureLink(connection, owner, this::described);
    }

    private void described(SecureLink link) {
        String name = link.peerName();
        SecureLink before = present.put(name, link);
        if (before != null) {
            before.end(LinkEnd.REPLACED, LinkEnd.REPLACED.words());
        }
        link.onClosed(reason -> present.remove(name, link));
        discoveries.publish(discovery(link));
    }

    private void announceAll() {
        present.values().stream().filter(link -> !link.isTaken()).forEach(link -> discoveries.publish(discovery(link)));
    }

    private Discovery discovery(SecureLink link) {
        PeripheralDescription said = link.description();
        VerifiedPeer peer = link.connection().peer();
        Map<String, byte[]> data = new LinkedHashMap<>(said.data());
        data.put(kind(peer), peer.staticKey().map(StaticKey::octets).orElse(new byte[0]));
        return new Discovery(
                peer.name(),
                said.name(),
                said.services(),
                data,
                OptionalInt.empty(),
                scheduler.clock().instant());
    }

    private static String kind(VerifiedPeer peer) {
        if (peer instanceof VerifiedPeer.Pinned) {
            return "verified:pinned";
        }
        if (peer instanceof VerifiedPeer.Certified) {
            return "verified:certified";
        }
        if (peer instanceof VerifiedPeer.PreShared) {
            return "verified:pre-shared";
        }
        throw new AssertionError(peer);
    }
}
