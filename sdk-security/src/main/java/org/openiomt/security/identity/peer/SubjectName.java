package org.openiomt.security.identity.peer;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A name in a certificate that can stand for a peer.
 *
 * @param kind where it stands
 * @param value as it is compared: DNS names in lower case, all others exactly
 */
public record SubjectName(Kind kind, String value) {
    private static final int MAX_LENGTH = 253;
    private static final Pattern DNS = Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern TEXT = Pattern.compile("[!-~]([ -~]*[!-~])?");

    /** Where a name stands. */
    public enum Kind {
        /** dNSName in the alternative names; no wildcard, no dot at the end. */
        DNS,
        /** uniformResourceIdentifier in the alternative names. */
        URI,
        /** The one common name in the subject; only where {@link Leniency#NAME_IN_SUBJECT} allows it. */
        COMMON_NAME,
        /** The one serial number in the subject, as IEEE 802.1AR has it; only where {@link Leniency#NAME_IN_SUBJECT} allows it. */
        SERIAL_NUMBER
    }

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when a reader could take it for another name
     */
    public SubjectName {
        Objects.requireNonNull(kind, "kind");
        value = kind == Kind.DNS ? value.toLowerCase(Locale.ROOT) : value;
        Pattern form = switch (kind) {
            case DNS -> DNS;
            case URI -> PRINTABLE;
            case COMMON_NAME, SERIAL_NUMBER -> TEXT;
        };
        if (value.length() > MAX_LENGTH || !form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a name of kind " + kind + " has at most " + MAX_LENGTH + " characters of the form " + form);
        }
    }

    /** Returns a DNS name. */
    public static SubjectName dns(String value) {
        return new SubjectName(Kind.DNS, value);
    }

    /** Returns a URI. */
    public static SubjectName uri(String value) {
        return new SubjectName(Kind.URI, value);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + value;
    }
}
