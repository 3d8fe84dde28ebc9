package org.openiomt.examples.wifi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.link.LinkSettings;
import org.openiomt.security.net.link.Peripheral;
import org.openiomt.security.net.link.SecureDevice;
import org.openiomt.security.net.link.SecureTransport;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/**
 * Both sides of Wi-Fi on the loopback interface. Every device of an air dials the gateway as soon as it is seen, with a key of its own
 * that the gateway has pinned under its address; the gateway's key is pinned by every device.
 */
public final class WifiDevices implements AutoCloseable {
    private static final SessionRoles OF_GATEWAY = new SessionRoles("gateway", "device");
    private static final SessionRoles OF_DEVICE = new SessionRoles("device", "gateway");

    private final Scheduler scheduler;
    private final DhKeyPair gatewayKey = newKey();
    private final PinnedPeers devices = new PinnedPeers();
    private final SecureTransport transport;
    private final InetSocketAddress address;
    private final Transport air;
    private final Map<String, SecureDevice> served = new ConcurrentHashMap<>();

    /**
     * Begins to listen, and to serve what is seen.
     *
     * @param air where the devices are; closed with this
     * @param scheduler not closed with this
     */
    public WifiDevices(Transport air, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.air = air;
        this.transport = new SecureTransport(LinkSettings.DEFAULT, NetLimits.DEFAULT, scheduler);
        this.address = transport.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SessionSettings.xx(OF_GATEWAY, gatewayKey, devices),
                1);
        air.discoveries().subscribe(new Seen());
    }

    /** Returns the gateway's side: what a gateway finds its devices by. */
    public Transport transport() {
        return transport;
    }

    private void serve(Discovery device) {
        DhKeyPair key = newKey();
        devices.pin(StaticKey.of(key.publicKey()), new PeerNames.Entry(device.address(), Set.of("device")));
        PinnedPeers gateway = new PinnedPeers()
                .pin(StaticKey.of(gatewayKey.publicKey()), new PeerNames.Entry("gateway", Set.of("gateway")));
        SecureDevice end =
                new SecureDevice(Peripheral.over(air, device), LinkSettings.DEFAULT, NetLimits.DEFAULT, scheduler);
        served.put(device.address(), end);
        end.dial(address, SessionSettings.xx(OF_DEVICE, key, gateway));
    }

    @Override
    public void close() {
        List.copyOf(served.values()).forEach(SecureDevice::close);
        transport.close();
        air.close();
    }

    private static DhKeyPair newKey() {
        return Primitives.preferred().x25519().orElseThrow().generate();
    }

    /** Serves each device when it is seen for the first time. */
    private final class Seen implements Flow.Subscriber<Discovery> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Discovery device) {
            if (!served.containsKey(device.address())) {
                serve(device);
            }
        }

        @Override
        public void onError(Throwable fault) {
            throw new AssertionError("an air does not fail", fault);
        }

        @Override
        public void onComplete() {}
    }
}
