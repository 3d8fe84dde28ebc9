package org.openiomt.ble.profile.continuousglucose;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * CGM Session Start Time, characteristic {@code 0x2AAA} of the Continuous Glucose Monitoring Service: the moment from which the
 * minutes of all records count. The client writes it after it starts a session; until then the parts of the date are 0.
 *
 * <pre>
 * field     type       octets  present when        meaning
 * dateTime  date-time  7       always              local time; 0 = part not known
 * timeZone  sint8      1       always              quarters of an hour from UTC, -48 to 56; -128 = not known
 * dst       uint8      1       always              quarters of an hour of summer time, 0, 2, 4 or 8; 255 = not known
 * crc       uint16     2       {@link E2eContext}  over all octets before it
 * </pre>
 *
 * Other numbers of time zone and summer time are reserved, and kept.
 *
 * @param dateTime the local time at the start
 * @param timeZoneQuarters quarters of an hour from UTC, -127 to 127; empty when not known
 * @param dstQuarters quarters of an hour of summer time, 0 to 254; empty when not known
 * @param check what the check sum says
 * @param remainder octets before the check sum
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.4</a>
 */
public record SessionStartTime(
        DeviceDateTime dateTime,
        OptionalInt timeZoneQuarters,
        OptionalInt dstQuarters,
        E2eCheck check,
        Remainder remainder)
        implements Described {

    /** Reads and writes it when the feature characteristic was not read; see {@link E2eContext#NOT_KNOWN}. */
    public static final Codec<SessionStartTime> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int UNKNOWN_ZONE = Byte.MIN_VALUE;
    private static final int MIN_ZONE = -48;
    private static final int MAX_ZONE = 56;
    private static final int UNKNOWN_DST = 255;
    private static final Set<Integer> DST = Set.of(0, 2, 4, 8);
    private static final int MINUTES = 15;

    /** Checks the ranges. */
    public SessionStartTime {
        Objects.requireNonNull(dateTime, "dateTime");
        if (timeZoneQuarters.isPresent()
                && (timeZoneQuarters.getAsInt() <= UNKNOWN_ZONE || timeZoneQuarters.getAsInt() > Byte.MAX_VALUE)) {
            throw new IllegalArgumentException("timeZoneQuarters out of range -127..127");
        }
        if (dstQuarters.isPresent() && (dstQuarters.getAsInt() < 0 || dstQuarters.getAsInt() >= UNKNOWN_DST)) {
            throw new IllegalArgumentException("dstQuarters out of range 0..254");
        }
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the codec for a device of which {@link CgmFeatures#e2e} is known. */
    public static Codec<SessionStartTime> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    /** Returns the offset of the local time from UTC, summer time included, when the device knows both parts and they exist. */
    public Optional<ZoneOffset> offset() {
        if (timeZoneQuarters.isEmpty() || dstQuarters.isEmpty()) {
            return Optional.empty();
        }
        int zone = timeZoneQuarters.getAsInt();
        int dst = dstQuarters.getAsInt();
        return isZone(zone) && DST.contains(dst)
                ? Optional.of(ZoneOffset.ofTotalSeconds((zone + dst) * MINUTES * 60))
                : Optional.empty();
    }

    private static boolean isZone(int quarters) {
        return quarters >= MIN_ZONE && quarters <= MAX_ZONE;
    }

    private static SessionStartTime read(ByteReader in, E2eContext context) {
        E2e e2e = E2e.open(in, context, E2eLayout.CRC);
        ByteReader body = e2e.body();
        DeviceDateTime dateTime = DateTimeCodec.read(body, "dateTime");
        int at = body.offset();
        int zone = body.int8("timeZone");
        if (zone != UNKNOWN_ZONE && !isZone(zone)) {
            body.unforeseen("timeZone", at, "unknown code " + zone);
        }
        int dst = body.uint8("dst");
        if (dst != UNKNOWN_DST && !DST.contains(dst)) {
            body.unforeseen("dst", at + 1, "unknown code " + dst);
        }
        E2e.End end = e2e.end(0);
        return new SessionStartTime(
                dateTime,
                zone == UNKNOWN_ZONE ? OptionalInt.empty() : OptionalInt.of(zone),
                dst == UNKNOWN_DST ? OptionalInt.empty() : OptionalInt.of(dst),
                end.check(),
                end.remainder());
    }

    private static void write(SessionStartTime value, ByteWriter out, E2eContext context) {
        int start = out.size();
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        out.int8("timeZone", value.timeZoneQuarters.orElse(UNKNOWN_ZONE));
        out.uint8("dst", value.dstQuarters.orElse(UNKNOWN_DST));
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("dateTime", dateTime)
                .put("timeZoneMinutes", minutes(timeZoneQuarters))
                .put("dstOffsetMinutes", minutes(dstQuarters));
        return E2e.describe(fields, check, CODEC.encode(this))
                .trailing(remainder)
                .toMap();
    }

    private static Object minutes(OptionalInt quarters) {
        return quarters.isPresent() ? (Object) (quarters.getAsInt() * MINUTES) : "unknown";
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
