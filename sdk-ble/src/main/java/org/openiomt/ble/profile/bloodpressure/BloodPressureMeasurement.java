package org.openiomt.ble.profile.bloodpressure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Blood Pressure Measurement, characteristic {@code 0x2A35} of the Blood Pressure Service.
 *
 * <pre>
 * field                 type       octets  present when  meaning
 * flags                 uint8      1       always        bit 0 unit, 1 time, 2 pulse, 3 user, 4 status; others kept
 * systolic              SFLOAT     2       always        in mmHg (bit 0 = 0) or kPa (bit 0 = 1); NaN = failed
 * diastolic             SFLOAT     2       always        as systolic
 * meanArterialPressure  SFLOAT     2       always        as systolic
 * takenAt               date-time  7       flags bit 1   device clock, no zone; 0 = part not known
 * pulseRate             SFLOAT     2       flags bit 2   beats per minute
 * userId                uint8      1       flags bit 3   the device's number of the person; 255 = not known
 * status                uint16     2       flags bit 4   see {@link BloodPressureStatus}; reserved bits kept
 * </pre>
 *
 * @param unit the unit of all three pressures
 * @param systolic the systolic pressure
 * @param diastolic the diastolic pressure
 * @param meanArterialPressure the mean pressure; NaN on devices that do not measure it
 * @param takenAt when the device measured
 * @param pulseRate beats per minute
 * @param userId the device's number of the person, 0 to 255; see {@link #UNKNOWN_USER}
 * @param status what disturbed the measurement
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS, 3.1</a>
 */
public record BloodPressureMeasurement(
        PressureUnit unit,
        MedicalFloat systolic,
        MedicalFloat diastolic,
        MedicalFloat meanArterialPressure,
        Optional<DeviceDateTime> takenAt,
        Optional<MedicalFloat> pulseRate,
        OptionalInt userId,
        Optional<BloodPressureStatus> status,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BloodPressureMeasurement> CODEC =
            Codec.of(BloodPressureMeasurement::read, BloodPressureMeasurement::write);

    /** The {@link #userId} of a person whom the device does not know. */
    public static final int UNKNOWN_USER = 0xFF;

    private static final int FLAGS_WIDTH = 8;

    private static final List<String> PRESSURES = List.of("systolic", "diastolic", "meanArterialPressure");
    private static final int KILOPASCAL = 0x01;
    private static final int TIME = 0x02;
    private static final int PULSE = 0x04;
    private static final int USER = 0x08;
    private static final int STATUS = 0x10;
    private static final int KNOWN = KILOPASCAL | TIME | PULSE | USER | STATUS;

    /** Checks that all are there and in range. */
    public BloodPressureMeasurement {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(systolic, "systolic");
        Objects.requireNonNull(diastolic, "diastolic");
        Objects.requireNonNull(meanArterialPressure, "meanArterialPressure");
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(pulseRate, "pulseRate");
        Bits.requireUnsigned("userId", userId, 8);
        Objects.requireNonNull(status, "status");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (unit == PressureUnit.KPA ? KILOPASCAL : 0)
                | (takenAt.isPresent() ? TIME : 0)
                | (pulseRate.isPresent() ? PULSE : 0)
                | (userId.isPresent() ? USER : 0)
                | (status.isPresent() ? STATUS : 0)
                | (int) remainder.unknownFlags();
    }

    private static BloodPressureMeasurement read(ByteReader in) {
        return read(in, PRESSURES);
    }

    /** Reads this layout with these names for the three pressures. */
    static BloodPressureMeasurement read(ByteReader in, List<String> pressures) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new BloodPressureMeasurement(
                (flags & KILOPASCAL) != 0 ? PressureUnit.KPA : PressureUnit.MMHG,
                in.sfloat(pressures.get(0)),
                in.sfloat(pressures.get(1)),
                in.sfloat(pressures.get(2)),
                (flags & TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "takenAt")) : Optional.empty(),
                (flags & PULSE) != 0 ? Optional.of(in.sfloat("pulseRate")) : Optional.empty(),
                (flags & USER) != 0 ? OptionalInt.of(in.uint8("userId")) : OptionalInt.empty(),
                (flags & STATUS) != 0 ? Optional.of(BloodPressureStatus.read(in)) : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(BloodPressureMeasurement value, ByteWriter out) {
        write(value, out, PRESSURES);
    }

    /** Writes this layout with these names for the three pressures. */
    static void write(BloodPressureMeasurement value, ByteWriter out, List<String> pressures) {
        out.uint8("flags", value.flags());
        out.sfloat(pressures.get(0), value.systolic);
        out.sfloat(pressures.get(1), value.diastolic);
        out.sfloat(pressures.get(2), value.meanArterialPressure);
        value.takenAt.ifPresent(time -> DateTimeCodec.write(out, "takenAt", time));
        value.pulseRate.ifPresent(pulse -> out.sfloat("pulseRate", pulse));
        value.userId.ifPresent(user -> out.uint8("userId", user));
        value.status.ifPresent(found -> out.uint16("status", found.bits()));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return fields(PRESSURES);
    }

    /** Returns the fields with these names for the three pressures. */
    Map<String, Object> fields(List<String> pressures) {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("unit", unit)
                .put(pressures.get(0), systolic)
                .put(pressures.get(1), diastolic)
                .put(pressures.get(2), meanArterialPressure)
                .put("takenAt", takenAt)
                .put("pulseRate", pulseRate)
                .put("userId", userId)
                .put("status", status.map(found -> Fields.hex(found.bits(), BloodPressureStatus.WIDTH)))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
