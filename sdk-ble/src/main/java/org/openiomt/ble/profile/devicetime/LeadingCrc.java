package org.openiomt.ble.profile.devicetime;

import java.util.OptionalInt;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eContext.Presence;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.DecodeException;

/** A check sum that stands before what it covers, as in the Device Time Service. */
final class LeadingCrc {
    private static final int SIZE = 2;

    private LeadingCrc() {}

    /**
     * Reads the check sum where there is one. Where nobody knows, it is one when it is right.
     *
     * @throws DecodeException when the value must have one and it is missing or wrong
     */
    static E2eCheck read(ByteReader in, E2eContext context) {
        int at = in.offset();
        if (context.presence() == Presence.ABSENT
                || (context.presence() == Presence.NOT_KNOWN && !isThere(in, Crc16.MCRF4XX))) {
            return E2eCheck.none();
        }
        Crc16 algorithm = context.presence() == Presence.PRESENT ? context.algorithm() : Crc16.MCRF4XX;
        int crc = in.uint16("crc");
        int right = in.crc16(algorithm, in.offset(), in.offset() + in.remaining());
        if (crc != right) {
            throw new DecodeException(
                    "crc",
                    at,
                    "wrong check sum: expected " + hex(right) + " (" + algorithm + " of " + in.remaining()
                            + " octets), but got " + hex(crc));
        }
        return E2eCheck.sound(OptionalInt.empty(), algorithm);
    }

    /**
     * Ends a value of which nobody knows whether it has a check sum, and which was read as one without. One that is odd in that
     * reading may begin with a check sum that is wrong: it is reported, strict refuses it, and it is not trusted.
     *
     * @param start where the value begins
     * @param isOdd whether octets are left behind the fields of the value, or its layout is not known
     * @return what is known of the check sum after all
     * @throws DecodeException in strict mode, when it is odd
     */
    static E2eCheck end(ByteReader in, E2eContext context, E2eCheck check, int start, boolean isOdd) {
        int end = in.offset() + in.remaining();
        if (context.presence() != Presence.NOT_KNOWN
                || !(check instanceof E2eCheck.None)
                || !isOdd
                || end - start <= SIZE) {
            return check;
        }
        byte[] first = in.slice(start, start + SIZE);
        int crc = (first[0] & 0xFF) | (first[1] & 0xFF) << Byte.SIZE;
        in.unforeseen(
                "crc",
                start,
                "if it is a check sum, it is wrong: expected " + hex(in.crc16(Crc16.MCRF4XX, start + SIZE, end))
                        + ", but got " + hex(crc)
                        + "; the features (0x2B8E) tell, and until then the value is not used");
        return new E2eCheck.Unproven(OptionalInt.empty(), crc);
    }

    private static boolean isThere(ByteReader in, Crc16 algorithm) {
        int start = in.offset() + SIZE;
        int end = in.offset() + in.remaining();
        return start < end && in.ahead().uint16("crc") == in.crc16(algorithm, start, end);
    }

    /**
     * Writes a value behind its check sum, where it has one.
     *
     * @throws IllegalArgumentException when a value that did not prove itself is to be written with a proof
     */
    static void write(ByteWriter out, E2eContext context, E2eCheck check, byte[] value) {
        if (context.presence() == Presence.PRESENT && !check.isTrusted()) {
            throw new IllegalArgumentException("a value that did not prove itself gets no check sum");
        }
        boolean isPresent = context.presence() == Presence.PRESENT
                || (context.presence() == Presence.NOT_KNOWN && check instanceof E2eCheck.Sound);
        if (isPresent) {
            Crc16 algorithm = check instanceof E2eCheck.Sound sound && context.presence() == Presence.NOT_KNOWN
                    ? sound.algorithm()
                    : context.algorithm();
            out.uint16("crc", algorithm.of(value));
        }
        out.octets(value);
    }

    /** Returns whether the devices with these features send check sums. */
    static E2eContext context(DeviceTimeFeature features) {
        return features.has(DeviceTimeFeature.Feature.E2E_CRC) ? E2eContext.PRESENT : E2eContext.ABSENT;
    }

    private static String hex(int crc) {
        return Fields.hex(crc, Short.SIZE);
    }
}
