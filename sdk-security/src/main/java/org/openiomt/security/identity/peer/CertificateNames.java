package org.openiomt.security.identity.peer;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.openiomt.security.identity.peer.RevocationCheck.Refused;
import org.openiomt.security.identity.peer.SubjectName.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names in a certificate, read so that nobody can read them otherwise. The JDK drops alternative names that it cannot read,
 * and limits on names then do not bind them (the class of CVE-2026-8763: a dot at the end): such certificates are refused.
 */
final class CertificateNames {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateNames.class);
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    private CertificateNames() {}

    /** Returns the names that may stand for the owner of the first certificate. */
    static List<SubjectName> of(List<X509Certificate> chain, Set<Leniency> leniency) throws Refused {
        for (X509Certificate authority : chain.subList(1, chain.size())) {
            alternatives(authority); // only to be refused
        }
        X509Certificate leaf = chain.get(0);
        if (leaf.getExtensionValue(ALTERNATIVE_NAMES) != null) {
            return alternatives(leaf);
        }
        overlook(Leniency.NAME_IN_SUBJECT, leniency, leaf, Refusal.UNKNOWN_NAME);
        List<SubjectName> names = new ArrayList<>();
        X500Name subject = X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded());
        add(names, Kind.COMMON_NAME, subject, BCStyle.CN);
        add(names, Kind.SERIAL_NUMBER, subject, BCStyle.SERIALNUMBER);
        return names;
    }

    /** Overlooks something where that is allowed, and logs that it did. */
    static void overlook(Leniency what, Set<Leniency> allowed, X509Certificate certificate, Refusal otherwise)
            throws Refused {
        if (!allowed.contains(what)) {
            throw new Refused(otherwise, "the certificate has: " + what);
        }
        LOG.warn(
                "the certificate {} of {} has {}, which is overlooked here",
                certificate.getSerialNumber().toString(16),
                certificate.getIssuerX500Principal(),
                what);
    }

    private static List<SubjectName> alternatives(X509Certificate certificate) throws Refused {
        byte[] extension = certificate.getExtensionValue(ALTERNATIVE_NAMES);
        if (extension == null) {
            return List.of();
        }
        List<SubjectName> names = new ArrayList<>();
        try {
            if (certificate.getSubjectAlternativeNames() == null) {
                throw new Refused(Refusal.AMBIGUOUS_NAME, "the JDK does not read the alternative names");
            }
            GeneralNames all = GeneralNames.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            for (GeneralName name : all.getNames()) {
                if (name.getTagNo() == GeneralName.dNSName) {
                    names.add(new SubjectName(Kind.DNS, text(name)));
                } else if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
                    names.add(new SubjectName(Kind.URI, text(name)));
                }
            }
        } catch (CertificateParsingException | IllegalArgumentException e) {
            throw new Refused(Refusal.AMBIGUOUS_NAME, e.getMessage());
        }
        return names;
    }

    private static String text(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }

    private static void add(List<SubjectName> names, Kind kind, X500Name subject, ASN1ObjectIdentifier type)
            throws Refused {
        RDN[] found = subject.getRDNs(type);
        if (found.length == 0) {
            return;
        }
        if (found.length > 1 || !(found[0].getFirst().getValue() instanceof ASN1String value)) {
            throw new Refused(Refusal.AMBIGUOUS_NAME, "the subject has more than one " + kind);
        }
        try {
            names.add(new SubjectName(kind, value.getString()));
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.AMBIGUOUS_NAME, e.getMessage());
        }
    }
}
