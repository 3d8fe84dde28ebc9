package org.openiomt.security.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Ids;

/**
 * A certificate authority for demonstrations and tests: made at start, kept in memory only, and gone with the process, so
 * that nothing that it issued is believed by the next one. For production, use the certificates of a real authority.
 *
 * <p>P-256 keys, ECDSA with SHA-256. Every certificate ends with the authority. May be used by several threads.
 */
public final class DevelopmentAuthority implements AutoCloseable {
    /** How long an authority and its certificates last when nothing else is asked for. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /** The longest that may be asked for. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(31);

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final X500Name NAME = new X500Name("CN=OpenIoMT development authority");
    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    private static final int SERIAL_BITS = 127;
    private static final int MAX_DNS_NAME = 253;
    private static final Pattern DNS_NAME =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Instant notAfter;
    private final PublicKey publicKey;
    private final AtomicReference<@Nullable PrivateKey> key;
    private final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();
    private final Trust trust;

    private DevelopmentAuthority(Clock clock, Duration lifetime) {
        KeyPair pair = newKeyPair();
        this.clock = clock;
        this.notAfter = clock.instant().plus(lifetime);
        this.publicKey = pair.getPublic();
        this.key = new AtomicReference<>(pair.getPrivate());
        this.trust = Trust.of(
                issue(
                        NAME,
                        publicKey,
                        new Part(Extension.basicConstraints, true, new BasicConstraints(0)),
                        new Part(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))),
                clock);
    }

    /** Makes an authority that lasts {@link #DEFAULT_LIFETIME}. */
    public static DevelopmentAuthority create(Clock clock) {
        return create(clock, DEFAULT_LIFETIME);
    }

