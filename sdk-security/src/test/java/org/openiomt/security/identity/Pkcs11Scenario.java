package org.openiomt.security.identity;

import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.enrolment.CsrBuilder;
import org.openiomt.security.identity.peer.CertificateVerifier;
import org.openiomt.security.identity.peer.Credential;
import org.openiomt.security.identity.peer.PeerClaim;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.SubjectName;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;

/**
 * What a token is asked to do, in a process of its own: SoftHSM reads its configuration from the environment, once. Prints one line
 * for each step; {@link Pkcs11TokenTest} reads them.
 */
public final class Pkcs11Scenario {
    private static final char[] PIN = "1234".toCharArray();
    private static final byte[] HASH = new byte[32];

    private final Path library;

    private Pkcs11Scenario(Path library) {
        this.library = library;
    }

    /** Runs one step: the path of the library, then its name. */
    public static void main(String[] arguments) throws Exception {
        Pkcs11Scenario scenario = new Pkcs11Scenario(Path.of(arguments[0]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            Method step = Pkcs11Scenario.class.getDeclaredMethod(name);
            try {
                step.invoke(scenario);
                out.println("done " + name);
            } catch (InvocationTargetException e) {
                out.println("failed " + name);
                e.printStackTrace(out);
            }
        }
        System.exit(0); // SoftHSM must not keep the process
    }

    void keyInTheTokenSignsForAnIdentity() {
        Clock clock = Clock.systemUTC();
        DevelopmentAuthority authority = DevelopmentAuthority.create(clock);
        try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN)) {
            Signer signer = token.generate("identity", clock);
            byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);
            byte[] signature = signer.sign(message);
            require(signature.length == SignatureAlgorithm.SIGNATURE_LENGTH, "a signature of 64 octets");
            require(SignatureVerifier.standard().isGenuine(signer.publicKey(), message, signature), "genuine");

            // Enrol: request, certificate, installed in the token, used for a handshake.
            byte[] request = CsrBuilder.of("cuff-1")
                    .name(SubjectName.dns("cuff-1.ward.example"))
                    .build(signer);
            X509Certificate issued = authority.device(request, Duration.ofDays(1));
            token.install("identity", List.of(issued));
            require(token.chain("identity").equals(List.of(issued)), "the certificate is in the token");
            CertificateVerifier verifier = CertificateVerifier.trusting(
                            clock,
                            PeerNames.of(Map.of()).andUnder("ward.example", Set.of("device")),
                            List.of(authority.trust().anchor()))
                    .build();
            byte[] staticKey = filled(3);
            Credential credential = Credential.of(token.chain("identity"), token.signer("identity"));
            byte[] payload = credential.payload(Role.RESPONDER, HASH, staticKey);
            require(
                    verifier.verify(new PeerClaim(Role.RESPONDER, HASH, staticKey, payload))
                            .name()
                            .equals("cuff-1"),
                    "the verifier believes the token");
            byte[] delegated = credential
                    .delegate(staticKey, clock.instant().plusSeconds(600), Set.of("device"))
                    .payload();
            require(
                    verifier.verify(new PeerClaim(Role.RESPONDER, filled(9), staticKey, delegated))
                            .isDelegated(),
                    "the token has delegated");
        }
    }

    void keyOutlivesTheProcess() {
        try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN)) {
            Signer signer = token.signer("identity");
            byte[] message = {1, 2, 3};
            require(
                    SignatureVerifier.standard().isGenuine(signer.publicKey(), message, signer.sign(message)),
                    "the key of another process signs");
        }
    }

    void privateKeyDoesNotComeOut() throws Exception {
        try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN)) {
            Field held = JcaSigner.class.getDeclaredField("privateKey");
            held.setAccessible(true);
            AtomicReference<?> reference = (AtomicReference<?>) held.get(token.signer("identity"));
            boolean isHidden = reference.get() instanceof PrivateKey key && key.getEncoded() == null;
            require(isHidden, "a key without octets");
            require(token.signer("identity").toString().startsWith("Signer[ECDSA_P256, SunPKCS11"), "hidden");
        }
    }

    void staticKeyAgreesInTheToken() {
        try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN)) {
            token.generate("static", Clock.systemUTC()).close();
            DhKeyPair inToken = token.staticKey("static");
            DhKeyPair here = Primitives.preferred().p256().generate();
            byte[] theirs = inToken.agree(here.publicKey());
            require(theirs.length == 32, "a secret of 32 octets");
            require(Arrays.equals(theirs, here.agree(inToken.publicKey())), "the same secret at both ends");
            byte[] offCurve = here.publicKey();
            offCurve[64] ^= 1;
            requireThrows(AuthenticationException.class, () -> inToken.agree(offCurve), "a point beside the curve");
            token.delete("static");
            requireThrows(IdentityException.class, () -> token.staticKey("static"), "a deleted key");
        }
    }

    void closedHandlesSignNoMore() {
        Pkcs11Token token = Pkcs11Token.open(library, 0, PIN);
        Signer first = token.signer("identity");
        first.close();
        requireThrows(IllegalStateException.class, () -> first.sign(HASH), "a closed signer");
        Signer second = token.signer("identity");
        token.close();
        requireThrows(IdentityException.class, () -> second.sign(HASH), "a signer of a closed token");
    }

    void wrongPinSlotLibraryOrNameIsRefused() {
        requireThrows(IdentityException.class, () -> Pkcs11Token.open(library, 0, "0000".toCharArray()), "a wrong PIN");
        requireThrows(IdentityException.class, () -> Pkcs11Token.open(library, 99, PIN), "a slot that is not there");
        requireThrows(IdentityException.class, () -> Pkcs11Token.open(Path.of("/no/such.so"), 0, PIN), "no library");
        requireThrows(
                IllegalArgumentException.class, () -> Pkcs11Token.open(Path.of("a\"b"), 0, PIN), "a quotation mark");
        try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN)) {
            requireThrows(IdentityException.class, () -> token.signer("nobody"), "no such key");
            requireThrows(
                    IllegalArgumentException.class,
                    () -> token.generate("identity", Clock.systemUTC()),
                    "a name that is taken");
            X509Certificate foreign =
                    CsrBuilder.of("x").selfSigned(Signer.generate(SignatureAlgorithm.ECDSA_P256), Clock.systemUTC());
            requireThrows(
                    IllegalArgumentException.class,
                    () -> token.install("identity", List.of(foreign)),
                    "a certificate for another key");
        }
    }

    private static void require(boolean isTrue, String what) {
        if (!isTrue) {
            throw new AssertionError("expected: " + what);
        }
    }

    private static void requireThrows(Class<? extends Throwable> type, Runnable action, String what) {
        try {
            action.run();
        } catch (RuntimeException e) {
            require(type.isInstance(e), what + " ends in " + type.getSimpleName() + ", not " + e);
            return;
        }
        throw new AssertionError("expected " + type.getSimpleName() + " for " + what);
    }

    private static byte[] filled(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }
}
