package org.openiomt.ble.profile.speedcadence;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * A counter of turns and the time of the last one, both of which roll over.
 *
 * <pre>
 * counter      turns   rolls over after     time      rolls over after  turns backwards
 * WHEEL        uint32  4,294,967,296 turns  1/1024 s  64 s              when it was set anew
 * CRANK        uint16  65,536 turns         1/1024 s  64 s              never
 * POWER_WHEEL  uint32  4,294,967,296 turns  1/2048 s  32 s              when the bicycle rolls backwards
 * </pre>
 *
 * @param counter what is counted, and how
 * @param count the turns so far
 * @param eventTime when the last of them ended, in ticks of the counter, 0 to 65,535
 */
public record Revolutions(Counter counter, long count, int eventTime) {
    private static final int TIME_RANGE = 1 << Short.SIZE;
    private static final int SECONDS_PER_MINUTE = 60;

    /** What is counted, and how it stands on the wire. */
    public enum Counter {
        /** A wheel, in Cycling Speed and Cadence. */
        WHEEL("wheel", Integer.SIZE, 1024),
        /** A crank. */
        CRANK("crank", Short.SIZE, 1024),
        /** A wheel, in Cycling Power, with its finer clock. */
        POWER_WHEEL("wheel", Integer.SIZE, 2048);

        private final String countName;
        private final String timeName;
        private final int width;
        private final int ticksPerSecond;

        Counter(String what, int width, int ticksPerSecond) {
            this.countName = what + "Revolutions";
            this.timeName = what + "EventTime" + ticksPerSecond;
            this.width = width;
            this.ticksPerSecond = ticksPerSecond;
        }

        /** Returns the ticks of its clock in one second. */
        public int ticksPerSecond() {
            return ticksPerSecond;
        }

        /** Returns after how long its clock shows the same time again. */
        public Duration clockRange() {
            return Duration.ofSeconds(TIME_RANGE / ticksPerSecond);
        }
    }

    /**
     * What happened between two values of one counter.
     *
     * @param counter what is counted
     * @param turns the turns; below 0 when they went backwards or the counter was set anew
     * @param ticks the time from the end of the last turn then to the end of the last turn now, 0 to 65,535
     */
    public record Turned(Counter counter, long turns, int ticks) {
        /** Returns turns a minute; empty when no turn ended in between, or when the time says that none can have. */
        public OptionalDouble perMinute() {
            return ticks == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) turns * SECONDS_PER_MINUTE * counter.ticksPerSecond / ticks);
        }

        /** Whether the two values were the same: nothing turned, as far as the sensor knows. */
        public boolean isStill() {
            return turns == 0 && ticks == 0;
        }
    }

    /** Checks the ranges. */
    public Revolutions {
        Objects.requireNonNull(counter, "counter");
        Bits.requireUnsigned(counter.countName, count, counter.width);
        Bits.requireUnsigned(counter.timeName, eventTime, Short.SIZE);
    }

    /**
     * Returns what happened since an earlier value of the same counter. Nothing is kept between calls.
     *
     * @param earlier the value before
     * @param between the time that passed between the arrivals of both, by the clock of whoever received them
     * @return empty when so much time passed that the clock of the sensor may have rolled over more than once
     * @throws IllegalArgumentException when {@code earlier} is of another kind
     */
    public Optional<Turned> since(Revolutions earlier, Duration between) {
        earlier.require(counter);
        if (between.compareTo(counter.clockRange()) >= 0) {
            return Optional.empty();
        }
        long range = 1L << counter.width;
        long turns = Math.floorMod(count - earlier.count, range);
        boolean isBackwards = counter != Counter.CRANK && turns >= range / 2;
        int ticks = Math.floorMod(eventTime - earlier.eventTime, TIME_RANGE);
        return Optional.of(new Turned(counter, isBackwards ? turns - range : turns, ticks));
    }

    /**
     * Checks the kind.
     *
     * @throws IllegalArgumentException when it counts something else
     */
    public void require(Counter expected) {
        if (counter != expected) {
            throw new IllegalArgumentException("expected " + expected + ", but got " + counter);
        }
    }

    /** Reads count and time. */
    public static Revolutions read(ByteReader in, Counter counter) {
        return new Revolutions(
                counter, in.unsigned(counter.countName, counter.width / Byte.SIZE), in.uint16(counter.timeName));
    }

    /** Writes count and time. */
    public void writeTo(ByteWriter out) {
        out.unsigned(counter.countName, count, counter.width / Byte.SIZE);
        out.uint16(counter.timeName, eventTime);
    }

    /** Adds count and time to the fields of a measurement. */
    public void describe(Fields fields) {
        fields.put(counter.countName, count).put(counter.timeName, eventTime);
    }

    /** Returns what is counted, not how far. */
    @Override
    public String toString() {
        return "Revolutions[" + counter + "]";
    }
}
