package org.openiomt.ble.profile.bloodpressure;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * What the enhanced characteristics of version 1.1 of the Blood Pressure Service say beside their pressures.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * flags           uint8   1       always        bit 0 unit, 1 time, 2 pulse, 3 user, 4 status, 5 user-facing time, 6 epoch; bit 7 kept
 * ...                                           the pressures
 * takenAt         uint32  4       flags bit 1   s of the device's clock since the epoch: 1900 (bit 6 = 0) or 2000 (bit 6 = 1)
 * pulseRate       SFLOAT  2       flags bit 2   beats per minute
 * userId          uint8   1       flags bit 3   the device's number of the person; 255 = not known
 * status          uint16  2       flags bit 4   see {@link BloodPressureStatus}; reserved bits kept
 * userFacingTime  uint32  4       flags bit 5   s of the clock that the person sees, since the epoch
 * </pre>
 *
 * @param unit the unit of the pressures
 * @param epoch from when the times are counted
 * @param takenAt when the device measured, by a clock that the person does not set
 * @param pulseRate beats per minute
 * @param userId the device's number of the person, 0 to 255; see {@link BloodPressureMeasurement#UNKNOWN_USER}
 * @param status what disturbed the measurement
 * @param userFacingTime when the device measured, by the clock that the person sees
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS 1.1</a>
 */
public record EnhancedDetails(
        PressureUnit unit,
        Epoch epoch,
        Optional<DeviceDateTime> takenAt,
        Optional<MedicalFloat> pulseRate,
        OptionalInt userId,
        Optional<BloodPressureStatus> status,
        Optional<DeviceDateTime> userFacingTime) {

    static final int FLAGS_WIDTH = 8;
    static final int KNOWN = 0x7F;

    private static final int KILOPASCAL = 0x01;
    private static final int TIME = 0x02;
    private static final int PULSE = 0x04;
    private static final int USER = 0x08;
    private static final int STATUS = 0x10;
    private static final int USER_FACING_TIME = 0x20;
    private static final int SINCE_2000 = 0x40;

    /** Checks that all are there, in range and within the epoch. */
    public EnhancedDetails {
        Objects.requireNonNull(unit, "unit");
        Epoch start = Objects.requireNonNull(epoch, "epoch");
        takenAt.ifPresent(time -> start.secondsTo("takenAt", time));
        Objects.requireNonNull(pulseRate, "pulseRate");
        Bits.requireUnsigned("userId", userId, 8);
        Objects.requireNonNull(status, "status");
        userFacingTime.ifPresent(time -> start.secondsTo("userFacingTime", time));
    }

    /** Returns the unit alone. */
    public static EnhancedDetails of(PressureUnit unit) {
        return new EnhancedDetails(
                unit,
                Epoch.YEAR_2000,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    int flags(Remainder remainder) {
        return (unit == PressureUnit.KPA ? KILOPASCAL : 0)
                | (takenAt.isPresent() ? TIME : 0)
                | (pulseRate.isPresent() ? PULSE : 0)
                | (userId.isPresent() ? USER : 0)
                | (status.isPresent() ? STATUS : 0)
                | (userFacingTime.isPresent() ? USER_FACING_TIME : 0)
                | (epoch == Epoch.YEAR_2000 ? SINCE_2000 : 0)
                | (int) remainder.unknownFlags();
    }

    static EnhancedDetails read(ByteReader in, int flags) {
        Epoch epoch = (flags & SINCE_2000) != 0 ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
        return new EnhancedDetails(
                (flags & KILOPASCAL) != 0 ? PressureUnit.KPA : PressureUnit.MMHG,
                epoch,
                (flags & TIME) != 0 ? Optional.of(epoch.after(in.uint32("takenAt"))) : Optional.empty(),
                (flags & PULSE) != 0 ? Optional.of(in.sfloat("pulseRate")) : Optional.empty(),
                (flags & USER) != 0 ? OptionalInt.of(in.uint8("userId")) : OptionalInt.empty(),
                (flags & STATUS) != 0 ? Optional.of(BloodPressureStatus.read(in)) : Optional.empty(),
                (flags & USER_FACING_TIME) != 0
                        ? Optional.of(epoch.after(in.uint32("userFacingTime")))
                        : Optional.empty());
    }

    void write(ByteWriter out) {
        takenAt.ifPresent(time -> out.uint32("takenAt", epoch.secondsTo("takenAt", time)));
        pulseRate.ifPresent(pulse -> out.sfloat("pulseRate", pulse));
        userId.ifPresent(user -> out.uint8("userId", user));
        status.ifPresent(found -> out.uint16("status", found.bits()));
        userFacingTime.ifPresent(time -> out.uint32("userFacingTime", epoch.secondsTo("userFacingTime", time)));
    }

    Fields describe(Fields fields) {
        return fields.put("takenAt", takenAt)
                .put("pulseRate", pulseRate)
                .put("userId", userId)
                .put("status", status.map(found -> Fields.hex(found.bits(), BloodPressureStatus.WIDTH)))
                .put("userFacingTime", userFacingTime);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "EnhancedDetails[]";
    }
}
