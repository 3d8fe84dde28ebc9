package org.openiomt.security.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Ids;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * One entry of a log: an event, its number and its time. Most significant octet first; each value has one form only.
 * <pre>
 * field       type    octets  meaning
 * version     uint8   1       1; another is refused
 * type        uint8   1       {@link AuditEventType#code}; an unknown one is refused
 * clock       uint8   1       bits 0-1 synchronised: 0 not known, 1 no, 2 yes; bits 2-3 continuous: 0 not known, 1 it jumped
 *                             back since the entry before, 2 yes; others are 0 or it is refused
 * sequence    uint64  8       the entry's number, from 0: its place in the tree
 * second      int64   8       of the Unix time
 * nanosecond  uint32  4       0 to 999,999,999
 * count       uint64  8       how many such events it stands for, at least 1
 * device      text    1 + n   octets of length, then a device id, or nothing
 * subject     text    1 + n   octets of length, then at most 255 of UTF-8
 * actor       text    1 + n   as subject
 * detail      text    1 + n   as subject
 * </pre>
 *
 * @param sequence the number, from 0
 * @param time by this machine's clock
 * @param clock how good that clock is
 * @param count how many such events happened since the entry of this kind before, at least 1
 * @param event what happened; longer texts than 255 octets are cut when it is encoded
 */
public record AuditEntry(long sequence, Instant time, ClockState clock, long count, AuditEvent event) {
    /** The most octets of an entry. */
    public static final int MAX_OCTETS = 35 + 64 + 3 * 255;

    private static final int VERSION = 1;
    private static final int MAX_TEXT = 255;
    private static final int NANOS = 1_000_000_000;
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    private static final Map<Integer, AuditEventType> TYPES = Arrays.stream(AuditEventType.values())
            .collect(Collectors.toUnmodifiableMap(AuditEventType::code, Function.identity()));

    /** Checks the ranges. */
    public AuditEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(event, "event");
        if (sequence < 0 || count < 1) {
            throw new IllegalArgumentException("a sequence from 0 and a count from 1 are needed");
        }
    }

    /**
     * Reads an entry.
     *
     * @throws DecodeException when the octets are anything but what {@link #encode} gives for some entry
     */
    public static AuditEntry decode(byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int version = in.uint8("version");
        if (version != VERSION) {
            throw new DecodeException("version", 0, "expected " + VERSION + ", but got " + version);
        }
        int code = in.uint8("type");
        AuditEventType type = TYPES.get(code);
        if (type == null) {
            throw new DecodeException("type", 1, "unknown: " + code);
        }
        ClockState clock = clock(in.uint8("clock"));
        long sequence = positive("sequence", in, 0);
        int secondAt = in.offset();
        long second = in.uint32("second") << 32 | in.uint32("second");
        int nanoAt = in.offset();
        long nano = in.uint32("nanosecond");
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw new DecodeException("second", secondAt, "beyond all years");
        }
        if (nano >= NANOS) {
            throw new DecodeException("nanosecond", nanoAt, "a second or more");
        }
        long count = positive("count", in, 1);
        int deviceAt = in.offset();
        String device = text("device", in);
        if (!device.isEmpty() && !Ids.isId(device)) {
            throw new DecodeException("device", deviceAt, "no device id");
        }
        AuditEvent event = new AuditEvent(
                type,
                device.isEmpty() ? Optional.empty() : Optional.of(DeviceId.of(device)),
                text("subject", in),
                text("actor", in),
                text("detail", in));
        if (in.remaining() > 0) {
            throw new DecodeException("trailing", in.offset(), in.remaining() + " octets too many");
        }
        return new AuditEntry(sequence, Instant.ofEpochSecond(second, nano), clock, count, event);
    }

    private static long positive(String field, ByteReader in, long least) {
        int at = in.offset();
        long value = in.uint32(field) << 32 | in.uint32(field);
        if (value < least) {
            throw new DecodeException(field, at, "expected " + least + " to " + Long.MAX_VALUE);
        }
        return value;
    }

    private static String text(String field, ByteReader in) {
        int length = in.uint8(field);
        return in.part(field, length).utf8(field);
    }

    private static ClockState clock(int bits) {
        if (bits > 0b1010 || (bits & 0b11) == 0b11) {
            throw new DecodeException("clock", 2, "unknown bits 0x" + Integer.toHexString(bits));
        }
        ClockState.Synchronisation synchronisation = switch (bits & 0b11) {
            case 1 -> ClockState.Synchronisation.NOT_SYNCHRONISED;
            case 2 -> ClockState.Synchronisation.SYNCHRONISED;
            default -> ClockState.Synchronisation.UNKNOWN;
        };
        ClockState.Continuity continuity = switch (bits >> 2) {
            case 1 -> ClockState.Continuity.JUMPED;
            case 2 -> ClockState.Continuity.CONTINUOUS;
            default -> ClockState.Continuity.UNKNOWN;
        };
        return new ClockState(synchronisation, continuity);
    }

    private static int bits(ClockState clock) {
        int synchronisation = switch (clock.synchronisation()) {
            case UNKNOWN -> 0;
            case NOT_SYNCHRONISED -> 1;
            case SYNCHRONISED -> 2;
        };
        int continuity = switch (clock.continuity()) {
            case UNKNOWN -> 0;
            case JUMPED -> 1;
            case CONTINUOUS -> 2;
        };
        return synchronisation | continuity << 2;
    }

    /** Returns the octets of this entry. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(MAX_OCTETS);
        encode(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Puts the octets into a buffer that has room for {@link #MAX_OCTETS}. */
    void encode(ByteBuffer out) {
        encode(out, sequence, time, clock, count, event);
    }

    /** As {@link #encode(ByteBuffer)}, of an entry that nobody needs as an object. */
    static void encode(ByteBuffer out, long sequence, Instant time, ClockState clock, long count, AuditEvent event) {
        out.put((byte) VERSION).put((byte) event.type().code()).put((byte) bits(clock));
        out.putLong(sequence);
        out.putLong(time.getEpochSecond()).putInt(time.getNano());
        out.putLong(count);
        text(out, event.device().map(DeviceId::value).orElse(""));
        text(out, event.subject());
        text(out, event.actor());
        text(out, event.detail());
    }

    private static void text(ByteBuffer out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = octets.length;
        if (length <= MAX_TEXT) {
            out.put((byte) length).put(octets);
            return;
        }
        length = MAX_TEXT - CUT.length;
        while ((octets[length] & 0xC0) == 0x80) {
            length--; // not in the midst of a character
        }
        out.put((byte) (length + CUT.length)).put(octets, 0, length).put(CUT);
    }
}
