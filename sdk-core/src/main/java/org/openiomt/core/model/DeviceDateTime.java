package org.openiomt.core.model;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reading of a device's own clock, kept as it came: no zone, parts that are not known (0), and dates that do not exist.
 *
 * @param year 0 not known, else as sent, up to 65,535
 * @param month 0 not known, else as sent
 * @param day 0 not known, else as sent
 * @param hour as sent; 0 to 23 on a sound clock
 * @param minute as sent; 0 to 59 on a sound clock
 * @param second as sent; 0 to 59 on a sound clock
 * @param fraction the part of a second in 1/65,536, 0 to 65,535
 */
public record DeviceDateTime(int year, int month, int day, int hour, int minute, int second, int fraction) {
    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4,5})-(\\d{2,3})-(\\d{2,3})T(\\d{2,3}):(\\d{2,3}):(\\d{2,3})(?:\\+(\\d{1,5})/65536)?");
    private static final int FRACTIONS_PER_SECOND = 65_536;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Checks that each part fits the octets that it came in. */
    public DeviceDateTime {
        requireRange("year", year, 0xFFFF);
        requireRange("month", month, 0xFF);
        requireRange("day", day, 0xFF);
        requireRange("hour", hour, 0xFF);
        requireRange("minute", minute, 0xFF);
        requireRange("second", second, 0xFF);
        requireRange("fraction", fraction, FRACTIONS_PER_SECOND - 1);
    }

    /**
     * Reads what {@link #toString} writes: {@code 2024-06-15T17:17:27}, and the fraction as {@code +32768/65536}.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static DeviceDateTime parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected yyyy-mm-ddThh:mm:ss of a device clock");
        }
        return new DeviceDateTime(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)),
                Integer.parseInt(parts.group(5)),
                Integer.parseInt(parts.group(6)),
                parts.group(7) == null ? 0 : Integer.parseInt(parts.group(7)));
    }

    /** Returns a reading with whole seconds. */
    public static DeviceDateTime of(int year, int month, int day, int hour, int minute, int second) {
        return new DeviceDateTime(year, month, day, hour, minute, second, 0);
    }

    /** Returns the reading of a clock that shows {@code time}; fractions of a second are dropped. */
    public static DeviceDateTime from(LocalDateTime time) {
        return of(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }

    /** Returns the local clock reading of {@code time}; fractions of a second are dropped. */
    public static DeviceDateTime from(OffsetDateTime time) {
        return from(time.toLocalDateTime());
    }

    /** Whether year, month and day are all known. It may still be a date that does not exist, see {@link #local()}. */
    public boolean isComplete() {
        return year != 0 && month != 0 && day != 0;
    }

    /** Returns the local time, or empty when a part is not known or the date does not exist. */
    public Optional<LocalDateTime> local() {
        if (!isComplete()) {
            return Optional.empty();
        }
        try {
            int nanos = (int) (fraction * NANOS_PER_SECOND / FRACTIONS_PER_SECOND);
            return Optional.of(LocalDateTime.of(year, month, day, hour, minute, second, nanos));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns {@code 2024-06-15T17:17:27}, with 0 for parts that are not known. */
    @Override
    public String toString() {
        String text =
                String.format(Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
        return fraction == 0 ? text : text + "+" + fraction + "/" + FRACTIONS_PER_SECOND;
    }

    private static void requireRange(String part, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(part + " out of range 0.." + max + ": " + value);
        }
    }
}
