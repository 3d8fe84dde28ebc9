package org.openiomt.ble.profile.pulseoximeter;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * PLX Continuous Measurement, characteristic {@code 0x2A5F} of the Pulse Oximeter Service: one of many readings, without a
 * time of its own.
 *
 * <pre>
 * field                       type    octets  present when  meaning
 * flags                       uint8   1       always        bit 0 fast, 1 slow, 2 measurement status, 3 device and
 *                                                           sensor status, 4 amplitude; others kept
 * spO2Percent                 SFLOAT  2       always        %, averaged as the device usually does
 * pulseRate                   SFLOAT  2       always        pulses per minute
 * spO2FastPercent             SFLOAT  2       flags bit 0   %, averaged over a shorter time
 * pulseRateFast               SFLOAT  2       flags bit 0   pulses per minute
 * spO2SlowPercent             SFLOAT  2       flags bit 1   %, averaged over a longer time
 * pulseRateSlow               SFLOAT  2       flags bit 1   pulses per minute
 * measurementStatus           uint16  2       flags bit 2   see {@link OximeterStatus}; reserved bits kept
 * deviceSensorStatus          uint24  3       flags bit 3   see {@link SensorStatus}; reserved bits kept
 * pulseAmplitudeIndexPercent  SFLOAT  2       flags bit 4   %
 * </pre>
 *
 * @param normal saturation and pulse rate
 * @param fast the same, averaged over a shorter time
 * @param slow the same, averaged over a longer time
 * @param measurementStatus the bits as sent, 0 to 65,535
 * @param deviceSensorStatus the bits as sent, 0 to 16,777,215
 * @param pulseAmplitudeIndex the amplitude of the pulse in percent
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/pulse-oximeter-service-1-0-1/">PLXS, 3.2</a>
 */
public record ContinuousMeasurement(
        Oximetry normal,
        Optional<Oximetry> fast,
        Optional<Oximetry> slow,
        OptionalInt measurementStatus,
        OptionalInt deviceSensorStatus,
        Optional<MedicalFloat> pulseAmplitudeIndex,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ContinuousMeasurement> CODEC =
            Codec.of(ContinuousMeasurement::read, ContinuousMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int FAST = 0x01;
    private static final int SLOW = 0x02;
    private static final int MEASUREMENT_STATUS = 0x04;
    private static final int SENSOR_STATUS = 0x08;
    private static final int AMPLITUDE = 0x10;
    private static final int KNOWN = FAST | SLOW | MEASUREMENT_STATUS | SENSOR_STATUS | AMPLITUDE;

    /** Checks that all are there and in range. */
    public ContinuousMeasurement {
        Objects.requireNonNull(normal, "normal");
        Objects.requireNonNull(fast, "fast");
        Objects.requireNonNull(slow, "slow");
        Bits.requireUnsigned("measurementStatus", measurementStatus, OximeterStatus.WIDTH);
        Bits.requireUnsigned("deviceSensorStatus", deviceSensorStatus, SensorStatus.WIDTH);
        Objects.requireNonNull(pulseAmplitudeIndex, "pulseAmplitudeIndex");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns saturation and pulse rate with nothing else said. */
    public static ContinuousMeasurement of(Oximetry normal) {
        return new ContinuousMeasurement(
                normal,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (fast.isPresent() ? FAST : 0)
                | (slow.isPresent() ? SLOW : 0)
                | (measurementStatus.isPresent() ? MEASUREMENT_STATUS : 0)
                | (deviceSensorStatus.isPresent() ? SENSOR_STATUS : 0)
                | (pulseAmplitudeIndex.isPresent() ? AMPLITUDE : 0)
                | (int) remainder.unknownFlags();
    }

    private static ContinuousMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new ContinuousMeasurement(
                Oximetry.read(in, "spO2Percent", "pulseRate"),
                (flags & FAST) != 0
                        ? Optional.of(Oximetry.read(in, "spO2FastPercent", "pulseRateFast"))
                        : Optional.empty(),
                (flags & SLOW) != 0
                        ? Optional.of(Oximetry.read(in, "spO2SlowPercent", "pulseRateSlow"))
                        : Optional.empty(),
                (flags & MEASUREMENT_STATUS) != 0 ? OptionalInt.of(OximeterStatus.read(in)) : OptionalInt.empty(),
                (flags & SENSOR_STATUS) != 0 ? OptionalInt.of(SensorStatus.read(in)) : OptionalInt.empty(),
                (flags & AMPLITUDE) != 0 ? Optional.of(in.sfloat("pulseAmplitudeIndexPercent")) : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(ContinuousMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.normal.write(out, "spO2Percent", "pulseRate");
        value.fast.ifPresent(pair -> pair.write(out, "spO2FastPercent", "pulseRateFast"));
        value.slow.ifPresent(pair -> pair.write(out, "spO2SlowPercent", "pulseRateSlow"));
        value.measurementStatus.ifPresent(bits -> out.uint16("measurementStatus", bits));
        value.deviceSensorStatus.ifPresent(bits -> out.uint24("deviceSensorStatus", bits));
        value.pulseAmplitudeIndex.ifPresent(index -> out.sfloat("pulseAmplitudeIndexPercent", index));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("spO2Percent", normal.spO2())
                .put("pulseRate", normal.pulseRate())
                .put("spO2FastPercent", fast.map(Oximetry::spO2))
                .put("pulseRateFast", fast.map(Oximetry::pulseRate))
                .put("spO2SlowPercent", slow.map(Oximetry::spO2))
                .put("pulseRateSlow", slow.map(Oximetry::pulseRate));
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
