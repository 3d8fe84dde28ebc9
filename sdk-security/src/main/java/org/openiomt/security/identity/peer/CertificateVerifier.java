package org.openiomt.security.identity.peer;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.SignatureVerifier;
import org.openiomt.security.identity.Trust;
import org.openiomt.security.identity.peer.RevocationCheck.Evidence;
import org.openiomt.security.identity.peer.RevocationCheck.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts peers whose certificate leads to one of our own anchors, is on our list of names, may be used for this, was not
 * revoked, and has signed the static key. The JDK's list of authorities is never asked, and no network.
 *
 * <p>Each decision is made anew: nothing is kept from one to the next, neither a success nor a failure.
 */
public final class CertificateVerifier implements PeerVerifier {
    /** The lifetime up to which {@link RevocationRule#UNLESS_SHORT_LIVED} asks nobody: a week, and a day for clocks. */
    public static final Duration SHORT_LIFE = Duration.ofDays(8);

    /** The purpose that a certificate must have unless another is asked for: id-kp-clientAuth of RFC 5280. */
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private static final Logger LOG = LoggerFactory.getLogger(CertificateVerifier.class);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String POLICY_MAPPINGS = "2.5.29.33";
    private static final String POLICY_CONSTRAINTS = "2.5.29.36";
    private static final String INHIBIT_ANY_POLICY = "2.5.29.54";

    private final Set<TrustAnchor> anchors;
    private final Clock clock;
    private final PeerNames names;
    private final Supplier<? extends Collection<? extends X509CRL>> lists;
    private final Set<String> purposes;
    private final Set<Leniency> leniency;
    private final RevocationRule rule;
    private final Duration longestDelegation;
    private final SignatureVerifier signatures;
    private final Refusals refusals;

    private CertificateVerifier(Builder builder) {
        this.anchors = Set.copyOf(builder.anchors);
        this.clock = builder.clock;
        this.names = builder.names;
        this.lists = builder.lists;
        this.purposes = builder.purposes;
        this.leniency = Set.copyOf(builder.leniency);
        this.rule = builder.rule;
        this.longestDelegation = builder.longestDelegation;
        this.signatures = builder.signatures;
        this.refusals = new Refusals(builder.listener);
    }

    /**
     * Begins a verifier.
     *
     * @param clock says what is valid now
     * @param names who may connect; all others are refused
     * @param anchors the certificates of authorities that peers must lead to, at least one
     * @throws IllegalArgumentException when an anchor is no authority's, or limits names, which the JDK would not heed
     */
    public static Builder trusting(Clock clock, PeerNames names, Collection<X509Certificate> anchors) {
        return new Builder(clock, names, anchors);
    }

    /** What may be chosen. For one thread at a time. */
    public static final class Builder {
        private final Clock clock;
        private final PeerNames names;
        private final Set<TrustAnchor> anchors = new HashSet<>();
        private Supplier<? extends Collection<? extends X509CRL>> lists = List::of;
        private Set<String> purposes = Set.of(CLIENT_AUTH);
        private Set<Leniency> leniency = EnumSet.noneOf(Leniency.class);
        private RevocationRule rule = RevocationRule.UNLESS_SHORT_LIVED;
        private Duration longestDelegation = Duration.ofDays(1);
        private SignatureVerifier signatures = SignatureVerifier.standard();
        private Consumer<Refusal> listener = reason -> {};

        private Builder(Clock clock, PeerNames names, Collection<X509Certificate> anchors) {
            if (anchors.isEmpty()) {
                throw new IllegalArgumentException("whom to trust? expected at least one anchor");
            }
            this.clock = clock;
            this.names = names;
            for (X509Certificate anchor : anchors) {
                if (anchor.getExtensionValue(NAME_CONSTRAINTS) != null) {
                    throw new IllegalArgumentException(
                            "the trust anchor " + anchor.getSubjectX500Principal()
                                    + " limits names, and the JDK does not heed that in an anchor: trust the authority below it");
                }
                this.anchors.add(new TrustAnchor(Trust.of(anchor, clock).anchor(), null));
            }
        }

        /** Asks this for the authorities' current lists at each decision; it must answer without waiting. */
        public Builder revocationLists(Supplier<? extends Collection<? extends X509CRL>> current) {
            this.lists = current;
            return this;
        }

        /** Says when a word of the authority is needed; {@link RevocationRule#UNLESS_SHORT_LIVED} otherwise. */
        public Builder revocation(RevocationRule when) {
            if (when == RevocationRule.NEVER) {
                LOG.warn("revocation is not checked: a stolen certificate is believed until it ends");
            }
            this.rule = when;
            return this;
        }

        /** Asks for one of these purposes (object identifiers) in place of {@link #CLIENT_AUTH}; "any" is never enough. */
        public Builder purposes(Set<String> oneOf) {
            if (oneOf.isEmpty()) {
                throw new IllegalArgumentException("expected at least one purpose");
            }
            this.purposes = Set.copyOf(oneOf);
            return this;
        }

