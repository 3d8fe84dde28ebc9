package org.openiomt.security.identity.peer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a certificate was revoked, from what is at hand: lists (RFC 5280, 5) and a stapled response (RFC 6960). Nothing is
 * fetched.
 */
final class RevocationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationCheck.class);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int CRL_SIGN = 6;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            OIWObjectIdentifiers.idSHA1, "SHA-1", // names a certificate in RFC 6960 and protects nothing
            NISTObjectIdentifiers.id_sha256, "SHA-256");
    private static final Set<String> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA384.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA512.getId(),
            EdECObjectIdentifiers.id_Ed25519.getId(),
            PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha512WithRSAEncryption.getId());

    private final Collection<? extends X509CRL> lists;
    private final Instant now;

    RevocationCheck(Collection<? extends X509CRL> lists, Instant now) {
        this.lists = lists;
        this.now = now;
    }

    /** A reason to refuse. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal reason;

        Refused(Refusal reason, @Nullable String detail) {
            super(detail);
            this.reason = reason;
        }

        Refusal reason() {
            return reason;
        }
    }

    /** Something that says "not revoked", and up to when it says so. */
    record Evidence(RevocationEvidence kind, Instant until) {}

    /**
     * Looks a certificate up in its authority's lists.
     *
     * @return evidence when a current list does not have it; empty when there is no current list
     * @throws Refused when a list has it, also one that is out of date
     */
    Optional<Evidence> listed(X509Certificate certificate, X509Certificate issuer) throws Refused {
        Optional<Evidence> evidence = Optional.empty();
        for (X509CRL list : lists) {
            if (!list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                    || !isGenuine(list, issuer)) {
                continue;
            }
            if (list.getRevokedCertificate(certificate) != null) {
                throw new Refused(
                        Refusal.REVOKED,
                        "on the list of " + list.getThisUpdate().toInstant());
            }
            Date next = list.getNextUpdate();
            if (isStarted(list.getThisUpdate()) && next != null && now.isBefore(next.toInstant())) {
                evidence = later(evidence, new Evidence(RevocationEvidence.NOT_LISTED, next.toInstant()));
            }
        }
        return evidence;
    }

    /**
     * Reads a staple.
     *
     * @throws Refused when it says anything but "good, now, this certificate", or is not of its authority
     */
    Evidence stapled(byte[] staple, X509Certificate certificate, X509Certificate issuer) throws Refused {
        try {
            OCSPResp response = new OCSPResp(staple);
            if (response.getStatus() != OCSPResp.SUCCESSFUL
                    || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                throw new Refused(Refusal.REVOCATION_UNKNOWN, "the staple is no answer");
            }
            checkSigner(basic, issuer);
            return answer(basic, certificate, issuer);
        } catch (IOException
                | OCSPException
                | GeneralSecurityException
                | OperatorCreationException
                | IllegalArgumentException
                | IllegalStateException e) { // Bouncy Castle: bits that are no whole octets
            throw new Refused(Refusal.MALFORMED, "the staple is no OCSP response: " + e.getMessage());
        }
    }

    private Evidence answer(BasicOCSPResp basic, X509Certificate certificate, X509Certificate issuer)
            throws Refused, GeneralSecurityException {
        for (SingleResp single : basic.getResponses()) {
            if (!isAbout(single.getCertID(), certificate, issuer)) {
                continue;
            }
            CertificateStatus status = single.getCertStatus();
            if (status instanceof RevokedStatus) {
                throw new Refused(Refusal.REVOKED, "the staple says so");
            }
            if (status != CertificateStatus.GOOD) {
                throw new Refused(Refusal.REVOCATION_UNKNOWN, "the authority does not know the certificate");
            }
            Date next = single.getNextUpdate();
            if (!isStarted(single.getThisUpdate()) || next == null || !now.isBefore(next.toInstant())) {
                throw new Refused(Refusal.REVOCATION_UNKNOWN, "the staple is not current");
            }
            return new Evidence(RevocationEvidence.STAPLED, next.toInstant());
        }
        throw new Refused(Refusal.FOREIGN_STAPLE, "the staple is about another certificate");
    }

    /** Serial number, issuer's name and issuer's key: all three, for serial numbers repeat among authorities. */
    private static boolean isAbout(CertificateID id, X509Certificate certificate, X509Certificate issuer)
            throws GeneralSecurityException {
        String digest = DIGESTS.get(id.getHashAlgOID());
        if (digest == null || !id.getSerialNumber().equals(certificate.getSerialNumber())) {
            return false;
        }
        MessageDigest hash = MessageDigest.getInstance(digest);
        byte[] name = hash.digest(certificate.getIssuerX500Principal().getEncoded());
        byte[] key = hash.digest(
                SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded())
                        .getPublicKeyData()
                        .getOctets());
        return MessageDigest.isEqual(name, id.getIssuerNameHash()) && MessageDigest.isEqual(key, id.getIssuerKeyHash());
    }

    /** The authority itself, or one whom it has given a certificate for this and nothing else (RFC 6960, 4.2.2.2). */
    private void checkSigner(BasicOCSPResp basic, X509Certificate issuer)
            throws Refused, OCSPException, GeneralSecurityException, OperatorCreationException {
        X509CertificateHolder[] certificates = basic.getCerts();
        if (certificates.length > 1) {
            throw new Refused(Refusal.MALFORMED, "a staple brings at most one certificate");
        }
        PublicKey key = issuer.getPublicKey();
        if (certificates.length == 1) {
            X509Certificate responder = new JcaX509CertificateConverter().getCertificate(certificates[0]);
            checkResponder(responder, issuer);
            key = responder.getPublicKey();
        } else if (!allows(issuer, DIGITAL_SIGNATURE) && !allows(issuer, CRL_SIGN)) {
            throw new Refused(Refusal.FOREIGN_STAPLE, "the authority's key may not sign responses");
        }
        if (!SIGNATURES.contains(basic.getSignatureAlgOID().getId())
                || !basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
            throw new Refused(Refusal.FOREIGN_STAPLE, "the staple is not signed by the authority");
        }
    }

    private void checkResponder(X509Certificate responder, X509Certificate issuer)
            throws Refused, CertificateException {
        List<String> purposes = responder.getExtendedKeyUsage();
        boolean isForThis = purposes != null && purposes.contains(OCSP_SIGNING) && allows(responder, DIGITAL_SIGNATURE);
        boolean isOfIssuer = responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && SIGNATURES.contains(responder.getSigAlgOID());
        try {
            responder.verify(issuer.getPublicKey());
            responder.checkValidity(Date.from(now));
        } catch (GeneralSecurityException e) {
            isOfIssuer = false;
        }
        if (!isForThis || !isOfIssuer) {
            throw new Refused(Refusal.FOREIGN_STAPLE, "the staple's signer may not speak for the authority");
        }
        listed(responder, issuer);
    }

    private static boolean isGenuine(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            LOG.warn("a revocation list of {} is not signed by it and is not used", list.getIssuerX500Principal());
            return false;
        }
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (critical != null && !critical.isEmpty()) { // parts of a list, changes to a list, lists of others
            LOG.warn("a revocation list of {} has critical extensions and is not used", list.getIssuerX500Principal());
            return false;
        }
        return SIGNATURES.contains(list.getSigAlgOID()) && allows(issuer, CRL_SIGN);
    }

    private boolean isStarted(Date thisUpdate) {
        return !thisUpdate.toInstant().isAfter(now.plus(SKEW));
    }

    /** Whether the key usage allows this, or is absent. */
    private static boolean allows(X509Certificate certificate, int usage) {
        boolean[] usages = certificate.getKeyUsage();
        return usages == null || usages[usage];
    }

    private static Optional<Evidence> later(Optional<Evidence> one, Evidence other) {
        return one.filter(evidence -> evidence.until().isAfter(other.until())).or(() -> Optional.of(other));
    }
}
