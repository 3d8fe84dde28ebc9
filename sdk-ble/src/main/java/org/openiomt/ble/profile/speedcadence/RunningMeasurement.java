package org.openiomt.ble.profile.speedcadence;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * RSC Measurement, characteristic {@code 0x2A53} of the Running Speed and Cadence Service.
 *
 * <pre>
 * field                   type    octets  present when  meaning
 * flags                   uint8   1       always        bit 0 stride, 1 distance, 2 running (not walking); others kept
 * speed256                uint16  2       always        1/256 m/s
 * cadence                 uint8   1       always        1/min
 * strideLengthCentimetre  uint16  2       flags bit 0   cm
 * totalDistanceDecimetre  uint32  4       flags bit 1   0.1 m
 * </pre>
 *
 * @param speed256 the speed in 1/256 m/s, 0 to 65,535; see {@link #speed()}
 * @param cadence how often a minute, 0 to 255
 * @param strideLengthCentimetre the length of a stride in cm, 0 to 65,535
 * @param totalDistanceDecimetre the distance in 0.1 m, 0 to 4,294,967,295
 * @param isRunning true for running, false for walking; a sensor that cannot tell says false, see {@link RunningFeature}
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/running-speed-and-cadence-service-1-0/">RSCS 1.0, 3.1</a>
 */
public record RunningMeasurement(
        int speed256,
        int cadence,
        OptionalInt strideLengthCentimetre,
        OptionalLong totalDistanceDecimetre,
        boolean isRunning,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<RunningMeasurement> CODEC = Codec.of(RunningMeasurement::read, RunningMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int STRIDE = 0x01;
    private static final int DISTANCE = 0x02;
    private static final int RUNNING = 0x04;
    private static final int KNOWN = STRIDE | DISTANCE | RUNNING;

    /** 1/256 m/s is 390,625 x 10<sup>-8</sup> m/s. */
    private static final long SPEED_STEP = 390_625;

    private static final int SPEED_EXPONENT = -8;

    /** Checks the ranges. */
    public RunningMeasurement {
        Bits.requireUnsigned("speed256", speed256, Short.SIZE);
        Bits.requireUnsigned("cadence", cadence, Byte.SIZE);
        Bits.requireUnsigned("strideLengthCentimetre", strideLengthCentimetre, Short.SIZE);
        totalDistanceDecimetre.ifPresent(
                distance -> Bits.requireUnsigned("totalDistanceDecimetre", distance, Integer.SIZE));
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the speed in m/s exactly; its decimals are not the sensor's resolution, which is 1/256 m/s. */
    public MedicalFloat speed() {
        return MedicalFloat.of(speed256 * SPEED_STEP, SPEED_EXPONENT);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (strideLengthCentimetre.isPresent() ? STRIDE : 0)
                | (totalDistanceDecimetre.isPresent() ? DISTANCE : 0)
                | (isRunning ? RUNNING : 0)
                | (int) remainder.unknownFlags();
    }

    private static RunningMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new RunningMeasurement(
                in.uint16("speed256"),
                in.uint8("cadence"),
                (flags & STRIDE) != 0 ? OptionalInt.of(in.uint16("strideLengthCentimetre")) : OptionalInt.empty(),
                (flags & DISTANCE) != 0 ? OptionalLong.of(in.uint32("totalDistanceDecimetre")) : OptionalLong.empty(),
                (flags & RUNNING) != 0,
                in.remainder(unknown));
    }

    private static void write(RunningMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("speed256", value.speed256);
        out.uint8("cadence", value.cadence);
        value.strideLengthCentimetre.ifPresent(stride -> out.uint16("strideLengthCentimetre", stride));
        value.totalDistanceDecimetre.ifPresent(distance -> out.uint32("totalDistanceDecimetre", distance));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("speed256", speed256)
                .put("cadence", cadence)
                .put("strideLengthCentimetre", strideLengthCentimetre)
                .put("totalDistanceDecimetre", totalDistanceDecimetre)
                .put("running", isRunning)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
