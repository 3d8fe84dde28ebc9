package org.openiomt.ble.profile.continuousglucose;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.TimeZone;
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

    private static final int MINUTES = 15;

    /** Checks the ranges. */
    public SessionStartTime {
        Objects.requireNonNull(dateTime, "dateTime");
        if (timeZoneQuarters.isPresent()
                && (timeZoneQuarters.getAsInt() <= TimeZone.UNKNOWN || timeZoneQuarters.getAsInt() > Byte.MAX_VALUE)) {
            throw new IllegalArgumentException("timeZoneQuarters out of range -127..127");
        }
        if (dstQuarters.isPresent() && (dstQuarters.getAsInt() < 0 || dstQuarters.getAsInt() >= DstOffset.UNKNOWN)) {
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
        OptionalInt zone = TimeZone.offsetMinutes(timeZoneQuarters.orElse(TimeZone.UNKNOWN));
        OptionalInt summer = DstOffset.offsetMinutes(dstQuarters.orElse(DstOffset.UNKNOWN));
        return zone.isPresent() && summer.isPresent()
                ? Optional.of(ZoneOffset.ofTotalSeconds((zone.getAsInt() + summer.getAsInt()) * 60))
                : Optional.empty();
    }

    private static SessionStartTime read(ByteReader in, E2eContext context) {
        E2e e2e = E2e.open(in, context, E2eLayout.CRC);
        ByteReader body = e2e.body();
        DeviceDateTime dateTime = DateTimeCodec.read(body, "dateTime");
        int zone = TimeZone.readCode(body);
        int dst = DstOffset.readCode(body);
        E2e.End end = e2e.end(0);
        return new SessionStartTime(
                dateTime,
                zone == TimeZone.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(zone),
                dst == DstOffset.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(dst),
                end.check(),
                end.remainder());
    }

    private static void write(SessionStartTime value, ByteWriter out, E2eContext context) {
        int start = out.size();
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        out.int8("timeZone", value.timeZoneQuarters.orElse(TimeZone.UNKNOWN));
        out.uint8("dstOffset", value.dstQuarters.orElse(DstOffset.UNKNOWN));
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
