package org.openiomt.security.session;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.PreSharedPeer;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;

/** A gateway and a device that know each other, as the tests want them. */
final class Party {
    static final SessionRoles GATEWAY = new SessionRoles("gateway", "device");
    static final SessionRoles DEVICE = new SessionRoles("device", "gateway");
    static final PeerNames.Entry GATEWAY_ENTRY = new PeerNames.Entry("ward-3", Set.of("gateway"));
    static final PeerNames.Entry DEVICE_ENTRY = new PeerNames.Entry("cuff-1", Set.of("device"));
    static final byte[] NOTHING = {};

    final DhKeyPair gatewayKey;
    final DhKeyPair deviceKey;
    final PinnedPeers knownToGateway = new PinnedPeers();
    final PinnedPeers knownToDevice = new PinnedPeers();
    final byte[] pairing = SessionKeys.newPreSharedKey();

    private Party(DhKeyPair gatewayKey, DhKeyPair deviceKey) {
        this.gatewayKey = gatewayKey;
        this.deviceKey = deviceKey;
        knownToGateway.pin(StaticKey.of(deviceKey.publicKey()), DEVICE_ENTRY);
        knownToDevice.pin(StaticKey.of(gatewayKey.publicKey()), GATEWAY_ENTRY);
    }

    static Party x25519() {
        var dh = Primitives.preferred().x25519().orElseThrow();
        return new Party(dh.generate(), dh.generate());
    }

    static Party p256() {
        var dh = Primitives.preferred().p256();
        return new Party(dh.generate(), dh.generate());
    }

    static Party of(CipherSuite suite) {
        return suite.staticKeyLength() == 32 ? x25519() : p256();
    }

    /** The gateway's settings, who begins. */
    SessionSettings gateway(SessionPattern pattern) {
        StaticKey device = StaticKey.of(deviceKey.publicKey());
        return switch (pattern) {
            case XX, RESUME -> SessionSettings.xx(GATEWAY, gatewayKey, knownToGateway);
            case IK -> SessionSettings.ikInitiator(GATEWAY, gatewayKey, device, knownToGateway);
            case KK -> SessionSettings.kk(GATEWAY, gatewayKey, device, knownToGateway);
            case XX_PSK3 -> SessionSettings.xxPsk3(GATEWAY, gatewayKey, pairing, paired(DEVICE_ENTRY));
            case IK_PSK2 -> SessionSettings.ikPsk2Initiator(GATEWAY, gatewayKey, device, pairing, knownToGateway);
            case KK_PSK2 -> SessionSettings.kkPsk2(GATEWAY, gatewayKey, device, pairing, knownToGateway);
            case NN_PSK0 -> SessionSettings.nnPsk0(GATEWAY, pairing, paired(DEVICE_ENTRY));
        };
    }

    /** The device's settings, who is called. */
    SessionSettings device(SessionPattern pattern) {
        StaticKey gateway = StaticKey.of(gatewayKey.publicKey());
        return switch (pattern) {
            case XX, RESUME -> SessionSettings.xx(DEVICE, deviceKey, knownToDevice);
            case IK -> SessionSettings.ikResponder(DEVICE, deviceKey, knownToDevice);
            case KK -> SessionSettings.kk(DEVICE, deviceKey, gateway, knownToDevice);
            case XX_PSK3 -> SessionSettings.xxPsk3(DEVICE, deviceKey, pairing, paired(GATEWAY_ENTRY));
            case IK_PSK2 -> SessionSettings.ikPsk2Responder(DEVICE, deviceKey, pairing, knownToDevice);
            case KK_PSK2 -> SessionSettings.kkPsk2(DEVICE, deviceKey, gateway, pairing, knownToDevice);
            case NN_PSK0 -> SessionSettings.nnPsk0(DEVICE, pairing, paired(GATEWAY_ENTRY));
        };
    }

    private static PreSharedPeer paired(PeerNames.Entry entry) {
        return new PreSharedPeer(entry);
    }

    /** Both ends of one session. */
    record Sessions(SecureSession gateway, SecureSession device) implements AutoCloseable {
        @Override
        public void close() {
            gateway.close();
            device.close();
        }
    }

    /** Carries packets back and forth until both ends have a session. */
    static Sessions connect(SessionHandshake gateway, SessionHandshake device) {
        Optional<SecureSession> ofGateway = Optional.empty();
        Optional<SecureSession> ofDevice = Optional.empty();
        Optional<byte[]> toDevice = Optional.of(gateway.start());
        Optional<byte[]> toGateway = Optional.empty();
        while (toDevice.isPresent() || toGateway.isPresent()) {
            if (toDevice.isPresent()) {
                SessionHandshake.Step step = device.receive(toDevice.get(), NOTHING);
                toDevice = Optional.empty();
                toGateway = step.send();
                ofDevice = step.session().or(orElse(ofDevice));
            } else {
                SessionHandshake.Step step = gateway.receive(toGateway.get(), NOTHING);
                toGateway = Optional.empty();
                toDevice = step.send();
                ofGateway = step.session().or(orElse(ofGateway));
            }
        }
        return new Sessions(ofGateway.orElseThrow(), ofDevice.orElseThrow());
    }

    static Sessions connect(SessionSettings gateway, SessionSettings device) {
        return connect(SessionHandshake.initiator(gateway), SessionHandshake.responder(device));
    }

    static byte[] opened(SecureSession session, byte[] frame) {
        byte[] content = new byte[session.opener().maxContentLength(frame.length)];
        FrameOpener.Opened opened = session.opener().open(frame, 0, frame.length, NOTHING, content, 0);
        return Arrays.copyOf(content, opened.length());
    }

    private static java.util.function.Supplier<Optional<SecureSession>> orElse(Optional<SecureSession> other) {
        return () -> other;
    }
}
