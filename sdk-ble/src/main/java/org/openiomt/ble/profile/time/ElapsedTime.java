package org.openiomt.ble.profile.time;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * A moment as devices with the Elapsed Time Service tell it: a counter, and what it counts. Health observations bear it too.
 *
 * <pre>
 * field   type    octets  present when  meaning
 * flags   uint8   1       always        bit 0 ticks of no day, 1 UTC (else local time), 2-3 resolution, see {@link Resolution},
 *                                       4 the offset means something, 5 the clock was not set since; others kept
 * count   uint48  6       always        of the resolution, since the clock's start (bit 0 = 1) or 2000-01-01 (bit 0 = 0)
 * source  uint8   1       always        0 unknown, 1 NTP, 2 GPS, 3 radio, 4 by hand, 5 atomic, 6 cellular, 7 never set; others kept
 * offset  sint8   1       always        of local time from UTC, summer time included, in quarters of an hour; -128 not known
 * </pre>
 *
 * @param flags what the counter counts
 * @param resolution the time of one count
 * @param count 0 to 281,474,976,710,655
 * @param source from what the clock was set, 0 to 255
 * @param offsetQuarters the offset as sent, -128 to 127; see {@link #offset()}
 * @param unknownFlags bits 6 and 7, in their places
 * @see <a href="https://www.bluetooth.com/specifications/specs/elapsed-time-service-1-0/">ETS 1.0</a>
 */
public record ElapsedTime(
        Set<Flag> flags, Resolution resolution, long count, int source, int offsetQuarters, int unknownFlags)
        implements Described {

    /** The source of a clock that was set by hand. */
    public static final int SOURCE_MANUAL = 4;

    /** The offset of a clock that does not know it. */
    public static final int OFFSET_UNKNOWN = -128;

    /** The source of a clock that was never set. */
    public static final int SOURCE_NONE = 7;

    private static final int MINUTES_PER_QUARTER = 15;
    private static final int RESOLUTION_SHIFT = 2;
    private static final int RESOLUTION_MASK = 0x03;
    private static final List<Resolution> RESOLUTIONS = List.of(Resolution.values());
    private static final int UNKNOWN = 0xC0;
    private static final int COUNT_SIZE = 6;
    private static final LocalDateTime START = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final int MAX_YEAR = 9999;

    /** What a counter counts. */
    public enum Flag implements Bit {
        /** Ticks since a moment of no meaning, not the time of a day. */
        TICK_COUNTER(0x01),
        /** The time of a day is UTC, not local time; says nothing about ticks. */
        UTC(0x02),
        /** The offset means something. */
        OFFSET_USED(0x10),
        /** The clock was not set since, so that the moment lies on its present time line. */
        CURRENT_TIMELINE(0x20);

        private final int mask;

        Flag(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** The time of one count. */
    public enum Resolution {
        /** One second. */
        SECOND(0, 1_000_000_000L, "uuuu-MM-dd'T'HH:mm:ss"),
        /** A tenth of a second. */
        TENTH(1, 100_000_000L, "uuuu-MM-dd'T'HH:mm:ss.S"),
        /** A millisecond. */
        MILLISECOND(2, 1_000_000L, "uuuu-MM-dd'T'HH:mm:ss.SSS"),
        /** A tenth of a millisecond. */
        HUNDRED_MICROSECONDS(3, 100_000L, "uuuu-MM-dd'T'HH:mm:ss.SSSS");

        private final int code;
        private final long nanos;
        private final String pattern;

        Resolution(int code, long nanos, String pattern) {
            this.code = code;
            this.nanos = nanos;
            this.pattern = pattern;
        }

        /** Returns the time of one count. */
        public Duration duration() {
            return Duration.ofNanos(nanos);
        }
    }

    /** Checks and copies. */
    public ElapsedTime {
        flags = Bits.copy(Flag.class, flags);
        Objects.requireNonNull(resolution, "resolution");
        Bits.requireUnsigned("count", count, COUNT_SIZE * Byte.SIZE);
        Bits.requireUnsigned("source", source, Byte.SIZE);
        if ((byte) offsetQuarters != offsetQuarters) {
            throw new IllegalArgumentException("offset out of range -128..127");
        }
        if ((unknownFlags & ~UNKNOWN) != 0) {
            throw new IllegalArgumentException("unknown flags hold bits that the layout knows");
        }
    }

    /** Returns a moment in UTC with whole seconds, at the offset of local time in quarters of an hour. */
    public static ElapsedTime utc(LocalDateTime utc, int source, int offsetQuarters) {
        return new ElapsedTime(
                Set.of(Flag.UTC, Flag.OFFSET_USED, Flag.CURRENT_TIMELINE),
                Resolution.SECOND,
                Duration.between(START, utc).toSeconds(),
                source,
                offsetQuarters,
                0);
    }

    /** Whether this is a count of ticks, which says nothing about the day. */
    public boolean isTicks() {
        return flags.contains(Flag.TICK_COUNTER);
    }

    /** Returns the time of the day, UTC or local; empty for ticks and for years after 9999. */
    public Optional<LocalDateTime> time() {
        if (isTicks()) {
            return Optional.empty();
        }
        long perSecond = Resolution.SECOND.nanos / resolution.nanos;
        LocalDateTime time = START.plusSeconds(count / perSecond).plusNanos(count % perSecond * resolution.nanos);
        return time.getYear() > MAX_YEAR ? Optional.empty() : Optional.of(time);
    }

    /** Returns the offset of local time from UTC in minutes, where it means something and is known. */
    public OptionalInt offset() {
        return flags.contains(Flag.OFFSET_USED) && offsetQuarters != OFFSET_UNKNOWN
                ? OptionalInt.of(offsetQuarters * MINUTES_PER_QUARTER)
                : OptionalInt.empty();
    }

    private int bits() {
        return (int) Bits.mask(flags) | resolution.code << RESOLUTION_SHIFT | unknownFlags;
    }

    /** Reads 9 octets. */
    public static ElapsedTime read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint8("flags");
        int unknown = (int) in.unknownBits("flags", at, bits, ~UNKNOWN);
        long count = in.unsigned("count", COUNT_SIZE);
        int sourceAt = in.offset();
        int source = in.uint8("source");
        if (source > SOURCE_NONE) {
            in.unforeseen("source", sourceAt, "unknown code " + source);
        }
        return new ElapsedTime(
                Bits.set(Flag.class, bits),
                RESOLUTIONS.get(bits >> RESOLUTION_SHIFT & RESOLUTION_MASK),
                count,
                source,
                in.int8("offset"),
                unknown);
    }

    /** Writes 9 octets. */
    public void write(ByteWriter out) {
        out.uint8("flags", bits());
        out.unsigned("count", count, COUNT_SIZE);
        out.uint8("source", source);
        out.int8("offset", offsetQuarters);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", bits(), Byte.SIZE);
        Optional<LocalDateTime> time = time();
        if (time.isPresent()) {
            String text =
                    DateTimeFormatter.ofPattern(resolution.pattern, Locale.ROOT).format(time.get());
            fields.put(flags.contains(Flag.UTC) ? "utc" : "local", text);
        } else {
            fields.put("count", count).put("resolution", resolution);
        }
        return fields.put("source", source).put("offsetMinutes", offset()).toMap();
    }

    /** Hides the moment. */
    @Override
    public String toString() {
        return Fields.names(this);
    }
}
