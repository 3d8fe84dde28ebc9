package org.openiomt.security.identity;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.openiomt.core.model.Ids;

/** What a device asks its authority for, checked: see {@link DevelopmentAuthority#device}. */
record DeviceRequest(String id, X500Name subject, PublicKey key, Optional<GeneralNames> names) {
    private static final int MAX_OCTETS = 8 * 1024;

    static DeviceRequest parse(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException("a request has at most " + MAX_OCTETS + " octets");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(octets);
            PublicKey key = key(request);
            String id = id(request.getSubject());
            Extensions asked = request.getRequestedExtensions();
            Optional<GeneralNames> names = Optional.ofNullable(asked)
                    .map(extensions -> extensions.getExtension(Extension.subjectAlternativeName))
                    .map(extension -> GeneralNames.getInstance(extension.getParsedValue()));
            names.ifPresent(all -> Arrays.stream(all.getNames()).forEach(name -> requireOwn(id, name)));
            return new DeviceRequest(id, request.getSubject(), key, names);
        } catch (IOException
                | PKCSException
                | OperatorCreationException
                | ClassCastException
                | IllegalStateException
                | IdentityException e) {
            throw new IllegalArgumentException("no certificate request", e);
        }
    }

    private static PublicKey key(PKCS10CertificationRequest request) throws PKCSException, OperatorCreationException {
        PublicKey key = Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> algorithm
                        .oid()
                        .equals(request.getSignatureAlgorithm().getAlgorithm().getId()))
                .map(algorithm -> algorithm.publicKey(request.getSubjectPublicKeyInfo()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a request is signed with ECDSA or Ed25519"));
        if (SignatureAlgorithm.of(key).isEmpty()
                || !request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
            throw new IllegalArgumentException("the request is not signed by its own key on P-256 or for Ed25519");
        }
        return key;
    }

    private static String id(X500Name subject) {
        RDN[] names = subject.getRDNs(BCStyle.CN);
        int others = subject.getRDNs().length - names.length - subject.getRDNs(BCStyle.SERIALNUMBER).length;
        boolean isOne = names.length == 1 && others == 0 && !names[0].isMultiValued();
        ASN1Encodable value = isOne ? names[0].getFirst().getValue() : subject;
        String id = value instanceof ASN1String text ? text.getString() : "";
        Ids.require("the one common name of a request", id);
        return id;
    }

    private static void requireOwn(String id, GeneralName name) {
        String value = name.getTagNo() == GeneralName.dNSName
                ? ((ASN1String) name.getName()).getString().toLowerCase(Locale.ROOT)
                : "";
        if (!value.startsWith(id.toLowerCase(Locale.ROOT) + ".")) {
            throw new IllegalArgumentException("a device is named " + id + ".anything, but asks for another name");
        }
    }
}
