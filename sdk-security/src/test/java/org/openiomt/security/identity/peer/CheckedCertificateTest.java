package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openiomt.security.identity.SignatureVerifier;

class CheckedCertificateTest extends VerifierFixture {
    private final X509Certificate leaf = root.device(signer);

    /** Bouncy Castle, and how often it was asked to check a signature; nobody has registered it. */
    private static final class Counting extends Provider {
        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger signatures = new AtomicInteger();
        private final transient Provider real = new BouncyCastleProvider();

        Counting() {
            super("Counting", "1", "");
            delegate("Signature", "SHA256withECDSA", signatures);
            delegate("KeyFactory", "EC", new AtomicInteger());
        }

        private void delegate(String type, String algorithm, AtomicInteger count) {
            Service service = real.getService(type, algorithm);
            putService(new Service(this, type, algorithm, service.getClassName(), List.of(), null) {
                @Override
                public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                    count.incrementAndGet();
                    return service.newInstance(parameter);
                }
            });
        }
    }

    @Test
    void wholePathIsCheckedByTheVerifierThatWasChosen() {
        TestAuthority below = root.below("below", wish -> {});
        Credential credential = Credential.of(List.of(below.device(signer), below.certificate()), signer());
        Counting provider = new Counting();
        CertificateVerifier counted =
                builder().signatures(SignatureVerifier.of(provider)).build();
        provider.signatures.set(0);

        counted.verify(claim(credential));

        assertThat(provider.signatures.get())
                .as("two certificates and the static key")
                .isEqualTo(3);
    }

    @Test
    void keyOfTheIssuerIsBelievedAndNoOther() throws Exception {
        CheckedCertificate checked = new CheckedCertificate(leaf, SignatureVerifier.standard());

        checked.verify(root.certificate().getPublicKey());
        assertThatThrownBy(() -> checked.verify(
                        TestAuthority.root("root", NOW).certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void signatureInAnotherEncodingIsRefused() throws Exception {
        byte[] genuine = leaf.getSignature();
        byte[] longer = new byte[genuine.length + 1]; // SEQUENCE, length, INTEGER, length, r ... with a zero before r
        System.arraycopy(genuine, 0, longer, 0, 4);
        System.arraycopy(genuine, 4, longer, 5, genuine.length - 4);
        longer[1]++;
        longer[3]++;
        byte[] cut = Arrays.copyOf(genuine, genuine.length - 1);

        for (byte[] other : List.of(longer, cut, new byte[0], new byte[] {0x30, 0}, new byte[] {2, 1, 1})) {
            X509Certificate changed = withSignature(leaf, other);
            assertThat(changed.getSignature()).isEqualTo(other);
            assertThat(SignatureVerifier.standard().isGenuine(root.certificate().getPublicKey(), changed))
                    .isFalse();
            assertThatThrownBy(() -> new CheckedCertificate(changed, SignatureVerifier.standard())
                            .verify(root.certificate().getPublicKey()))
                    .isInstanceOf(SignatureException.class);
        }
        assertThat(SignatureVerifier.standard()
                        .isGenuine(root.certificate().getPublicKey(), withSignature(leaf, genuine)))
                .isTrue();
    }

    @Test
    void algorithmThatWeDoNotKnowIsLeftToTheJdk() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=other");
        byte[] der = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(NOW),
                        Date.from(NOW.plus(Duration.ofDays(1))),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA384withECDSA").build(keys.getPrivate()))
                .getEncoded();
        CheckedCertificate checked = new CheckedCertificate(certificate(der), SignatureVerifier.standard());

        checked.verify(keys.getPublic());
        assertThatThrownBy(() -> checked.verify(generator.generateKeyPair().getPublic()))
                .isInstanceOf(SignatureException.class);
        assertThat(SignatureVerifier.standard().isGenuine(keys.getPublic(), certificate(der)))
                .isFalse();
    }

    private static X509Certificate withSignature(X509Certificate certificate, byte[] signature) throws Exception {
        ASN1Sequence parts = ASN1Sequence.getInstance(certificate.getEncoded());
        return certificate(new DERSequence(
                        new ASN1Encodable[] {parts.getObjectAt(0), parts.getObjectAt(1), new DERBitString(signature)})
                .getEncoded(ASN1Encoding.DER));
    }

    private static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
