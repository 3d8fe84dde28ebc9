package org.openiomt.ble.profile;

import java.util.Objects;
import org.openiomt.core.wire.Crc16;

/**
 * What is known about the end-to-end protection of a device's values before one of them is read: the context of a codec. The
 * device says it in the feature characteristic of the service; which check sum it computes is a quirk of a few.
 *
 * @param presence whether values end in a check sum (and, where the service has one, a counter before it)
 * @param algorithm how the check sum is computed; says nothing unless they are {@link Presence#PRESENT}
 */
public record E2eContext(Presence presence, Crc16 algorithm) {
    /** Every value is protected as the standard says. */
    public static final E2eContext PRESENT = new E2eContext(Presence.PRESENT, Crc16.MCRF4XX);

    /** No value is protected. */
    public static final E2eContext ABSENT = new E2eContext(Presence.ABSENT, Crc16.MCRF4XX);

    /** The feature characteristic was not read: what a value proves about itself is all that is known. */
    public static final E2eContext NOT_KNOWN = new E2eContext(Presence.NOT_KNOWN, Crc16.MCRF4XX);

    /** Whether values are protected. */
    public enum Presence {
        /** They are. */
        PRESENT,
        /** They are not. */
        ABSENT,
        /** Nobody has asked the device. */
        NOT_KNOWN
    }

    /** Checks that both are there. */
    public E2eContext {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(algorithm, "algorithm");
    }

    /** Every value is protected, with the check sum of a device that has its own. */
    public static E2eContext presentWith(Crc16 algorithm) {
        return new E2eContext(Presence.PRESENT, algorithm);
    }
}
