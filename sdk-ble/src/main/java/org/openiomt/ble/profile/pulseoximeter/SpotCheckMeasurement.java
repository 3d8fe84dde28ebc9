package org.openiomt.ble.profile.pulseoximeter;

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
 * PLX Spot-Check Measurement, characteristic {@code 0x2A5E} of the Pulse Oximeter Service: one reading, taken on its own.
 *
 * <pre>
 * field                       type       octets  present when  meaning
 * flags                       uint8      1       always        bit 0 time, 1 measurement status, 2 device and sensor
 *                                                              status, 3 amplitude, 4 clock not set; others kept
 * spO2Percent                 SFLOAT     2       always        %
 * pulseRate                   SFLOAT     2       always        pulses per minute
 * takenAt                     date-time  7       flags bit 0   device clock, no zone; 0 = part not known
 * measurementStatus           uint16     2       flags bit 1   see {@link OximeterStatus}; reserved bits kept
 * deviceSensorStatus          uint24     3       flags bit 2   see {@link SensorStatus}; reserved bits kept
 * pulseAmplitudeIndexPercent  SFLOAT     2       flags bit 3   %
 * </pre>
 *
 * @param oximetry saturation and pulse rate
 * @param takenAt when the device measured
 * @param clock whether the device's clock has been set
 * @param measurementStatus the bits as sent, 0 to 65,535
 * @param deviceSensorStatus the bits as sent, 0 to 16,777,215
 * @param pulseAmplitudeIndex the amplitude of the pulse in percent
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/pulse-oximeter-service-1-0-1/">PLXS, 3.1</a>
 */
public record SpotCheckMeasurement(
        Oximetry oximetry,
        Optional<DeviceDateTime> takenAt,
        Clock clock,
        OptionalInt measurementStatus,
        OptionalInt deviceSensorStatus,
        Optional<MedicalFloat> pulseAmplitudeIndex,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<SpotCheckMeasurement> CODEC =
            Codec.of(SpotCheckMeasurement::read, SpotCheckMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int TIME = 0x01;
    private static final int MEASUREMENT_STATUS = 0x02;
    private static final int SENSOR_STATUS = 0x04;
    private static final int AMPLITUDE = 0x08;
    private static final int CLOCK_NOT_SET = 0x10;
    private static final int KNOWN = TIME | MEASUREMENT_STATUS | SENSOR_STATUS | AMPLITUDE | CLOCK_NOT_SET;

    /** Whether a device's clock has been set. */
    public enum Clock {
        /** It has, or the device does not say otherwise. */
        SET,
        /** It has not: the time of the measurement means nothing by itself. */
        NOT_SET
    }

    /** Checks that all are there and in range. */
    public SpotCheckMeasurement {
        Objects.requireNonNull(oximetry, "oximetry");
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(clock, "clock");
        Bits.requireUnsigned("measurementStatus", measurementStatus, OximeterStatus.WIDTH);
        Bits.requireUnsigned("deviceSensorStatus", deviceSensorStatus, SensorStatus.WIDTH);
        Objects.requireNonNull(pulseAmplitudeIndex, "pulseAmplitudeIndex");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (takenAt.isPresent() ? TIME : 0)
                | (measurementStatus.isPresent() ? MEASUREMENT_STATUS : 0)
                | (deviceSensorStatus.isPresent() ? SENSOR_STATUS : 0)
                | (pulseAmplitudeIndex.isPresent() ? AMPLITUDE : 0)
                | (clock == Clock.NOT_SET ? CLOCK_NOT_SET : 0)
                | (int) remainder.unknownFlags();
    }

    private static SpotCheckMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new SpotCheckMeasurement(
                Oximetry.read(in, "spO2Percent", "pulseRate"),
                (flags & TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "takenAt")) : Optional.empty(),
                (flags & CLOCK_NOT_SET) != 0 ? Clock.NOT_SET : Clock.SET,
                (flags & MEASUREMENT_STATUS) != 0 ? OptionalInt.of(OximeterStatus.read(in)) : OptionalInt.empty(),
                (flags & SENSOR_STATUS) != 0 ? OptionalInt.of(SensorStatus.read(in)) : OptionalInt.empty(),
                (flags & AMPLITUDE) != 0 ? Optional.of(in.sfloat("pulseAmplitudeIndexPercent")) : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(SpotCheckMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.oximetry.write(out, "spO2Percent", "pulseRate");
        value.takenAt.ifPresent(time -> DateTimeCodec.write(out, "takenAt", time));
        value.measurementStatus.ifPresent(bits -> out.uint16("measurementStatus", bits));
        value.deviceSensorStatus.ifPresent(bits -> out.uint24("deviceSensorStatus", bits));
        value.pulseAmplitudeIndex.ifPresent(index -> out.sfloat("pulseAmplitudeIndexPercent", index));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("spO2Percent", oximetry.spO2())
                .put("pulseRate", oximetry.pulseRate())
                .put("takenAt", takenAt);
        measurementStatus.ifPresent(bits -> fields.bits("measurementStatus", bits, OximeterStatus.WIDTH));
        deviceSensorStatus.ifPresent(bits -> fields.bits("deviceSensorStatus", bits, SensorStatus.WIDTH));
        return fields.put("pulseAmplitudeIndexPercent", pulseAmplitudeIndex)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
