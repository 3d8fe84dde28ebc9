package org.openiomt.ble.driver;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;

/**
 * Moments of the Elapsed Time Service as device times.
 *
 * <pre>
 * moment                            device time
 * ticks                             Ticks
 * UTC                               Utc, with the offset where it is known
 * local, with its offset            Utc: the same instant, and the offset
 * local, the offset not known       WallClock, to 1/65536 s
 * a year after 9999                 None
 * </pre>
 */
final class ElapsedTimes {
    private static final int FRACTIONS_PER_SECOND = 65_536;

    private ElapsedTimes() {}

    static DeviceTime of(ElapsedTime moment) {
        if (moment.isTicks()) {
            return new DeviceTime.Ticks(moment.count(), moment.resolution().duration());
        }
        Optional<LocalDateTime> time = moment.time();
        if (time.isEmpty()) {
            return new DeviceTime.None();
        }
        Optional<ZoneOffset> offset = offset(moment);
        if (moment.flags().contains(ElapsedTime.Flag.UTC)) {
            return new DeviceTime.Utc(time.get().toInstant(ZoneOffset.UTC), offset);
        }
        if (offset.isPresent()) {
            Instant instant = time.get().toInstant(offset.get());
            return new DeviceTime.Utc(instant, offset);
        }
        return DeviceTime.WallClock.of(wall(time.get()));
    }

    /** Returns what the moment says about the clock that told it. */
    static ClockState clock(ElapsedTime moment) {
        return new ClockState(
                synchronisation(moment.source()),
                moment.flags().contains(ElapsedTime.Flag.CURRENT_TIMELINE)
                        ? ClockState.Continuity.CONTINUOUS
                        : ClockState.Continuity.JUMPED);
    }

    private static ClockState.Synchronisation synchronisation(int source) {
        return switch (source) {
            case 1, 2, 3, 5, 6 -> ClockState.Synchronisation.SYNCHRONISED;
            case ElapsedTime.SOURCE_NONE -> ClockState.Synchronisation.NOT_SYNCHRONISED;
            default -> ClockState.Synchronisation.UNKNOWN;
        };
    }

    private static Optional<ZoneOffset> offset(ElapsedTime moment) {
        try {
            return moment.offset().isPresent()
                    ? Optional.of(ZoneOffset.ofTotalSeconds(
                            (int) Duration.ofMinutes(moment.offset().getAsInt()).toSeconds()))
                    : Optional.empty();
        } catch (DateTimeException e) { // beyond 18 hours: no zone has that
            return Optional.empty();
        }
    }

    private static DeviceDateTime wall(LocalDateTime time) {
        long fraction = (long) time.getNano()
                * FRACTIONS_PER_SECOND
                / Duration.ofSeconds(1).toNanos();
        return new DeviceDateTime(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                (int) fraction);
    }
}
