package org.openiomt.core.json;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.UnknownEntries;

/**
 * Observations as deterministic CBOR (RFC 8949, section 4.2.1): a map with integer keys.
 *
 * <pre>
 * key  name           CBOR                                       present when
 *  0   id             16 octets                                  always
 *  1   device         text                                       always
 *  2   type           code, partition 2                          always
 *  3   value          array, see {@link ValueCbor}               always
 *  4   receivedAt     span since 1970                            always
 *  5   clock          [year, month, day, hour, minute, second]   wall clock; base time when there is key 6
 *                     and the fraction in 1/65,536 unless 0
 *  6   correction     span                                       base time with offset
 *  7   instant        span since 1970                            UTC time
 *  8   ticks          [count, span of one tick]                  tick counter
 *  9   utcOffset      integer, seconds                           wall clock or UTC time with an offset
 * 10   duration       span                                       known
 * 11   clockState     [synchronised, continuous]: 0 unknown,     not both unknown
 *                     1 yes, 2 no
 * 12   status         integer, bit 0 of the standard is 32,768   not 0
 * 13   supplemental   [code, value, code, value, ...]            not empty
 * 14   subject        text                                       known
 * 15   derivedFrom    [16 octets, ...]                           not empty
 * </pre>
 *
 * <p>A span is an integer of seconds, or {@code [seconds, nanoseconds]}. A code is written as {@link CborWriter#code} says.
 * Entries with other keys are kept as they came: {@link Observation#unknown}. Stateless, for use by several threads at once.
 */
public final class ObservationCbor {
    /** The most octets of one encoded observation. */
    public static final int MAX_OCTETS = 256 * 1024;

    private static final String FIELD = "observation";
    private static final int LAST_KEY = 15;
    private static final int ID_OCTETS = 16;
    private static final int FIRST_STATUS_BIT = 0x8000;

    private ObservationCbor() {}

