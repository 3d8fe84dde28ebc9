package org.openiomt.ble.profile.activity;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Physical Activity Current Session, characteristic {@code 0x2B44} of the Physical Activity Monitor Service: the newest session.
 *
 * <pre>
 * field            type           octets  present when  meaning
 * flags            uint8          1       always        bit 0 it runs; others kept
 * sessionId        uint16         2       always        counts sessions
 * sessionStart     SessionMoment  6       always        when it began
 * subSessionId     uint16         2       always        counts the parts of a session
 * subSessionStart  SessionMoment  6       always        when the part began
 * activityType     uint16         2       always        what the person mostly does: low octet seen by the device, high octet said
 * </pre>
 *
 * @param isRunning whether it runs
 * @param sessionId 0 to 65,535
 * @param sessionStart when it began
 * @param subSessionId 0 to 65,535
 * @param subSessionStart when the part began
 * @param activityType 0 to 65,535
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/physical-activity-monitor-service-1-0/">PAMS 1.0, 3.10</a>
 */
public record CurrentSession(
        boolean isRunning,
        int sessionId,
        SessionMoment sessionStart,
        int subSessionId,
        SessionMoment subSessionStart,
        int activityType,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CurrentSession> CODEC = Codec.of(CurrentSession::read, CurrentSession::write);

    private static final int RUNNING = 0x01;

    /** Checks the ranges. */
    public CurrentSession {
        Bits.requireUnsigned("sessionId", sessionId, Short.SIZE);
        Objects.requireNonNull(sessionStart, "sessionStart");
        Bits.requireUnsigned("subSessionId", subSessionId, Short.SIZE);
        Objects.requireNonNull(subSessionStart, "subSessionStart");
        Bits.requireUnsigned("activityType", activityType, Short.SIZE);
        Bits.requireUnknown(remainder, RUNNING);
    }

    private int flags() {
        return (isRunning ? RUNNING : 0) | (int) remainder.unknownFlags();
    }

    private static CurrentSession read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, RUNNING);
        return new CurrentSession(
                (flags & RUNNING) != 0,
                in.uint16("sessionId"),
                SessionMoment.read(in),
                in.uint16("subSessionId"),
                SessionMoment.read(in),
                in.uint16("activityType"),
                in.remainder(unknown));
    }

    private static void write(CurrentSession value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("sessionId", value.sessionId);
        value.sessionStart.write(out);
        out.uint16("subSessionId", value.subSessionId);
        value.subSessionStart.write(out);
        out.uint16("activityType", value.activityType);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), Byte.SIZE)
                .put("running", isRunning)
                .put("sessionId", sessionId)
                .put("sessionStart", sessionStart)
                .put("subSessionId", subSessionId)
                .put("subSessionStart", subSessionStart)
                .put("activityType", activityType)
                .remainder(remainder, Byte.SIZE)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
