package org.openiomt.ble.profile.continuousglucose;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * CGM Session Run Time, characteristic {@code 0x2AAB} of the Continuous Glucose Monitoring Service: how long a session lasts.
 *
 * <pre>
 * field  type    octets  present when        meaning
 * hours  uint16  2       always              h from the start of the session to its expected end
 * crc    uint16  2       {@link E2eContext}  over all octets before it
 * </pre>
 *
 * @param hours h from the start of the session to its expected end, 0 to 65,535
 * @param check what the check sum says
 * @param remainder octets before the check sum
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.5</a>
 */
public record SessionRunTime(int hours, E2eCheck check, Remainder remainder) implements Described {
    /** Reads and writes it when the feature characteristic was not read; see {@link E2eContext#NOT_KNOWN}. */
    public static final Codec<SessionRunTime> CODEC = codec(E2eContext.NOT_KNOWN);

    /** Checks the range. */
    public SessionRunTime {
        Bits.requireUnsigned("hours", hours, Short.SIZE);
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the codec for a device of which {@link CgmFeatures#e2e} is known. */
    public static Codec<SessionRunTime> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static SessionRunTime read(ByteReader in, E2eContext context) {
        E2e e2e = E2e.open(in, context, E2eLayout.CRC);
        int hours = e2e.body().uint16("hours");
        E2e.End end = e2e.end(0);
        return new SessionRunTime(hours, end.check(), end.remainder());
    }

    private static void write(SessionRunTime value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint16("hours", value.hours);
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        return E2e.describe(Fields.start().put("hours", hours), check, CODEC.encode(this))
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
