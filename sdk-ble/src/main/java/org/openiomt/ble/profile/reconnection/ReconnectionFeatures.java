package org.openiomt.ble.profile.reconnection;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * RC Feature, characteristic {@code 0x2B1D} of the Reconnection Configuration Service: what a device can do about connections.
 *
 * <pre>
 * field      type    octets  present when              meaning
 * crc        uint16  2       always, first             check sum of the octets after it; 0xFFFF without bit 0
 * features   uint24  3       always                    bits 0 to 17, see {@link Feature}; others kept
 * extension  uint8   1 each  bit 7 of the octet before  no bit has a meaning; kept, the last without bit 7
 * </pre>
 *
 * @param supports what it can do
 * @param extension the octets of the extension
 * @param check what the check sum says
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/reconnection-configuration-service-1-0-1/">RCS 1.0.1, 3.1</a>
 */
public record ReconnectionFeatures(Set<Feature> supports, Opaque extension, E2eCheck check, Remainder remainder)
        implements Described {

    /** Reads and writes it; the check sum may be that of the standard, or one of a device that has its own. */
    public static final Codec<ReconnectionFeatures> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int WIDTH = 24;
    private static final int MORE = 0x80;
    private static final int EXTENDED = 0x80_0000;

    /** What a device can do about connections. */
    public enum Feature implements Bit {
        /** Its values end with a check sum. */
        E2E_CRC(0x000001),
        /** It disconnects when asked. */
        ENABLE_DISCONNECT(0x000002),
        /** It says when it may be disconnected. */
        READY_FOR_DISCONNECT(0x000004),
        /** Takes a reconnection time-out. */
        PROPOSE_RECONNECTION_TIMEOUT(0x000008),
        /** Takes a connection interval. */
        PROPOSE_CONNECTION_INTERVAL(0x000010),
        /** Takes a latency. */
        PROPOSE_PERIPHERAL_LATENCY(0x000020),
        /** Takes a supervision time-out. */
        PROPOSE_SUPERVISION_TIMEOUT(0x000040),
        /** Takes an advertising interval. */
        PROPOSE_ADVERTISEMENT_INTERVAL(0x000080),
        /** Takes a number of advertisements. */
        PROPOSE_ADVERTISEMENT_COUNT(0x000100),
        /** Takes the time between rounds of advertisements. */
        PROPOSE_ADVERTISEMENT_REPETITION_TIME(0x000200),
        /** Knows advertising configuration 1. */
        ADVERTISEMENT_CONFIGURATION_1(0x000400),
        /** Knows advertising configuration 2. */
        ADVERTISEMENT_CONFIGURATION_2(0x000800),
        /** Knows advertising configuration 3. */
        ADVERTISEMENT_CONFIGURATION_3(0x001000),
        /** Knows advertising configuration 4. */
        ADVERTISEMENT_CONFIGURATION_4(0x002000),
        /** Can insist on LE Secure Connections. */
        UPGRADE_TO_LESC_ONLY(0x004000),
        /** Can ask for out-of-band data at the next pairing. */
        NEXT_PAIRING_OOB(0x008000),
        /** Can listen to known clients only. */
        FILTER_ACCEPT_LIST(0x010000),
        /** Can limit access. */
        LIMITED_ACCESS(0x020000);

        private final int mask;

        Feature(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks that the parts suit each other. */
    public ReconnectionFeatures {
        supports = Bits.copy(Feature.class, supports);
        Bits.requireUnknown(remainder, Bits.known(Feature.class) | EXTENDED);
        byte[] octets = extension.octets();
        for (int i = 0; i < octets.length; i++) {
            if ((octets[i] & MORE) == 0 != (i == octets.length - 1)) {
                throw new IllegalArgumentException(
                        "bit 7 of each octet of an extension but the last says that more follow");
            }
        }
        if (!check.isTrusted() || check instanceof E2eCheck.None == supports.contains(Feature.E2E_CRC)) {
            throw new IllegalArgumentException("there is a check sum exactly when the features say so");
        }
    }

    /** Returns features with the check sum that they ask for. */
    public static ReconnectionFeatures of(Set<Feature> supports) {
        return new ReconnectionFeatures(
                supports,
                Opaque.of(new byte[0]),
                supports.contains(Feature.E2E_CRC) ? E2eCheck.sound() : E2eCheck.none(),
                Remainder.NONE);
    }

    /** Returns the codec for a device of which something is known. */
    public static Codec<ReconnectionFeatures> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), ReconnectionFeatures::write);
    }

    /** Returns what these features say about the other values of the service. */
    public E2eContext context() {
        return check instanceof E2eCheck.Sound sound ? E2eContext.presentWith(sound.algorithm()) : E2eContext.ABSENT;
    }

    private long bits() {
        return Bits.mask(supports) | remainder.unknownFlags() | (extension.octets().length == 0 ? 0 : EXTENDED);
    }

    private static ReconnectionFeatures read(ByteReader in, E2eContext context) {
        int crcAt = in.offset();
        int crc = in.uint16("crc");
        int at = in.offset();
        int bits = in.uint24("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class) | EXTENDED);
        Opaque extension = extension(in, (bits & EXTENDED) != 0);
        Set<Feature> supports = Bits.set(Feature.class, bits);
        E2eCheck check = E2e.feature(in, context, supports.contains(Feature.E2E_CRC), crcAt, crc, at, in.offset());
        return new ReconnectionFeatures(supports, extension, check, in.remainder(unknown));
    }

    private static Opaque extension(ByteReader in, boolean isThere) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = in.offset();
        for (boolean hasMore = isThere; hasMore; ) {
            int octet = in.uint8("extension");
            octets.write(octet);
            hasMore = (octet & MORE) != 0;
        }
        if (isThere) {
            in.unforeseen("extension", at, "expected none, but got " + octets.size() + " octets");
        }
        return Opaque.of(octets.toByteArray());
    }

    private static void write(ReconnectionFeatures value, ByteWriter out) {
        out.uint16("crc", value.crc());
        out.octets(value.covered());
        value.remainder.writeTo(out);
    }

    private byte[] covered() {
        ByteWriter out = new ByteWriter();
        out.uint24("features", bits());
        out.octets(extension.octets());
        return out.toByteArray();
    }

    private int crc() {
        return check instanceof E2eCheck.Sound sound ? sound.algorithm().of(covered()) : E2e.UNSUPPORTED_CRC;
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("crc", crc(), Short.SIZE)
                .bits("features", bits(), WIDTH)
                .put("supports", supports);
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", true);
        }
        if (extension.octets().length > 0) {
            fields.octets("extension", extension.octets());
        }
        return fields.remainder(remainder, WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