    /**
     * Makes an authority.
     *
     * @param clock says when it and its certificates begin and end
     * @param lifetime more than nothing, at most {@link #MAX_LIFETIME}
     */
    public static DevelopmentAuthority create(Clock clock, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("a development authority lasts more than nothing and at most "
                    + MAX_LIFETIME + ", but got " + lifetime);
        }
        return new DevelopmentAuthority(clock, lifetime);
    }

    /** Returns what its certificates are checked against. */
    public Trust trust() {
        return trust;
    }

    /**
     * Issues an identity that may be a TLS client and nothing else.
     *
     * @param id pseudonymous, 1 to 64 of {@code A-Z a-z 0-9 _ -}; becomes the common name
     * @throws IllegalStateException when this authority is closed or its life is over
     */
    public TlsIdentity client(String id) {
        return identity(id, KeyPurposeId.id_kp_clientAuth);
    }

    /**
     * Issues an identity that may be a TLS server under these names and nothing else.
     *
     * @param id pseudonymous, 1 to 64 of {@code A-Z a-z 0-9 _ -}; becomes the common name
     * @param hosts at least one: DNS names without wildcard, or IP addresses; none is looked up
     * @throws IllegalStateException when this authority is closed or its life is over
     */
    public TlsIdentity server(String id, List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("the server " + id + " needs at least one host name or IP address");
        }
        GeneralName[] names = hosts.stream().map(DevelopmentAuthority::hostName).toArray(GeneralName[]::new);
        return identity(
                id,
                KeyPurposeId.id_kp_serverAuth,
                new Part(Extension.subjectAlternativeName, false, new GeneralNames(names)));
    }

    /**
     * Issues the certificate that a device asks for, to identify itself in handshakes and as a TLS client.
     *
     * @param request PKCS#10 in DER. Its subject is one common name, 1 to 64 of {@code A-Z a-z 0-9 _ -}, with or without a serial
     *     number; its alternative names are DNS names {@code ID.anything}, where ID is the common name. Its key is on P-256 or for
     *     Ed25519, and has signed it. What else it asks for is not given.
     * @param lifetime more than nothing; ends with the authority at the latest
     * @throws IllegalArgumentException when the request is anything else
     * @throws IllegalStateException when this authority is closed or its life is over
     */
    public X509Certificate device(byte[] request, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("a certificate lasts more than nothing, but got " + lifetime);
        }
        DeviceRequest asked = DeviceRequest.parse(request);
        Instant end = clock.instant().plus(lifetime);
        return issue(
                asked.subject(),
                asked.key(),
                end.isBefore(notAfter) ? end : notAfter,
                Stream.concat(
                                Stream.of(
                                        new Part(Extension.basicConstraints, true, new BasicConstraints(false)),
                                        new Part(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                                        new Part(
                                                Extension.extendedKeyUsage,
                                                false,
                                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                                asked.names().stream()
                                        .map(names -> new Part(Extension.subjectAlternativeName, false, names)))
                        .toArray(Part[]::new));
    }

    /**
     * Returns for whom a request asks: its common name.
     *
     * @throws IllegalArgumentException as {@link #device}
     */
    public static String idOf(byte[] request) {
        return DeviceRequest.parse(request).id();
    }

    /** Puts a certificate of this authority on its list, for as long as the authority lives. */
    public void revoke(X509Certificate certificate) {
        revoked.put(certificate.getSerialNumber(), clock.instant());
    }

    /**
     * Returns the list of what was revoked (CRL, RFC 5280).
     *
     * @param lifetime until the next list; more than nothing
     * @throws IllegalStateException when this authority is closed or its life is over
     */
    public X509CRL revocationList(Duration lifetime) {
        Instant now = clock.instant();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(NAME, Date.from(now));
        builder.setNextUpdate(Date.from(now.plus(lifetime)));
        revoked.forEach((serial, when) -> builder.addCRLEntry(serial, Date.from(when), CRLReason.unspecified));
        try {
            byte[] der = builder.build(signer()).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IOException e) {
            throw new IdentityException("cannot make a revocation list", e);
        }
    }

    /**
     * Returns what a device brings along to show that it was not revoked (an OCSP response, RFC 6960).
     *
     * @param certificate one of this authority
     * @param lifetime until the next response; more than nothing
     * @throws IllegalStateException when this authority is closed or its life is over
     */
    public byte[] staple(X509Certificate certificate, Duration lifetime) {
        Instant now = clock.instant();
        Instant when = revoked.get(certificate.getSerialNumber());
        CertificateStatus status =
                when == null ? CertificateStatus.GOOD : new RevokedStatus(Date.from(when), CRLReason.unspecified);
        try {
            CertificateID id = new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(SHA256),
                    new JcaX509CertificateHolder(trust.anchor()),
                    certificate.getSerialNumber());
            BasicOCSPResp basic = new BasicOCSPRespBuilder(new RespID(NAME))
                    .addResponse(id, status, Date.from(now), Date.from(now.plus(lifetime)))
                    .build(signer(), null, Date.from(now));
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, basic)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
            throw new IdentityException("cannot speak about a certificate", e);
        }
    }

    /** Lets go of the authority's private key: it issues nothing more. What it has issued stays valid. */
    @Override
    public void close() {
        key.set(null);
    }

    @Override
    public String toString() {
        return "DevelopmentAuthority[until " + notAfter + "]";
    }

    private TlsIdentity identity(String id, KeyPurposeId purpose, Part... more) {
        Ids.require("an identity", id);
        KeyPair pair = newKeyPair();
        Part[] parts = Stream.concat(
                        Stream.of(
                                new Part(Extension.basicConstraints, true, new BasicConstraints(false)),
                                new Part(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                                new Part(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))),
                        Stream.of(more))
                .toArray(Part[]::new);
        X509Certificate certificate = issue(new X500Name("CN=" + id), pair.getPublic(), parts);
        return new TlsIdentity(new Identity(List.of(certificate), pair.getPrivate()), trust);
    }

    /** One extension of a certificate. */
    private record Part(ASN1ObjectIdentifier type, boolean isCritical, ASN1Encodable value) {}

    private ContentSigner signer() {
        PrivateKey issuerKey = key.get();
        if (issuerKey == null || clock.instant().isAfter(notAfter)) {
            throw new IllegalStateException(
                    "this development authority is closed or over since " + notAfter + ": make a new one");
        }
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
        } catch (OperatorCreationException e) {
            throw new IdentityException("this JDK does not sign with ECDSA", e);
        }
    }

    private X509Certificate issue(X500Name subject, PublicKey subjectKey, Part... parts) {
        return issue(subject, subjectKey, notAfter, parts);
    }

    private X509Certificate issue(X500Name subject, PublicKey subjectKey, Instant end, Part... parts) {
        ContentSigner signer = signer();
        Instant now = clock.instant();
        try {
            JcaX509ExtensionUtils keyIds = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                            Date.from(now.minus(CLOCK_SKEW)),
                            Date.from(end),
                            subject,
                            subjectKey)
                    .addExtension(Extension.subjectKeyIdentifier, false, keyIds.createSubjectKeyIdentifier(subjectKey))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, keyIds.createAuthorityKeyIdentifier(publicKey));
            for (Part part : parts) {
                builder.addExtension(part.type(), part.isCritical(), part.value());
            }
            byte[] der = builder.build(signer).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IOException e) {
            throw new IdentityException("cannot issue a certificate for " + subject, e);
        }
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK makes no P-256 keys", e);
        }
    }

    private static GeneralName hostName(String host) {
        if (IPAddress.isValid(host)) {
            return new GeneralName(GeneralName.iPAddress, host);
        }
        if (host.length() > MAX_DNS_NAME || !DNS_NAME.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "expected a DNS name without wildcard or an IP address, but got \"" + host + "\"");
        }
        return new GeneralName(GeneralName.dNSName, host);
    }
}
