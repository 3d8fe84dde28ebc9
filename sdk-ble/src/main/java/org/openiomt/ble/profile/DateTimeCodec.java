package org.openiomt.ble.profile;

import java.time.Month;
import java.time.Year;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;

/**
 * The Date Time field of 7 octets that measurements share: a device's wall clock without a zone.
 *
 * <pre>
 * part    type    octets  meaning
 * year    uint16  2       1582 to 9999; 0 = not known
 * month   uint8   1       1 to 12; 0 = not known
 * day     uint8   1       1 to 31; 0 = not known
 * hour    uint8   1       0 to 23
 * minute  uint8   1       0 to 59
 * second  uint8   1       0 to 59
 * </pre>
 *
 * A date or time that does not exist (April 31st, 24:00) is kept and reported in lenient mode, refused in strict mode.
 */
public final class DateTimeCodec {
    private static final int SIZE = 7;
    private static final int MIN_YEAR = 1582;
    private static final int MAX_YEAR = 9999;

    private DateTimeCodec() {}

    /**
     * Reads 7 octets as one field.
     *
     * @throws DecodeException when octets are missing, and in strict mode when the moment does not exist
     */
    public static DeviceDateTime read(ByteReader in, String field) {
        int at = in.offset();
        long parts = in.unsigned(field, SIZE);
        DeviceDateTime reading = DeviceDateTime.of(
                (int) parts & 0xFFFF, part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5), part(parts, 6));
        if (!exists(reading)) {
            in.unforeseen(field, at, "a date or time that does not exist");
        }
        return reading;
    }

    /**
     * Writes 7 octets, also of a moment that does not exist.
     *
     * @throws IllegalArgumentException when the reading has a fraction of a second, for which there is no room
     */
    public static void write(ByteWriter out, String field, DeviceDateTime reading) {
        if (reading.fraction() != 0) {
            throw new IllegalArgumentException(field + ": no room for a fraction of a second");
        }
        out.uint16(field, reading.year());
        out.uint8(field, reading.month());
        out.uint8(field, reading.day());
        out.uint8(field, reading.hour());
        out.uint8(field, reading.minute());
        out.uint8(field, reading.second());
    }

    /** Whether a date and time exists, or may exist once its parts that are not known are. */
    public static boolean exists(DeviceDateTime reading) {
        return reading.hour() < 24
                && reading.minute() < 60
                && reading.second() < 60
                && isYear(reading.year())
                && reading.month() <= 12
                && reading.day() <= lastDay(reading.year(), reading.month());
    }

    private static boolean isYear(int year) {
        return year == 0 || (year >= MIN_YEAR && year <= MAX_YEAR);
    }

    private static int lastDay(int year, int month) {
        return month == 0 ? 31 : Month.of(month).length(year == 0 || Year.isLeap(year));
    }

    private static int part(long parts, int index) {
        return (int) (parts >> (index * Byte.SIZE)) & 0xFF;
    }
}
