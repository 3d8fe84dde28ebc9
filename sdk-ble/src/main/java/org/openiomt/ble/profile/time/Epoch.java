package org.openiomt.ble.profile.time;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.openiomt.core.model.DeviceDateTime;

/** Where a clock begins that counts seconds in 32 bits; it can name moments of 136 years. */
public enum Epoch {
    /** January 1st, 1900, 00:00:00. */
    YEAR_1900(1900),
    /** January 1st, 2000, 00:00:00. */
    YEAR_2000(2000);

    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    private final int year;

    Epoch(int year) {
        this.year = year;
    }

    /** Returns what a clock shows after so many seconds, 0 to 4,294,967,295; in the zone of that clock. */
    public DeviceDateTime after(long seconds) {
        return DeviceDateTime.from(start().plusSeconds(seconds));
    }

    /**
     * Returns how many seconds lie between the beginning and what the clock shows; the mirror of {@link #after}.
     *
     * @throws IllegalArgumentException when the clock cannot show it
     */
    public long secondsTo(String field, DeviceDateTime reading) {
        try {
            long seconds = ChronoUnit.SECONDS.between(
                    start(), reading.local().orElseThrow(() -> new DateTimeException("not a whole date")));
            if (seconds >= 0 && seconds <= MAX_SECONDS && after(seconds).equals(reading)) {
                return seconds;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + ": no moment of a clock that counts from " + year, e);
        }
        throw new IllegalArgumentException(field + ": no moment of a clock that counts from " + year);
    }

    private LocalDateTime start() {
        return LocalDateTime.of(year, 1, 1, 0, 0);
    }
}
