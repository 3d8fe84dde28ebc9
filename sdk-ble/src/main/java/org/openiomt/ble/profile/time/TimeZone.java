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
 * Time Zone, characteristic {@code 0x2A0E}: how far local standard time is ahead of UTC.
 *
 * <pre>
 * field  type  octets  present when  meaning
 * code   int8  1       always        quarters of an hour, -48 to 56; -128 not known; others kept and reported, strict refuses
 * </pre>
 *
 * @param code as sent, -128 to 127; see {@link #offsetMinutes()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record TimeZone(int code, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<TimeZone> CODEC = Codec.of(TimeZone::read, TimeZone::write);

    /** The code of a zone that the device does not know. */
    public static final int UNKNOWN = -128;

    static final int MINUTES = 15;
    private static final int MIN = -48;
    private static final int MAX = 56;

    /** Checks the range. */
    public TimeZone {
        check(code);
        Bits.requireUnknown(remainder, ~0L);
    }

    /**
     * Returns a zone.
     *
     * @throws IllegalArgumentException when it is no whole number of quarters of an hour from -12:00 to +14:00
     */
    public static TimeZone ofMinutes(int minutes) {
        if (minutes % MINUTES != 0 || minutes < MIN * MINUTES || minutes > MAX * MINUTES) {
            throw new IllegalArgumentException("expected quarters of an hour from -720 to 840, but got " + minutes);
        }
        return new TimeZone(minutes / MINUTES, Remainder.NONE);
    }

    /** Returns how many minutes local standard time is ahead of UTC; empty when it is not known or the code is reserved. */
    public OptionalInt offsetMinutes() {
        return offsetMinutes(code);
    }

    /** Returns how many minutes the code of a zone is ahead of UTC; empty when it is {@link #UNKNOWN} or reserved. */
    public static OptionalInt offsetMinutes(int code) {
        return code >= MIN && code <= MAX ? OptionalInt.of(code * MINUTES) : OptionalInt.empty();
    }

    static void check(int code) {
        if (code < Byte.MIN_VALUE || code > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("timeZone out of range -128..127");
        }
    }

    /** Reads the code of a zone, a field of several characteristics, and reports a reserved one. */
    public static int readCode(ByteReader in) {
        int at = in.offset();
        int code = in.int8("timeZone");
        if (code != UNKNOWN && offsetMinutes(code).isEmpty()) {
            in.unforeseen("timeZone", at, "reserved code " + code);
        }
        return code;
    }

    /** Adds the minutes, {@code unknown}, or a reserved code. */
    static Fields describe(Fields fields, String name, int code) {
        OptionalInt minutes = offsetMinutes(code);
        if (minutes.isPresent()) {
            return fields.put(name, minutes);
        }
        return code == UNKNOWN ? fields.put(name, "unknown") : fields.put("timeZoneCode", code);
    }

    private static TimeZone read(ByteReader in) {
        return new TimeZone(readCode(in), in.remainder(0));
    }

    private static void write(TimeZone value, ByteWriter out) {
        out.int8("timeZone", value.code);
        value.remainder.writeTo(out);
    }

    /** Returns {@code offsetMinutes}, a number or {@code unknown}; in its place the {@code timeZoneCode} that is reserved. */
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
