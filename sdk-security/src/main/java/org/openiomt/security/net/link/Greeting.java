package org.openiomt.security.net.link;

import java.nio.ByteOrder;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * The body of {@code HELLO}, a gateway's first message.
 * <pre>
 * field           type    octets  present when  meaning
 * version         uint8   1       always        the highest version of the protocol that the gateway speaks, from 1
 * maxValueLength  uint16  2       always        the longest value that it takes, 20 or more
 * later fields    octets  rest    version &gt; 1   passed over by who speaks version 1 only
 * </pre>
 *
 * @param version the highest version
 * @param maxValueLength the longest value, in octets
 */
record Greeting(int version, int maxValueLength) {
    /** The version that this library speaks. */
    static final int VERSION = 1;

    /**
     * Reads it; the two fields stay where they are in every version.
     *
     * @throws DecodeException when it is cut short, or version 1 with octets behind its fields
     */
    static Greeting decode(byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        Greeting greeting = new Greeting(version(in), maxValueLength(in));
        if (greeting.version() == VERSION) {
            in.remainder(0);
        }
        return greeting;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", version);
        out.uint16("maxValueLength", maxValueLength);
        return out.toByteArray();
    }

    static int version(ByteReader in) {
        int version = in.uint8("version");
        if (version == 0) {
            throw new DecodeException("version", in.offset() - 1, "versions count from 1, but got 0");
        }
        return version;
    }

    static int maxValueLength(ByteReader in) {
        int length = in.uint16("maxValueLength");
        if (length < LinkSettings.LEAST_VALUE_LENGTH) {
            throw new DecodeException(
                    "maxValueLength",
                    in.offset() - Short.BYTES,
                    "at least " + LinkSettings.LEAST_VALUE_LENGTH + " are needed, but got " + length);
        }
        return length;
    }
}
