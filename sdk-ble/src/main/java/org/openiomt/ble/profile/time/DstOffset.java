package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * DST Offset, characteristic {@code 0x2A0D}: how far daylight saving time is ahead of standard time.
 *
 * <pre>
 * field  type   octets  present when  meaning
 * code   uint8  1       always        0 none, 2 half an hour, 4 one hour, 8 two hours, 255 not known; others kept and
 *                                     reported, strict refuses
 * </pre>
 *
 * @param code as sent, 0 to 255; see {@link #offsetMinutes()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record DstOffset(int code, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<DstOffset> CODEC = Codec.of(DstOffset::read, DstOffset::write);

    /** The code of an offset that the device does not know. */
    public static final int UNKNOWN = 255;

    /** Checks the range. */
    public DstOffset {
        Bits.requireUnsigned("dstOffset", code, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns how many minutes it adds to standard time; empty when it is not known or the code is reserved. */
    public OptionalInt offsetMinutes() {
        return offsetMinutes(code);
    }

    /** Returns how many minutes the code of an offset adds to standard time; empty when it is {@link #UNKNOWN} or reserved. */
    public static OptionalInt offsetMinutes(int code) {
        return switch (code) {
            case 0, 2, 4, 8 -> OptionalInt.of(code * TimeZone.MINUTES);
            default -> OptionalInt.empty();
        };
    }

    /** Reads the code of an offset, a field of several characteristics, and reports a reserved one. */
    public static int readCode(ByteReader in) {
        int at = in.offset();
        int code = in.uint8("dstOffset");
        if (code != UNKNOWN && offsetMinutes(code).isEmpty()) {
            in.unforeseen("dstOffset", at, "reserved code " + code);
        }
        return code;
    }

    /** Adds the minutes, {@code unknown}, or a reserved code. */
    static Fields describe(Fields fields, String name, int code) {
        OptionalInt minutes = offsetMinutes(code);
        if (minutes.isPresent()) {
            return fields.put(name, minutes);
        }
        return code == UNKNOWN ? fields.put(name, "unknown") : fields.put("dstOffsetCode", code);
    }

    private static DstOffset read(ByteReader in) {
        return new DstOffset(readCode(in), in.remainder(0));
    }

    private static void write(DstOffset value, ByteWriter out) {
        out.uint8("dstOffset", value.code);
        value.remainder.writeTo(out);
    }

    /** Returns {@code offsetMinutes}, a number or {@code unknown}; in its place the {@code dstOffsetCode} that is reserved. */
    @Override
    public Map<String, Object> fields() {
        return describe(Fields.start(), "offsetMinutes", code)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
