package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Current Time, characteristic {@code 0x2A2B} of the Current Time Service: a clock and why it was set. A server that keeps
 * only a part of what a client writes answers with the ATT error 0x80.
 *
 * <pre>
 * field         type       octets  present when  meaning
 * dateTime      date-time  7       always        local time, no zone; 0 = part not known
 * dayOfWeek     uint8      1       always        0 not known, 1 Monday to 7 Sunday; others kept as a raw code
 * fractions256  uint8      1       always        the part of a second in 1/256
 * adjustReason  uint8      1       always        why the clock was set, see {@link Reason}; other bits kept
 * </pre>
 *
 * @param dateTime the reading in whole seconds
 * @param dayOfWeek as sent, 0 to 255; see {@link DayOfWeek}
 * @param fractions256 the part of a second in 1/256, 0 to 255
 * @param reasons why the clock was set
 * @param remainder unknown reasons and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1, 3.1</a>
 */
public record CurrentTime(
        DeviceDateTime dateTime, int dayOfWeek, int fractions256, Set<Reason> reasons, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CurrentTime> CODEC = Codec.of(CurrentTime::read, CurrentTime::write);

    private static final int REASON_WIDTH = 8;

    /** Why a clock was set. */
    public enum Reason implements Bit {
        /** A person set it. */
        MANUAL_UPDATE(0x1),
        /** A reference clock set it. */
        EXTERNAL_REFERENCE_UPDATE(0x2),
        /** It is in another time zone now. */
        CHANGE_OF_TIME_ZONE(0x4),
        /** Daylight saving time began or ended. */
        CHANGE_OF_DST(0x8);

        private final int mask;

        Reason(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public CurrentTime {
        Objects.requireNonNull(dateTime, "dateTime");
        Bits.requireUnsigned("dayOfWeek", dayOfWeek, Byte.SIZE);
        Bits.requireUnsigned("fractions256", fractions256, Byte.SIZE);
        reasons = Bits.copy(Reason.class, reasons);
        Bits.requireUnknown(remainder, Bits.known(Reason.class));
    }

    /** Returns the reading with its part of a second. */
    public DeviceDateTime exact() {
        return ExactTime256.exact(dateTime, fractions256);
    }

    /** Returns the reasons as sent, 0 to 255. */
    public int adjustReason() {
        return (int) (Bits.mask(reasons) | remainder.unknownFlags());
    }

    private static CurrentTime read(ByteReader in) {
        DeviceDateTime time = DateTimeCodec.read(in, "dateTime");
        int day = DayOfWeek.CODES.read(in);
        int fractions = in.uint8("fractions256");
        int at = in.offset();
        int reasons = in.uint8("adjustReason");
        long unknown = in.unknownBits("adjustReason", at, reasons, Bits.known(Reason.class));
        return new CurrentTime(time, day, fractions, Bits.set(Reason.class, reasons), in.remainder(unknown));
    }

    private static void write(CurrentTime value, ByteWriter out) {
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        DayOfWeek.CODES.write(out, value.dayOfWeek);
        out.uint8("fractions256", value.fractions256);
        out.uint8("adjustReason", value.adjustReason());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("dateTime", dateTime)
                .put("dayOfWeek", dayOfWeek)
                .put("fractions256", fractions256)
                .bits("adjustReason", adjustReason(), REASON_WIDTH)
                .remainder(remainder, REASON_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