    /**
     * Encodes one observation; the same observation always gives the same octets.
     *
     * @throws IllegalArgumentException when it needs more than {@link #MAX_OCTETS}, nests compounds deeper than
     *     {@value ValueCbor#MAX_NESTING}, holds a text that is no Unicode, or unknown entries that are none
     */
    public static byte[] encode(Observation observation) {
        CborWriter out = new CborWriter();
        write(observation, out);
        byte[] octets = out.finish(observation.unknown(), LAST_KEY);
        if (octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "an observation has at most " + MAX_OCTETS + " octets, but this one needs " + octets.length);
        }
        return octets;
    }

    /**
     * Decodes one observation.
     *
     * @throws org.openiomt.core.wire.DecodeException when the octets are none, or more than {@link #MAX_OCTETS}
     */
    public static Observation decode(byte[] octets) {
        CborReader in = new CborReader(octets, MAX_OCTETS, FIELD);
        ObservationParts parts = new ObservationParts(in::refuse);
        int key = in.nextKey(FIELD);
        while (key >= 0 && key <= LAST_KEY) {
            read(key, in, parts);
            key = in.nextKey(FIELD);
        }
        parts.unknown = in.rest(key);
        return parts.build();
    }

    /**
     * Returns unknown entries of an observation.
     *
     * @throws IllegalArgumentException when they are none
     */
    static UnknownEntries unknown(int count, byte[] octets) {
        UnknownEntries unknown = UnknownEntries.of(count, octets);
        CborWriter.requireUnknown(unknown, LAST_KEY);
        return unknown;
    }

    private static void write(Observation o, CborWriter out) {
        ObservationTime time = o.time();
        out.map(5
                + timeEntries(time.device())
                + (time.duration().isPresent() ? 1 : 0)
                + (time.clock().equals(ClockState.UNKNOWN) ? 0 : 1)
                + (o.status().isEmpty() ? 0 : 1)
                + (o.supplemental().isEmpty() ? 0 : 1)
                + (o.subject().isPresent() ? 1 : 0)
                + (o.derivedFrom().isEmpty() ? 0 : 1));
        out.key(0);
        id(o.id(), out);
        out.key(1);
        out.text(o.device().value());
        out.key(2);
        out.code(o.type(), ValueCbor.TYPES);
        out.key(3);
        ValueCbor.write(o.value(), out, 0);
        out.key(4);
        out.instant(time.receivedAt());
        deviceTime(time.device(), out);
        time.duration().ifPresent(duration -> {
            out.key(10);
            out.duration(duration);
        });
        if (!time.clock().equals(ClockState.UNKNOWN)) {
            out.key(11);
            clockState(time.clock(), out);
        }
        if (!o.status().isEmpty()) {
            out.key(12);
            out.integer(o.status().stream()
                    .mapToInt(mark -> FIRST_STATUS_BIT >> mark.bit())
                    .sum());
        }
        if (!o.supplemental().isEmpty()) {
            out.key(13);
            out.array(2 * o.supplemental().size());
            o.supplemental().forEach((code, value) -> {
                out.code(code, ValueCbor.TYPES);
                ValueCbor.write(value, out, 0);
            });
            out.endArray();
        }
        o.subject().ifPresent(subject -> {
            out.key(14);
            out.text(subject.value());
        });
        if (!o.derivedFrom().isEmpty()) {
            out.key(15);
            out.array(o.derivedFrom().size());
            o.derivedFrom().forEach(source -> id(source, out));
            out.endArray();
        }
        out.endMap();
    }

    private static void id(ObservationId id, CborWriter out) {
        out.octets(ByteBuffer.allocate(ID_OCTETS)
                .putLong(id.high())
                .putLong(id.low())
                .array());
    }

    private static int timeEntries(DeviceTime time) {
        if (time instanceof DeviceTime.None) {
            return 0;
        }
        boolean isTwo = time instanceof DeviceTime.BaseOffset || utcOffset(time).isPresent();
        return isTwo ? 2 : 1;
    }

    private static Optional<ZoneOffset> utcOffset(DeviceTime time) {
        if (time instanceof DeviceTime.WallClock wall) {
            return wall.offset();
        }
        return time instanceof DeviceTime.Utc utc ? utc.offset() : Optional.empty();
    }

    private static void deviceTime(DeviceTime time, CborWriter out) {
        if (time instanceof DeviceTime.WallClock wall) {
            out.key(5);
            clock(wall.clock(), out);
        } else if (time instanceof DeviceTime.BaseOffset base) {
            out.key(5);
            clock(base.base(), out);
            out.key(6);
            out.duration(base.offset());
        } else if (time instanceof DeviceTime.Utc utc) {
            out.key(7);
            out.instant(utc.instant());
        } else if (time instanceof DeviceTime.Ticks ticks) {
            out.key(8);
            out.array(2);
            out.integer(ticks.count());
            out.duration(ticks.resolution());
            out.endArray();
        } else if (!(time instanceof DeviceTime.None)) {
            throw new AssertionError(time);
        }
        utcOffset(time).ifPresent(offset -> {
            out.key(9);
            out.integer(offset.getTotalSeconds());
        });
    }

    private static void clock(DeviceDateTime clock, CborWriter out) {
        boolean isWhole = clock.fraction() == 0;
        out.array(isWhole ? 6 : 7);
        out.integer(clock.year());
        out.integer(clock.month());
        out.integer(clock.day());
        out.integer(clock.hour());
        out.integer(clock.minute());
        out.integer(clock.second());
        if (!isWhole) {
            out.integer(clock.fraction());
        }
        out.endArray();
    }

    private static void clockState(ClockState clock, CborWriter out) {
        out.array(2);
        out.integer(
                switch (clock.synchronisation()) {
                    case UNKNOWN -> 0;
                    case SYNCHRONISED -> 1;
                    case NOT_SYNCHRONISED -> 2;
                });
        out.integer(
                switch (clock.continuity()) {
                    case UNKNOWN -> 0;
                    case CONTINUOUS -> 1;
                    case JUMPED -> 2;
                });
        out.endArray();
    }

    private static void read(int key, CborReader in, ObservationParts parts) {
        switch (key) {
            case 0 -> parts.id = readId("id", in);
            case 1 -> parts.device = name("device", in, DeviceId::of);
            case 2 -> parts.type = in.code("type", ValueCbor.TYPES);
            case 3 -> parts.value = ValueCbor.read("value", in, 0);
            case 4 -> parts.receivedAt = in.instant("receivedAt");
            case 5 -> parts.clock = readClock(in);
            case 6 -> parts.correction = in.duration("correction");
            case 7 -> parts.instant = in.instant("instant");
            case 8 -> parts.ticks = readTicks(in);
            case 9 -> parts.utcOffset = readUtcOffset(in);
            case 10 -> parts.duration = in.duration("duration");
            case 11 -> parts.clockState = readClockState(in);
            case 12 -> readStatus(in, parts.status);
            case 13 -> {
                in.array("supplemental");
                while (in.hasMore("supplemental")) {
                    Code code = in.code("supplemental", ValueCbor.TYPES);
                    parts.qualify(code, ValueCbor.read("supplemental", in, 0));
                }
            }
            case 14 -> parts.subject = name("subject", in, SubjectId::of);
            case 15 -> {
                in.array("derivedFrom");
                while (in.hasMore("derivedFrom")) {
                    parts.derivedFrom.add(readId("derivedFrom", in));
                }
            }
            default -> throw new AssertionError(key);
        }
    }

    private static <T> T name(String field, CborReader in, Function<String, T> factory) {
        String text = in.text(field);
        return in.attempt(field, () -> factory.apply(text));
    }

    private static ObservationId readId(String field, CborReader in) {
        byte[] octets = in.octets(field);
        if (octets.length != ID_OCTETS) {
            throw in.refuse(field, "expected 16 octets, but got " + octets.length);
        }
        ByteBuffer halves = ByteBuffer.wrap(octets);
        return ObservationId.of(halves.getLong(), halves.getLong());
    }

    private static DeviceDateTime readClock(CborReader in) {
        in.array("clock");
        int year = in.integer("clock", 0xFFFF);
        int month = in.integer("clock", 0xFF);
        int day = in.integer("clock", 0xFF);
        int hour = in.integer("clock", 0xFF);
        int minute = in.integer("clock", 0xFF);
        int second = in.integer("clock", 0xFF);
        int fraction = 0;
        if (in.hasMore("clock")) {
            fraction = in.integer("clock", 0xFFFF);
            in.end("clock");
        }
        return new DeviceDateTime(year, month, day, hour, minute, second, fraction);
    }

    private static DeviceTime.Ticks readTicks(CborReader in) {
        in.array("ticks");
        long count = in.integer("ticks");
        Duration resolution = in.duration("ticks");
        in.end("ticks");
        return new DeviceTime.Ticks(count, resolution);
    }

    private static ZoneOffset readUtcOffset(CborReader in) {
        long seconds = in.integer("utcOffset");
        return in.attempt("utcOffset", () -> ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds)));
    }

    private static ClockState readClockState(CborReader in) {
        in.array("clockState");
        Synchronisation synchronisation = switch (in.integer("clockState", 2)) {
            case 0 -> Synchronisation.UNKNOWN;
            case 1 -> Synchronisation.SYNCHRONISED;
            default -> Synchronisation.NOT_SYNCHRONISED;
        };
        Continuity continuity = switch (in.integer("clockState", 2)) {
            case 0 -> Continuity.UNKNOWN;
            case 1 -> Continuity.CONTINUOUS;
            default -> Continuity.JUMPED;
        };
        in.end("clockState");
        return new ClockState(synchronisation, continuity);
    }

    /** Refuses bits that the standard reserves: a doubt must not get lost because it is not understood. */
    private static void readStatus(CborReader in, Set<MeasurementStatus> marks) {
        int left = in.integer("status", 0xFFFF);
        for (MeasurementStatus mark : MeasurementStatus.values()) {
            if ((left & FIRST_STATUS_BIT >> mark.bit()) != 0) {
                marks.add(mark);
                left -= FIRST_STATUS_BIT >> mark.bit();
            }
        }
        if (left != 0) {
            throw in.refuse("status", "reserved bits 0x" + Integer.toHexString(left));
        }
    }
}
