package org.openiomt.security.identity.peer;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.openiomt.security.identity.Signer;

/** An authority that issues whatever a test asks for, also what no authority should. */
public final class TestAuthority {
    private static long serials = 1000;

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Instant now;

    private TestAuthority(KeyPair keys, X509Certificate certificate, Instant now) {
        this.keys = keys;
        this.certificate = certificate;
        this.now = now;
    }

    /** What a certificate has; the beginning is a good one of a device. */
    public static final class Wish {
        /** The subject, RFC 4514. */
        public String subject = "CN=cuff-1";

        /** Begins and ends. */
        public Instant notBefore;

        /** Begins and ends. */
        public Instant notAfter;

        /** Chosen when null. */
        public BigInteger serial;

        private final List<Extra> extras = new ArrayList<>();

        private record Extra(ASN1ObjectIdentifier type, boolean isCritical, ASN1Encodable value) {}

        private Wish(Instant now) {
            notBefore = now.minus(Duration.ofMinutes(5));
            notAfter = now.plus(Duration.ofDays(7));
            serial = BigInteger.valueOf(serials++);
            set(Extension.basicConstraints, true, new BasicConstraints(false));
            set(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            set(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            dns("cuff-1.ward.example");
        }

        /** Puts an extension in the place of the one of its type. */
        public Wish set(ASN1ObjectIdentifier type, boolean isCritical, ASN1Encodable value) {
            without(type);
            extras.add(new Extra(type, isCritical, value));
            return this;
        }

        /** Takes an extension away. */
        public Wish without(ASN1ObjectIdentifier type) {
            extras.removeIf(extra -> extra.type().equals(type));
            return this;
        }

        /** Sets the alternative names to these DNS names. */
        public Wish dns(String... names) {
            GeneralName[] all = new GeneralName[names.length];
            for (int i = 0; i < names.length; i++) {
                all[i] = new GeneralName(GeneralName.dNSName, names[i]);
            }
            return set(Extension.subjectAlternativeName, false, new GeneralNames(all));
        }

        /** Makes it an authority's. */
        public Wish authority(int pathLength) {
            without(Extension.extendedKeyUsage);
            without(Extension.subjectAlternativeName);
            set(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            return set(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        }
    }

    /** Makes a root. */
    public static TestAuthority root(String name, Instant now) {
        KeyPair keys = newKeys();
        Wish wish = new Wish(now).authority(5);
        wish.subject = "CN=" + name;
        wish.notAfter = now.plus(Duration.ofDays(3650));
        return new TestAuthority(keys, issue(wish, keys.getPublic(), new X500Name("CN=" + name), keys), now);
    }

    /** Makes an authority below this one. */
    public TestAuthority below(String name, Consumer<Wish> changes) {
        KeyPair below = newKeys();
        Wish wish = new Wish(now).authority(5);
        wish.subject = "CN=" + name;
        wish.notAfter = now.plus(Duration.ofDays(365));
        changes.accept(wish);
        return new TestAuthority(below, issue(wish, below.getPublic()), now);
    }

    /** Returns its certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Issues a certificate of a device, changed as asked. */
    public X509Certificate device(PublicKey key, Consumer<Wish> changes) {
        Wish wish = new Wish(now);
        changes.accept(wish);
        return issue(wish, key);
    }

    /** Issues a certificate of a device for the key of a signer. */
    public X509Certificate device(Signer signer) {
        return device(signer.publicKey(), wish -> {});
    }

    /** Makes a list of revoked certificates. */
    public X509CRL list(Instant thisUpdate, Instant nextUpdate, X509Certificate... revoked) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (X509Certificate each : revoked) {
                builder.addCRLEntry(each.getSerialNumber(), Date.from(thisUpdate), CRLReason.keyCompromise);
            }
            byte[] der = builder.build(signer(keys)).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Makes a response about a certificate of this authority, valid for a day. */
    public byte[] staple(X509Certificate about, CertificateStatus status) {
        return staple(about, status, now.minusSeconds(60), now.plus(Duration.ofDays(1)));
    }

    /** Makes a response about a certificate of this authority. */
    public byte[] staple(X509Certificate about, CertificateStatus status, Instant thisUpdate, Instant nextUpdate) {
        return staple(this.certificate, about, status, thisUpdate, nextUpdate, keys);
    }

    /** Makes a response by somebody whom this authority, or another, has issued a certificate to. */
    public byte[] staple(X509Certificate about, CertificateStatus status, KeyPair by, X509Certificate responder) {
        return staple(certificate, about, status, now.minusSeconds(60), now.plus(Duration.ofDays(1)), by, responder);
    }

    /** Makes a response that says something about a certificate by any issuer, signed by anybody. */
    public static byte[] staple(
            X509Certificate issuer,
            X509Certificate about,
            CertificateStatus status,
            Instant thisUpdate,
            Instant nextUpdate,
            KeyPair by,
            X509Certificate... responder) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            CertificateID id = new CertificateID(
                    digests.get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(issuer),
                    about.getSerialNumber());
            X509CertificateHolder[] certificates = new X509CertificateHolder[responder.length];
            for (int i = 0; i < responder.length; i++) {
                certificates[i] = new JcaX509CertificateHolder(responder[i]);
            }
            return new OCSPRespBuilder()
                    .build(
                            OCSPResp.SUCCESSFUL,
                            new BasicOCSPRespBuilder(new RespID(new X500Name("CN=responder")))
                                    .addResponse(id, status, Date.from(thisUpdate), Date.from(nextUpdate))
                                    .build(
                                            signer(by),
                                            certificates.length == 0 ? null : certificates,
                                            Date.from(thisUpdate)))
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Makes keys on P-256. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private X509Certificate issue(Wish wish, PublicKey key) {
        return issue(wish, key, name(), keys);
    }

    private static X509Certificate issue(Wish wish, PublicKey key, X500Name issuer, KeyPair by) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    wish.serial,
                    Date.from(wish.notBefore),
                    Date.from(wish.notAfter),
                    new X500Name(wish.subject),
                    key);
            for (Wish.Extra extra : wish.extras) {
                builder.addExtension(extra.type(), extra.isCritical(), extra.value());
            }
            byte[] der = builder.build(signer(by)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static org.bouncycastle.operator.ContentSigner signer(KeyPair by) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
    }
}
