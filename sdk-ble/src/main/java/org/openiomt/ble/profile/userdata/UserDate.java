package org.openiomt.ble.profile.userdata;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * A date of the User Data Service: Date of Birth {@code 0x2A85} and Date of Threshold Assessment {@code 0x2A86}. A part of 0
 * is not known, and a date with such a part is no date. A date that does not exist (April 31st) is kept and reported in
 * lenient mode, refused in strict mode.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * year   uint16  2       always        1582 to 9999; 0 = not known
 * month  uint8   1       always        1 to 12; 0 = not known
 * day    uint8   1       always        1 to 31; 0 = not known
 * </pre>
 *
 * @param year 0 not known, else as sent, up to 65,535
 * @param month 0 not known, else as sent
 * @param day 0 not known, else as sent
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record UserDate(int year, int month, int day, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<UserDate> CODEC = Codec.of(UserDate::read, UserDate::write);

    /** Checks that each part fits its octets. */
    public UserDate {
        Bits.requireUnsigned("year", year, Short.SIZE);
        Bits.requireUnsigned("month", month, Byte.SIZE);
        Bits.requireUnsigned("day", day, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a date that is known. */
    public static UserDate from(LocalDate date) {
        return new UserDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), Remainder.NONE);
    }

    /** Returns the date, or empty when a part is not known or the date does not exist. */
    public Optional<LocalDate> date() {
        return midnight(year, month, day).local().map(LocalDateTime::toLocalDate);
    }

    private static DeviceDateTime midnight(int year, int month, int day) {
        return DeviceDateTime.of(year, month, day, 0, 0, 0);
    }

    private static UserDate read(ByteReader in) {
        int at = in.offset();
        int year = in.uint16("year");
        int month = in.uint8("month");
        int day = in.uint8("day");
        if (!DateTimeCodec.exists(midnight(year, month, day))) {
            in.unforeseen("year", at, "a date that does not exist");
        }
        return new UserDate(year, month, day, in.remainder(0));
    }

    private static void write(UserDate value, ByteWriter out) {
        out.uint16("year", value.year);
        out.uint8("month", value.month);
        out.uint8("day", value.day);
        value.remainder.writeTo(out);
    }

    /** Returns the {@code date} as text, 1980-05-17; 0000 or 00 is not known. */
    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("date", String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day))
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
