package org.openiomt.ble.profile.continuousglucose;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * CGM Status, characteristic {@code 0x2AA9} of the Continuous Glucose Monitoring Service.
 *
 * <pre>
 * field                   type    octets  present when        meaning
 * timeOffsetMinutes       uint16  2       always              minutes since the session began
 * status                  uint8   1       always              see {@link CgmFinding}; reserved bits kept
 * calibrationTemperature  uint8   1       always              see {@link CgmFinding}; reserved bits kept
 * warning                 uint8   1       always              see {@link CgmFinding}
 * crc                     uint16  2       {@link E2eContext}  over all octets before it
 * </pre>
 *
 * @param timeOffsetMinutes minutes since the session began, 0 to 65,535
 * @param bits the three octets as sent, status lowest, 24 bits
 * @param check what the check sum says
 * @param remainder octets before the check sum
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.3</a>
 */
public record CgmStatus(int timeOffsetMinutes, int bits, E2eCheck check, Remainder remainder) implements Described {
    /** Reads and writes it when the feature characteristic was not read; see {@link E2eContext#NOT_KNOWN}. */
    public static final Codec<CgmStatus> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int BITS_WIDTH = 24;
    private static final int OCTET_WIDTH = 8;
    private static final int OCTET = 0xFF;

    /** Checks the ranges. */
    public CgmStatus {
        Bits.requireUnsigned("timeOffsetMinutes", timeOffsetMinutes, Short.SIZE);
        Bits.requireUnsigned("bits", bits, BITS_WIDTH);
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a status with these findings. */
    public static CgmStatus of(int timeOffsetMinutes, Set<CgmFinding> findings, E2eCheck check) {
        return new CgmStatus(timeOffsetMinutes, (int) Bits.mask(findings), check, Remainder.NONE);
    }

    /** Returns the codec for a device of which {@link CgmFeatures#e2e} is known. */
    public static Codec<CgmStatus> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    /** Returns what the sensor found. */
    public Set<CgmFinding> findings() {
        return Bits.set(CgmFinding.class, bits);
    }

    private static CgmStatus read(ByteReader in, E2eContext context) {
        E2e e2e = E2e.open(in, context, E2eLayout.CRC);
        ByteReader body = e2e.body();
        int minutes = body.uint16("timeOffsetMinutes");
        int status = CgmFinding.readOctet(body, "status", 0);
        int calibration = CgmFinding.readOctet(body, "calibrationTemperature", CgmFinding.CALIBRATION_SHIFT);
        int warning = CgmFinding.readOctet(body, "warning", CgmFinding.WARNING_SHIFT);
        E2e.End end = e2e.end(0);
        int bits = status | calibration << CgmFinding.CALIBRATION_SHIFT | warning << CgmFinding.WARNING_SHIFT;
        return new CgmStatus(minutes, bits, end.check(), end.remainder());
    }

    private static void write(CgmStatus value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint16("timeOffsetMinutes", value.timeOffsetMinutes);
        out.uint24("status", value.bits);
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("timeOffsetMinutes", timeOffsetMinutes)
                .bits("status", bits & OCTET, OCTET_WIDTH)
                .bits("calibrationTemperature", bits >> CgmFinding.CALIBRATION_SHIFT & OCTET, OCTET_WIDTH)
                .bits("warning", bits >> CgmFinding.WARNING_SHIFT & OCTET, OCTET_WIDTH);
        return E2e.describe(fields, check, CODEC.encode(this))
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
