package org.openiomt.ble.profile.reconnection;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * RC Settings, characteristic {@code 0x2B1E} of the Reconnection Configuration Service: how a device is configured now.
 *
 * <pre>
 * field     type    octets  present when           meaning
 * length    uint8   1       always                 the octets of the value, itself and the check sum among them; see below
 * settings  uint16  2       always                 bits 1, 2, 4 to 6, see {@link Setting}; bits 8-9 the advertising
 *                                                  configuration less 1; others kept
 * crc       uint16  2       the features' bit 0    check sum of the octets before it
 * </pre>
 *
 * Sources disagree whether the length counts itself. Both are taken: 3 (5 with a check sum) counts the whole value and is what
 * is written, 2 (4) counts what follows. Any other length is kept and reported; strict refuses it.
 *
 * @param length as sent, 0 to 255
 * @param settings the settings that are on
 * @param advertisingConfiguration 1 to 4
 * @param check what the check sum says
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/reconnection-configuration-service-1-0-1/">RCS 1.0.1, 3.2</a>
 */
public record ReconnectionSettings(
        int length, Set<Setting> settings, int advertisingConfiguration, E2eCheck check, Remainder remainder)
        implements Described {

    /** Reads and writes it where it is not known whether the device has check sums. */
    public static final Codec<ReconnectionSettings> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int WIDTH = 16;
    private static final int WHOLE = 3;
    private static final int CONFIGURATION = 0x0300;
    private static final int CONFIGURATION_SHIFT = 8;
    private static final int CONFIGURATIONS = 4;

    /** What can be on or off. */
    public enum Setting implements Bit {
        /** It insists on LE Secure Connections. */
        LESC_ONLY(0x0002),
        /** It asks for out-of-band data at the next pairing. */
        USE_OOB_PAIRING(0x0004),
        /** It may be disconnected. */
        READY_FOR_DISCONNECT(0x0010),
        /** Access is limited. */
        LIMITED_ACCESS(0x0020),
        /** This client has access. */
        ACCESS_PERMITTED(0x0040);

        private final int mask;

        Setting(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks the ranges. */
    public ReconnectionSettings {
        Bits.requireUnsigned("length", length, Byte.SIZE);
        settings = Bits.copy(Setting.class, settings);
        if (advertisingConfiguration < 1 || advertisingConfiguration > CONFIGURATIONS) {
            throw new IllegalArgumentException("advertising configuration out of range 1..4");
        }
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, Bits.known(Setting.class) | CONFIGURATION);
    }

    /** Returns settings whose length counts the whole value. */
    public static ReconnectionSettings of(Set<Setting> settings, int advertisingConfiguration, E2eCheck check) {
        return new ReconnectionSettings(
                WHOLE + crcSize(check), settings, advertisingConfiguration, check, Remainder.NONE);
    }

    /** Returns the codec for a device whose features were read, see {@link ReconnectionFeatures#context()}. */
    public static Codec<ReconnectionSettings> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static int crcSize(E2eCheck check) {
        return check instanceof E2eCheck.None ? 0 : E2eLayout.CRC.size();
    }

    private long bits() {
        return Bits.mask(settings)
                | (long) (advertisingConfiguration - 1) << CONFIGURATION_SHIFT
                | remainder.unknownFlags();
    }

    private static ReconnectionSettings read(ByteReader whole, E2eContext context) {
        int lengthAt = whole.offset();
        E2e e2e = E2e.open(whole, context, E2eLayout.CRC);
        ByteReader in = e2e.body();
        int length = in.uint8("length");
        int at = in.offset();
        int bits = in.uint16("settings");
        E2e.End end = e2e.end(in.unknownBits("settings", at, bits, Bits.known(Setting.class) | CONFIGURATION));
        int expected = WHOLE + crcSize(end.check());
        if (length != expected && length != expected - 1) {
            in.unforeseen(
                    "length",
                    lengthAt,
                    "expected " + expected + " or, if it does not count itself, " + (expected - 1) + ", but got "
                            + length);
        }
        return new ReconnectionSettings(
                length,
                Bits.set(Setting.class, bits),
                ((bits & CONFIGURATION) >> CONFIGURATION_SHIFT) + 1,
                end.check(),
                end.remainder());
    }

    private static void write(ReconnectionSettings value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint8("length", value.length);
        out.uint16("settings", value.bits());
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("length", length)
                .bits("bits", bits(), WIDTH)
                .put("settings", settings)
                .put("advertisingConfiguration", advertisingConfiguration)
                .remainder(remainder, WIDTH);
        return E2e.describe(fields, check, CODEC.encode(this)).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
