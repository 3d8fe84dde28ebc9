package org.openiomt.security.identity.enrolment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.openiomt.core.model.Ids;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.peer.SubjectName;

/**
 * Asks for a certificate (PKCS#10, RFC 2986). The private key only signs, so it may live in a token. What is asked for is a wish:
 * the authority decides. For one thread at a time.
 */
public final class CsrBuilder {
    private static final Duration PLACEHOLDER_LIFETIME = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 127;

    private final String id;
    private final List<SubjectName> names = new ArrayList<>();
    private final List<KeyPurposeId> purposes = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private String serialNumber = "";

    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Extra(ASN1ObjectIdentifier type, boolean isCritical, byte[] value) {}

    private CsrBuilder(String id) {
        this.id = id;
    }

    /**
     * Begins a request.
     *
     * @param id the pseudonymous id that becomes the common name: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     */
    public static CsrBuilder of(String id) {
        Ids.require("an identity", id);
        return new CsrBuilder(id);
    }

    /**
     * Adds the device's serial number to the subject, as IEEE 802.1AR has it. It is a name, printed on the device: no key is ever
     * made from it.
     */
    public CsrBuilder serialNumber(String number) {
        this.serialNumber = new SubjectName(SubjectName.Kind.SERIAL_NUMBER, number).value();
        return this;
    }

    /**
     * Asks for an alternative name.
     *
     * @throws IllegalArgumentException when it is neither a DNS name nor a URI
     */
    public CsrBuilder name(SubjectName name) {
        if (name.kind() != SubjectName.Kind.DNS && name.kind() != SubjectName.Kind.URI) {
            throw new IllegalArgumentException("an alternative name is a DNS name or a URI, but got " + name);
        }
        names.add(name);
        return this;
    }

    /** Asks for a purpose (extended key usage), for example {@code 1.3.6.1.5.5.7.3.2}. */
    public CsrBuilder purpose(String identifier) {
        purposes.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(identifier)));
        return this;
    }

    /** Asks for any other extension: {@code value} in DER, copied. */
    public CsrBuilder extension(String identifier, boolean isCritical, byte[] value) {
        extras.add(new Extra(new ASN1ObjectIdentifier(identifier), isCritical, value.clone()));
        return this;
    }

    /**
     * Signs the request.
     *
     * @return PKCS#10 in DER
     */
    public byte[] build(Signer signer) {
        try {
            return new PKCS10CertificationRequestBuilder(subject(), key(signer))
                    .addAttribute(
                            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                            extensions().generate())
                    .build(content(signer))
                    .getEncoded();
        } catch (IOException e) {
            throw new IdentityException("a request for " + id + " cannot be encoded", e);
        }
    }

    /** Makes a certificate that a key issues for itself: some stores keep no key without one. Nobody believes it. */
    public X509Certificate selfSigned(Signer signer, Clock clock) {
        Instant now = clock.instant();
        try {
            byte[] der = new X509v3CertificateBuilder(
                            subject(),
                            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(now),
                            Date.from(now.plus(PLACEHOLDER_LIFETIME)),
                            subject(),
                            key(signer))
                    .build(content(signer))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | CertificateException e) {
            throw new IdentityException("a certificate for " + id + " cannot be encoded", e);
        }
    }

    @Override
    public String toString() {
        return "CsrBuilder[" + id + ", " + Set.copyOf(names) + "]";
    }

    private ExtensionsGenerator extensions() throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (!purposes.isEmpty()) {
            extensions.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
            GeneralName[] all = names.stream()
                    .map(name -> new GeneralName(
                            name.kind() == SubjectName.Kind.DNS
                                    ? GeneralName.dNSName
                                    : GeneralName.uniformResourceIdentifier,
                            name.value()))
                    .toArray(GeneralName[]::new);
            extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
        }
        for (Extra extra : extras) {
            extensions.addExtension(extra.type(), extra.isCritical(), extra.value());
        }
        return extensions;
    }

    private X500Name subject() {
        X500NameBuilder subject = new X500NameBuilder().addRDN(BCStyle.CN, id);
        return serialNumber.isEmpty()
                ? subject.build()
                : subject.addRDN(BCStyle.SERIALNUMBER, serialNumber).build();
    }

    private static SubjectPublicKeyInfo key(Signer signer) {
        return SubjectPublicKeyInfo.getInstance(signer.publicKey().getEncoded());
    }

    /** A signer as Bouncy Castle wants it. */
    private static ContentSigner content(Signer signer) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(
                        new ASN1ObjectIdentifier(signer.algorithm().oid()));
            }

            @Override
            public OutputStream getOutputStream() {
                return octets;
            }

            @Override
            public byte[] getSignature() {
                return signer.algorithm().toX509(signer.sign(octets.toByteArray()));
            }
        };
    }
}