        /** Overlooks what manufacturers' certificates lack; each use is logged. */
        public Builder lenient(Set<Leniency> overlooked) {
            this.leniency = overlooked.isEmpty() ? EnumSet.noneOf(Leniency.class) : EnumSet.copyOf(overlooked);
            return this;
        }

        /** Accepts delegations that end this far ahead; a day otherwise, none when zero. */
        public Builder longestDelegation(Duration ahead) {
            if (ahead.isNegative()) {
                throw new IllegalArgumentException("a delegation lasts no negative time, but got " + ahead);
            }
            this.longestDelegation = ahead;
            return this;
        }

        /** Checks signatures with these providers. */
        public Builder signatures(SignatureVerifier verifier) {
            this.signatures = verifier;
            return this;
        }

        /** Tells each refusal, on the thread of the handshake. */
        public Builder onRefusal(Consumer<Refusal> told) {
            this.listener = told;
            return this;
        }

        /** Makes the verifier. */
        public CertificateVerifier build() {
            return new CertificateVerifier(this);
        }
    }

    @Override
    public VerifiedPeer.Certified verify(PeerClaim claim) throws AuthenticationException {
        try {
            return decide(claim);
        } catch (Refused e) {
            throw refusals.refuse(e.reason(), e.getMessage());
        } catch (DecodeException e) {
            throw refusals.refuse(Refusal.MALFORMED, e.getMessage());
        }
    }

    /** Tells of a refusal that is about this verifier's peers but was found elsewhere. */
    AuthenticationException refuse(Refusal reason, @Nullable String detail) {
        return refusals.refuse(reason, detail);
    }

    @Override
    public String toString() {
        return "CertificateVerifier[" + anchors.size() + " anchors, " + names + ", " + rule + ", " + leniency + "]";
    }

