package org.openiomt.ble.profile.environment;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Environmental Sensing Measurement, descriptor {@code 0x290C}: how and where a characteristic is measured.
 *
 * <pre>
 * field                    type    octets  present when  meaning
 * flags                    uint16  2       always        all bits are reserved; kept
 * samplingFunction         uint8   1       always        see {@link Sampling}; others kept as a raw code
 * measurementPeriodSecond  uint24  3       always        time over which samples are taken; 0 = not said
 * updateIntervalSecond     uint24  3       always        time between values; 0 = not said
 * application              uint8   1       always        see {@link Application}; others kept as a raw code
 * uncertainty              uint8   1       always        in 0.5 %; 0xFF = not said, NaN
 * </pre>
 *
 * @param samplingFunction the code as sent, 0 to 255; see {@link #sampling()}
 * @param measurementPeriodSecond 0 to 16,777,215; 0 = not said
 * @param updateIntervalSecond 0 to 16,777,215; 0 = not said
 * @param applicationCode the code as sent, 0 to 255; see {@link #application()}
 * @param uncertaintyPercent of the value, a multiple of 0.5; NaN when the sensor does not say
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1.2.1</a>
 */
public record EnvironmentalMeasurement(
        int samplingFunction,
        int measurementPeriodSecond,
        int updateIntervalSecond,
        int applicationCode,
        MedicalFloat uncertaintyPercent,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<EnvironmentalMeasurement> CODEC =
            Codec.of(EnvironmentalMeasurement::read, EnvironmentalMeasurement::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int SECONDS_WIDTH = 24;
    private static final Codes<Sampling> SAMPLINGS = Codes.of("samplingFunction", Sampling.class, 0);
    private static final Codes<Application> APPLICATIONS = Codes.of("application", Application.class, 0);
    private static final Scalar UNCERTAINTY =
            Scalar.of(IntegerForm.UINT8, "uncertaintyPercent", "0.5 %").unknown(0xFF);

    /** How samples become one value, in the order of the codes. */
    public enum Sampling {
        /** The sensor does not say. */
        UNSPECIFIED,
        /** One sample. */
        INSTANTANEOUS,
        /** The mean of the samples. */
        ARITHMETIC_MEAN,
        /** The root of the mean of their squares. */
        ROOT_MEAN_SQUARE,
        /** The largest sample. */
        MAXIMUM,
        /** The smallest sample. */
        MINIMUM,
        /** Their sum. */
        ACCUMULATED,
        /** Their number. */
        COUNT
    }

    /** What is measured, or where, in the order of the codes. */
    public enum Application {
        /** The sensor does not say. */
        UNSPECIFIED,
        /** Air. */
        AIR,
        /** Water. */
        WATER,
        /** By the pressure of the air. */
        BAROMETRIC,
        /** Soil. */
        SOIL,
        /** By infrared. */
        INFRARED,
        /** From a map. */
        MAP_DATABASE,
        /** Elevation by the pressure of the air. */
        BAROMETRIC_ELEVATION_SOURCE,
        /** Elevation by satellites. */
        GPS_ONLY_ELEVATION_SOURCE,
        /** Elevation by satellites and a map. */
        GPS_AND_MAP_DATABASE_ELEVATION_SOURCE,
        /** Elevation by a vertical datum. */
        VERTICAL_DATUM_ELEVATION_SOURCE,
        /** On land. */
        ONSHORE,
        /** On a vessel or vehicle. */
        ONBOARD_VESSEL_OR_VEHICLE,
        /** At the front. */
        FRONT,
        /** At the back. */
        BACK_OR_REAR,
        /** In the upper part. */
        UPPER,
        /** In the lower part. */
        LOWER,
        /** The first of its kind. */
        PRIMARY,
        /** The second of its kind. */
        SECONDARY,
        /** Out of doors. */
        OUTDOOR,
        /** In a building. */
        INDOOR,
        /** At the top. */
        TOP,
        /** At the bottom. */
        BOTTOM,
        /** The main one. */
        MAIN,
        /** The spare one. */
        BACKUP,
        /** One that helps. */
        AUXILIARY,
        /** One that adds. */
        SUPPLEMENTARY,
        /** Within something. */
        INSIDE,
        /** Around something. */
        OUTSIDE,
        /** On the left. */
        LEFT,
        /** On the right. */
        RIGHT,
        /** Within the device. */
        INTERNAL,
        /** Apart from the device. */
        EXTERNAL,
        /** Of the sun. */
        SOLAR
    }

    /** Checks the ranges. */
    public EnvironmentalMeasurement {
        Bits.requireUnsigned("samplingFunction", samplingFunction, Byte.SIZE);
        Bits.requireUnsigned("measurementPeriodSecond", measurementPeriodSecond, SECONDS_WIDTH);
        Bits.requireUnsigned("updateIntervalSecond", updateIntervalSecond, SECONDS_WIDTH);
        Bits.requireUnsigned("application", applicationCode, Byte.SIZE);
        uncertaintyPercent = UNCERTAINTY.atResolution(uncertaintyPercent);
        Bits.requireUnsigned("flags", remainder.unknownFlags(), FLAGS_WIDTH);
    }

    /** Returns how samples become one value, or empty when the standard reserves the code. */
    public Optional<Sampling> sampling() {
        return SAMPLINGS.meaning(samplingFunction);
    }

    /** Returns what is measured, or where, or empty when the standard reserves the code. */
    public Optional<Application> application() {
        return APPLICATIONS.meaning(applicationCode);
    }

    private static EnvironmentalMeasurement read(ByteReader in) {
        int at = in.offset();
        long unknown = in.unknownBits("flags", at, in.uint16("flags"), 0);
        return new EnvironmentalMeasurement(
                SAMPLINGS.read(in),
                in.uint24("measurementPeriodSecond"),
                in.uint24("updateIntervalSecond"),
                APPLICATIONS.read(in),
                UNCERTAINTY.read(in),
                in.remainder(unknown));
    }

    private static void write(EnvironmentalMeasurement value, ByteWriter out) {
        out.uint16("flags", value.remainder.unknownFlags());
        SAMPLINGS.write(out, value.samplingFunction);
        out.uint24("measurementPeriodSecond", value.measurementPeriodSecond);
        out.uint24("updateIntervalSecond", value.updateIntervalSecond);
        APPLICATIONS.write(out, value.applicationCode);
        UNCERTAINTY.write(out, value.uncertaintyPercent);
        value.remainder.writeTo(out);
    }

    private static OptionalInt said(int seconds) {
        return seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds);
    }

    /** Returns the fields; times that the sensor does not say are left out. */
    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("samplingFunction", samplingFunction)
                .put("sampling", sampling())
                .put("measurementPeriodSecond", said(measurementPeriodSecond))
                .put("updateIntervalSecond", said(updateIntervalSecond))
                .put("applicationCode", applicationCode)
                .put("application", application())
                .put("uncertaintyPercent", uncertaintyPercent)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
