package org.openiomt.ble.profile.activity;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Physical Activity Session Descriptor, characteristic {@code 0x2B45} of the Physical Activity Monitor Service: a session or a part of
 * one. It may be split over packets, see {@link Segmented}; this is the whole.
 *
 * <pre>
 * field         type           octets  present when     meaning
 * flags         uint8          1       always           see {@link Flag}; others kept
 * sessionId     uint16         2       always           counts sessions
 * subSessionId  uint16         2       flags bit 0 = 0  counts the parts of a session
 * start         SessionMoment  6       always           when it began
 * end           SessionMoment  6       flags bit 1 = 0  when it ended
 * </pre>
 *
 * @param flags what it describes
 * @param sessionId 0 to 65,535
 * @param subSessionId 0 to 65,535; with a part of a session only
 * @param start when it began
 * @param end when it ended; empty while it runs
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/physical-activity-monitor-service-1-0/">PAMS 1.0, 3.11</a>
 */
public record SessionDescriptor(
        Set<Flag> flags,
        int sessionId,
        OptionalInt subSessionId,
        SessionMoment start,
        Optional<SessionMoment> end,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<SessionDescriptor> CODEC = Codec.of(SessionDescriptor::read, SessionDescriptor::write);

    /** Reads and writes its packets. */
    public static final Codec<Segmented<SessionDescriptor>> PACKET_CODEC = Segmented.codec(CODEC);

    /** What it describes. */
    public enum Flag implements Bit {
        /** A whole session, not a part of one. */
        SESSION(0x01),
        /** It runs. */
        RUNNING(0x02),
        /** It was deleted. */
        DELETED(0x04);

        private final int mask;

        Flag(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks that the fields are those of the flags. */
    public SessionDescriptor {
        flags = Bits.copy(Flag.class, flags);
        Bits.requireUnsigned("sessionId", sessionId, Short.SIZE);
        Bits.requireUnsigned("subSessionId", subSessionId, Short.SIZE);
        Objects.requireNonNull(start, "start");
        if (flags.contains(Flag.SESSION) == subSessionId.isPresent()
                || flags.contains(Flag.RUNNING) == end.isPresent()) {
            throw new IllegalArgumentException("a part has a number of its own, and what ended has an end");
        }
        Bits.requireUnknown(remainder, Bits.known(Flag.class));
    }

    private int bits() {
        return (int) (Bits.mask(flags) | remainder.unknownFlags());
    }

    private static SessionDescriptor read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, bits, Bits.known(Flag.class));
        Set<Flag> flags = Bits.set(Flag.class, bits);
        return new SessionDescriptor(
                flags,
                in.uint16("sessionId"),
                flags.contains(Flag.SESSION) ? OptionalInt.empty() : OptionalInt.of(in.uint16("subSessionId")),
                SessionMoment.read(in),
                flags.contains(Flag.RUNNING) ? Optional.empty() : Optional.of(SessionMoment.read(in)),
                in.remainder(unknown));
    }

    private static void write(SessionDescriptor value, ByteWriter out) {
        out.uint8("flags", value.bits());
        out.uint16("sessionId", value.sessionId);
        value.subSessionId.ifPresent(id -> out.uint16("subSessionId", id));
        value.start.write(out);
        value.end.ifPresent(moment -> moment.write(out));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flagBits", bits(), Byte.SIZE)
                .put("flags", flags)
                .put("sessionId", sessionId)
                .put("subSessionId", subSessionId)
                .put("start", start)
                .put("end", end)
                .remainder(remainder, Byte.SIZE)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