    private VerifiedPeer.Certified decide(PeerClaim claim) throws Refused {
        Instant now = clock.instant();
        byte[] staticKey = claim.remoteStatic();
        if (staticKey.length == 0) {
            throw new Refused(Refusal.KEY_MISSING, "no static key came");
        }
        StaticKey key;
        try {
            key = StaticKey.of(staticKey);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.MALFORMED, e.getMessage());
        }
        CredentialPayload payload = CredentialPayload.decode(claim.payload());
        List<X509Certificate> chain = payload.chain();
        X509Certificate leaf = chain.get(0);
        refusePolicies(chain);
        X509Certificate anchor = path(chain, now);
        checkPurpose(leaf);
        PeerNames.Match match = names.match(CertificateNames.of(chain, leniency))
                .orElseThrow(() -> new Refused(Refusal.UNKNOWN_NAME, "no name of the certificate stands for one peer"));
        checkSignature(claim, payload, leaf, staticKey);
        Evidence evidence = revocation(chain, anchor, payload.staple(), now);
        Instant end = earlier(leaf.getNotAfter().toInstant(), evidence.until());
        Set<String> roles = match.entry().roles();
        if (payload.delegation().isPresent()) {
            CredentialPayload.Delegation delegation = payload.delegation().get();
            checkDelegation(claim, delegation, roles, now);
            roles = delegation.roles();
            end = earlier(end, delegation.notAfter());
        }
        return new VerifiedPeer.Certified(
                match.entry().name(),
                roles,
                key,
                match.subject(),
                chain,
                evidence.kind(),
                payload.delegation().isPresent(),
                end);
    }

    /** Policies are not processed: their tree can be made to grow without need (RFC 5280, 6.1). */
    private static void refusePolicies(List<X509Certificate> chain) throws Refused {
        for (X509Certificate certificate : chain) {
            for (String type : List.of(POLICY_MAPPINGS, POLICY_CONSTRAINTS, INHIBIT_ANY_POLICY)) {
                if (certificate.getExtensionValue(type) != null) {
                    throw new Refused(Refusal.UNSUPPORTED_CHAIN, "a certificate has rules about policies: " + type);
                }
            }
        }
    }

    private X509Certificate path(List<X509Certificate> chain, Instant now) throws Refused {
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false); // checked below, with what is at hand
            parameters.setDate(Date.from(now));
            CertPath path = CertificateFactory.getInstance("X.509")
                    .generateCertPath(chain.stream()
                            .map(certificate -> new CheckedCertificate(certificate, signatures))
                            .toList());
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return result.getTrustAnchor().getTrustedCert();
        } catch (CertPathValidatorException e) {
            Refusal reason = e.getReason() == BasicReason.EXPIRED
                    ? Refusal.EXPIRED
                    : e.getReason() == BasicReason.NOT_YET_VALID ? Refusal.NOT_YET_VALID : Refusal.UNTRUSTED;
            throw new Refused(reason, e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new Refused(Refusal.UNTRUSTED, e.getMessage());
        }
    }

    private void checkPurpose(X509Certificate leaf) throws Refused {
        if (leaf.getBasicConstraints() >= 0) {
            throw new Refused(Refusal.WRONG_PURPOSE, "the certificate is an authority's");
        }
        boolean[] usages = leaf.getKeyUsage();
        if (usages == null) {
            overlook(Leniency.MISSING_KEY_USAGE, leaf);
        } else if (!usages[DIGITAL_SIGNATURE]) {
            throw new Refused(Refusal.WRONG_PURPOSE, "the certificate's key may not sign");
        }
        List<String> named;
        try {
            named = leaf.getExtendedKeyUsage();
        } catch (CertificateException e) {
            throw new Refused(Refusal.WRONG_PURPOSE, e.getMessage());
        }
        if (named == null) {
            overlook(Leniency.MISSING_EXTENDED_KEY_USAGE, leaf);
        } else if (named.stream().noneMatch(purposes::contains)) {
            throw new Refused(Refusal.WRONG_PURPOSE, "expected one of " + purposes + ", but got " + named);
        }
    }

    private void overlook(Leniency what, X509Certificate leaf) throws Refused {
        CertificateNames.overlook(what, leniency, leaf, Refusal.WRONG_PURPOSE);
    }

    private void checkSignature(PeerClaim claim, CredentialPayload payload, X509Certificate leaf, byte[] staticKey)
            throws Refused {
        boolean isSameAlgorithm = SignatureAlgorithm.of(leaf.getPublicKey()).equals(Optional.of(payload.algorithm()));
        byte[] signed = payload.signedOctets(claim.occasion(), claim.role(), claim.handshakeHash(), staticKey);
        if (!isSameAlgorithm || !signatures.isGenuine(leaf.getPublicKey(), signed, payload.signature())) {
            throw new Refused(Refusal.NOT_SIGNED, "the signature is not of the certificate's key over this static key");
        }
    }

    private Evidence revocation(
            List<X509Certificate> chain, X509Certificate anchor, Optional<byte[]> staple, Instant now) throws Refused {
        RevocationCheck check = new RevocationCheck(lists.get(), now);
        List<X509Certificate> issuers = new ArrayList<>(chain.subList(1, chain.size()));
        issuers.add(anchor);
        Instant end = Instant.MAX;
        for (int i = chain.size() - 1; i > 0; i--) {
            Optional<Evidence> listed = check.listed(chain.get(i), issuers.get(i));
            if (listed.isEmpty() && rule == RevocationRule.ALWAYS) {
                throw new Refused(Refusal.REVOCATION_UNKNOWN, "no current list of the authorities above");
            }
            end = earlier(end, listed.map(Evidence::until).orElse(end));
        }
        X509Certificate leaf = chain.get(0);
        X509Certificate issuer = issuers.get(0);
        Optional<Evidence> listed = check.listed(leaf, issuer);
        Optional<Evidence> stapled =
                staple.isPresent() ? Optional.of(check.stapled(staple.get(), leaf, issuer)) : Optional.empty();
        Optional<Evidence> found = stapled.or(() -> listed);
        if (found.isPresent()) {
            return new Evidence(found.get().kind(), earlier(end, found.get().until()));
        }
        boolean isShortLived = rule == RevocationRule.UNLESS_SHORT_LIVED
                && Duration.between(
                                        leaf.getNotBefore().toInstant(),
                                        leaf.getNotAfter().toInstant())
                                .compareTo(SHORT_LIFE)
                        <= 0;
        if (isShortLived) {
            return new Evidence(RevocationEvidence.SHORT_LIVED, end);
        }
        if (rule == RevocationRule.NEVER) {
            return new Evidence(RevocationEvidence.UNCHECKED, end);
        }
        throw new Refused(Refusal.REVOCATION_UNKNOWN, "neither a staple nor a current list");
    }

    private void checkDelegation(
            PeerClaim claim, CredentialPayload.Delegation delegation, Set<String> roles, Instant now) throws Refused {
        if (claim.occasion() != PeerClaim.Occasion.HANDSHAKE) {
            throw new Refused(Refusal.NOT_SIGNED, "an update is signed for its session");
        }
        if (now.isAfter(delegation.notAfter())) {
            throw new Refused(Refusal.EXPIRED, "the delegation is over since " + delegation.notAfter());
        }
        boolean isTooLong = longestDelegation.isZero()
                || delegation.notAfter().isAfter(now.plus(longestDelegation).plus(SKEW));
        if (isTooLong || !roles.containsAll(delegation.roles())) {
            throw new Refused(
                    Refusal.EXCESSIVE_DELEGATION,
                    "until " + delegation.notAfter() + " as " + delegation.roles() + ", but allowed are "
                            + longestDelegation + " and " + roles);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
