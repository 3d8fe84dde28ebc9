package org.openiomt.security.net;

import java.util.Set;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/** A gateway and a device that have pinned each other, and a stranger that nobody knows. */
public final class Devices {
    private static final SessionRoles OF_GATEWAY = new SessionRoles("gateway", "device");
    private static final SessionRoles OF_DEVICE = new SessionRoles("device", "gateway");

    private final DhKeyPair gatewayKey = newKey();
    private final DhKeyPair deviceKey = newKey();

    /** Makes the keys. */
    public Devices() {}

    public SessionSettings gateway() {
        PinnedPeers pins = new PinnedPeers()
                .pin(StaticKey.of(deviceKey.publicKey()), new PeerNames.Entry("cuff-1", Set.of("device")));
        return SessionSettings.xx(OF_GATEWAY, gatewayKey, pins);
    }

    /** The device's key, which the gateway has pinned. */
    public StaticKey deviceStatic() {
        return StaticKey.of(deviceKey.publicKey());
    }

    public SessionSettings device() {
        return device(deviceKey);
    }

    public SessionSettings stranger() {
        return device(newKey());
    }

    private SessionSettings device(DhKeyPair key) {
        PinnedPeers pins = new PinnedPeers()
                .pin(StaticKey.of(gatewayKey.publicKey()), new PeerNames.Entry("gateway-1", Set.of("gateway")));
        return SessionSettings.xx(OF_DEVICE, key, pins);
    }

    private static DhKeyPair newKey() {
        return Primitives.preferred().x25519().orElseThrow().generate();
    }
}
