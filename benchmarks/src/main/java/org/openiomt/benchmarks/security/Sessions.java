package org.openiomt.benchmarks.security;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.enrolment.CsrBuilder;
import org.openiomt.security.identity.peer.CertificateVerifier;
import org.openiomt.security.identity.peer.Credential;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.SubjectName;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.CipherSuite;
import org.openiomt.security.session.ResumptionTickets;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/** A gateway that begins sessions and a device that is called, with the keys that they keep, in one process. */
final class Sessions {
    private static final byte[] NOTHING = {};
    private static final SessionRoles GATEWAY = new SessionRoles("gateway", "device");
    private static final SessionRoles DEVICE = new SessionRoles("device", "gateway");
    private static final String DOMAIN = ".ward.example";

    private final SessionSettings gateway;
    private final SessionSettings device;

    private Sessions(SessionSettings gateway, SessionSettings device) {
        this.gateway = gateway;
        this.device = device;
    }

    /** Ends that know each other's keys. */
    static Sessions pinned(Primitives primitives, CipherSuite suite) {
        Dh dh = primitives.x25519().orElseThrow();
        DhKeyPair ofGateway = dh.generate();
        DhKeyPair ofDevice = dh.generate();
        PinnedPeers knownToGateway = new PinnedPeers()
                .pin(StaticKey.of(ofDevice.publicKey()), new PeerNames.Entry("cuff-1", Set.of("device")));
        PinnedPeers knownToDevice = new PinnedPeers()
                .pin(StaticKey.of(ofGateway.publicKey()), new PeerNames.Entry("ward-3", Set.of("gateway")));
        return new Sessions(
                with(primitives, suite, SessionSettings.xx(GATEWAY, ofGateway, knownToGateway)),
                with(primitives, suite, SessionSettings.xx(DEVICE, ofDevice, knownToDevice))
                        .withTickets(new ResumptionTickets(16, Clock.systemUTC())));
    }

    /** Ends with a certificate each, for a key on P-256, below one root. Signatures are checked by Conscrypt in every case. */
    static Sessions certified(Primitives primitives, CipherSuite suite) {
        Dh dh = primitives.x25519().orElseThrow();
        DevelopmentAuthority authority = DevelopmentAuthority.create(Clock.systemUTC());
        return new Sessions(
                with(primitives, suite, SessionSettings.xx(GATEWAY, dh.generate(), verifier(authority, "device")))
                        .withCredential(credential(primitives, authority, "ward-3")::payload),
                with(primitives, suite, SessionSettings.xx(DEVICE, dh.generate(), verifier(authority, "gateway")))
                        .withCredential(credential(primitives, authority, "cuff-1")::payload));
    }

    private static SessionSettings with(Primitives primitives, CipherSuite suite, SessionSettings settings) {
        return settings.withPrimitives(primitives).withSuites(suite);
    }

    private static Credential credential(Primitives primitives, DevelopmentAuthority authority, String id) {
        Signer signer = signer(primitives);
        byte[] request = CsrBuilder.of(id).name(SubjectName.dns(id + DOMAIN)).build(signer);
        return Credential.of(List.of(authority.device(request, Duration.ofDays(2))), signer);
    }

    /** Returns a new key that signs by Conscrypt where that computes the rest too. */
    private static Signer signer(Primitives primitives) {
        Provider conscrypt = Primitives.optionalConscrypt().orElseThrow();
        if (!primitives.p256().provider().equals(conscrypt.getName())) {
            return Signer.generate(SignatureAlgorithm.ECDSA_P256);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", conscrypt);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return Signer.of(pair.getPrivate(), pair.getPublic(), conscrypt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateVerifier verifier(DevelopmentAuthority authority, String role) {
        PeerNames names = PeerNames.of(Map.of()).andUnder(DOMAIN.substring(1), Set.of(role));
        return CertificateVerifier.trusting(
                        Clock.systemUTC(), names, List.of(authority.trust().anchor()))
                .build();
    }

    /** Both ends of one session. */
    record Pair(SecureSession gateway, SecureSession device) implements AutoCloseable {
        @Override
        public void close() {
            gateway.close();
            device.close();
        }
    }

    /** Begins a session. */
    Pair connect() {
        return connect(SessionHandshake.initiator(gateway));
    }

    /** Goes on from an earlier session. */
    Pair resume(SecureSession earlier) {
        return connect(SessionHandshake.resuming(gateway, earlier.ticket()));
    }

    private Pair connect(SessionHandshake first) {
        SessionHandshake second = SessionHandshake.responder(device);
        SecureSession ofGateway = null;
        SecureSession ofDevice = null;
        Optional<byte[]> packet = Optional.of(first.start());
        for (boolean isForDevice = true; packet.isPresent(); isForDevice = !isForDevice) {
            SessionHandshake.Step step = (isForDevice ? second : first).receive(packet.get(), NOTHING);
            if (isForDevice) {
                ofDevice = step.session().orElse(ofDevice);
            } else {
                ofGateway = step.session().orElse(ofGateway);
            }
            packet = step.send();
        }
        return new Pair(present(ofGateway), present(ofDevice));
    }

    private static SecureSession present(@Nullable SecureSession session) {
        if (session == null) {
            throw new AuthenticationException();
        }
        return session;
    }
}
