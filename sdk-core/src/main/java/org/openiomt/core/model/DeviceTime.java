package org.openiomt.core.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What a device said about when it measured, exactly as it said it. */
public sealed interface DeviceTime {

    /** Returns the local time of the device's clock, where it has one, said it whole, and the platform knows the year. */
    Optional<LocalDateTime> local();

    /**
     * A wall clock.
     *
     * @param clock the reading
     * @param offset the offset from UTC, when the device said one
     */
    record WallClock(DeviceDateTime clock, Optional<ZoneOffset> offset) implements DeviceTime {
        /** Checks that both are there. */
        public WallClock {
            Objects.requireNonNull(clock, "clock");
            Objects.requireNonNull(offset, "offset");
        }

        /** Returns a wall clock without an offset. */
        public static WallClock of(DeviceDateTime clock) {
            return new WallClock(clock, Optional.empty());
        }

        @Override
        public Optional<LocalDateTime> local() {
            return clock.local();
        }
    }

    /**
     * A base time that never jumps and a correction that the user or the device sets (glucose meters).
     *
     * @param base the base time
     * @param offset what is added for the time that the user sees; may be negative
     */
    record BaseOffset(DeviceDateTime base, Duration offset) implements DeviceTime {
        /** Checks that both are there. */
        public BaseOffset {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(offset, "offset");
        }

        @Override
        public Optional<LocalDateTime> local() {
            return base.local().flatMap(time -> existing(() -> time.plus(offset)));
        }
    }

    /**
     * An instant on the UTC time line.
     *
     * @param instant the instant
     * @param offset the local offset, when the device said one
     */
    record Utc(Instant instant, Optional<ZoneOffset> offset) implements DeviceTime {
        /** Checks that both are there. */
        public Utc {
            Objects.requireNonNull(instant, "instant");
            Objects.requireNonNull(offset, "offset");
        }

        @Override
        public Optional<LocalDateTime> local() {
            return offset.flatMap(zone -> existing(() -> LocalDateTime.ofInstant(instant, zone)));
        }
    }

    /**
     * A counter that says nothing about the day.
     *
     * @param count the reading
     * @param resolution the time of one tick
     */
    record Ticks(long count, Duration resolution) implements DeviceTime {
        /** Checks that the resolution is there. */
        public Ticks {
            Objects.requireNonNull(resolution, "resolution");
        }

        @Override
        public Optional<LocalDateTime> local() {
            return Optional.empty();
        }
    }

    /** The device said nothing. */
    record None() implements DeviceTime {
        @Override
        public Optional<LocalDateTime> local() {
            return Optional.empty();
        }
    }

    /** Returns a time, or empty when it lies beyond the years that the platform knows: a device may send anything. */
    private static Optional<LocalDateTime> existing(Supplier<LocalDateTime> time) {
        try {
            return Optional.of(time.get());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
