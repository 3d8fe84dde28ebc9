package org.openiomt.ble.profile.glucose;

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
 * Glucose Measurement, characteristic {@code 0x2A18} of the Glucose Service: one stored record.
 *
 * <pre>
 * field              type       octets  present when  meaning
 * flags              uint8      1       always        bit 0 offset, 1 sample, 2 unit, 3 status, 4 context; others kept
 * sequenceNumber     uint16     2       always        the record's number in the meter; never used again
 * baseTime           date-time  7       always        the meter's own clock, no zone; 0 = part not known
 * timeOffsetMinutes  sint16     2       flags bit 0   minutes from the base time to the time that the user sees
 * concentration      SFLOAT     2       flags bit 1   in kg/L (bit 2 = 0) or mol/L (bit 2 = 1)
 * type               uint4      1       flags bit 1   low half: 1 capillary whole blood .. 10 control; others kept
 * sampleLocation     uint4              flags bit 1   high half: 1 finger .. 4 control, 15 not available; others kept
 * status             uint16     2       flags bit 3   see {@link GlucoseStatus}; reserved bits kept
 * </pre>
 *
 * @param sequenceNumber the record's number, 0 to 65,535
 * @param baseTime the meter's own clock, which the user does not set
 * @param timeOffsetMinutes what is added for the time that the user sees, -32,768 to 32,767
 * @param unit the unit of the concentration
 * @param sample the concentration, and of what
 * @param status the bits as sent, 0 to 65,535
 * @param context whether the meter announces a {@link GlucoseMeasurementContext} of the same number
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/glucose-service-1-0-1/">GLS, 3.1</a>
 */
public record GlucoseMeasurement(
        int sequenceNumber,
        DeviceDateTime baseTime,
        OptionalInt timeOffsetMinutes,
        Unit unit,
        Optional<Sample> sample,
        OptionalInt status,
        Context context,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<GlucoseMeasurement> CODEC = Codec.of(GlucoseMeasurement::read, GlucoseMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int OFFSET = 0x01;
    private static final int SAMPLE = 0x02;
    private static final int MOL_PER_LITRE = 0x04;
    private static final int STATUS = 0x08;
    private static final int CONTEXT = 0x10;
    private static final int KNOWN = OFFSET | SAMPLE | MOL_PER_LITRE | STATUS | CONTEXT;

    /** The unit of a concentration. */
    public enum Unit {
        /** Kilograms per litre: 10<sup>5</sup> mg/dL. */
        KG_PER_L("kg/L"),
        /** Moles per litre: 10<sup>3</sup> mmol/L. */
        MOL_PER_L("mol/L");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        /** Returns {@code kg/L} or {@code mol/L}. */
        @Override
        public String toString() {
            return symbol;
        }
    }

    /** Whether a context follows. */
    public enum Context {
        /** None is announced. */
        NONE,
        /** The meter sends it on its own, perhaps later. */
        FOLLOWS
    }

    /**
     * A concentration, and of what.
     *
     * <pre>
     * type  1 capillary whole blood   sampleLocation   1 finger
     *       2 capillary plasma                         2 alternate site
     *       3 venous whole blood                       3 earlobe
     *       4 venous plasma                            4 control solution
     *       5 arterial whole blood                    15 not available
     *       6 arterial plasma
     *       7 undetermined whole blood
     *       8 undetermined plasma
     *       9 interstitial fluid
     *      10 control solution
     * </pre>
     *
     * @param concentration how much; NaN when there is no result
     * @param type of what, 0 to 15
     * @param location from where, 0 to 15
     */
    public record Sample(MedicalFloat concentration, int type, int location) {
        /** The type of a control solution, which is nobody's blood. */
        public static final int TYPE_CONTROL_SOLUTION = 10;

        /** The location of a control solution. */
        public static final int LOCATION_CONTROL_SOLUTION = 4;

        /** The location of a sample of which the meter does not know it. */
        public static final int LOCATION_NOT_AVAILABLE = 15;

        private static final int NIBBLE = 4;
        private static final int NIBBLE_MASK = 0x0F;

        /** Checks the ranges. */
        public Sample {
            Objects.requireNonNull(concentration, "concentration");
            Bits.requireUnsigned("type", type, NIBBLE);
            Bits.requireUnsigned("sampleLocation", location, NIBBLE);
        }

        /** Whether this is the test of a control solution and nobody's reading. */
        public boolean isControl() {
            return type == TYPE_CONTROL_SOLUTION || location == LOCATION_CONTROL_SOLUTION;
        }

        private static Sample read(ByteReader in) {
            MedicalFloat concentration = in.sfloat("concentration");
            int at = in.offset();
            int both = in.uint8("type");
            int type = both & NIBBLE_MASK;
            int location = both >> NIBBLE;
            if (type == 0 || type > TYPE_CONTROL_SOLUTION) {
                in.unforeseen("type", at, "unknown code " + type);
            }
            if (location != LOCATION_NOT_AVAILABLE && (location == 0 || location > LOCATION_CONTROL_SOLUTION)) {
                in.unforeseen("sampleLocation", at, "unknown code " + location);
            }
            return new Sample(concentration, type, location);
        }

        private void write(ByteWriter out) {
            out.sfloat("concentration", concentration);
            out.uint8("type", type | location << NIBBLE);
        }

        /** Hides the reading. */
        @Override
        public String toString() {
            return "Sample[]";
        }
    }

    /** Checks that all are there and in range. */
    public GlucoseMeasurement {
        Bits.requireUnsigned("sequenceNumber", sequenceNumber, Short.SIZE);
        Objects.requireNonNull(baseTime, "baseTime");
        if (timeOffsetMinutes.isPresent() && (short) timeOffsetMinutes.getAsInt() != timeOffsetMinutes.getAsInt()) {
            throw new IllegalArgumentException("timeOffsetMinutes out of range -32768..32767");
        }
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(sample, "sample");
        Bits.requireUnsigned("status", status, GlucoseStatus.WIDTH);
        Objects.requireNonNull(context, "context");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (timeOffsetMinutes.isPresent() ? OFFSET : 0)
                | (sample.isPresent() ? SAMPLE : 0)
                | (unit == Unit.MOL_PER_L ? MOL_PER_LITRE : 0)
                | (status.isPresent() ? STATUS : 0)
                | (context == Context.FOLLOWS ? CONTEXT : 0)
                | (int) remainder.unknownFlags();
    }

    private static GlucoseMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new GlucoseMeasurement(
                in.uint16("sequenceNumber"),
                DateTimeCodec.read(in, "baseTime"),
                (flags & OFFSET) != 0 ? OptionalInt.of(in.int16("timeOffsetMinutes")) : OptionalInt.empty(),
                (flags & MOL_PER_LITRE) != 0 ? Unit.MOL_PER_L : Unit.KG_PER_L,
                (flags & SAMPLE) != 0 ? Optional.of(Sample.read(in)) : Optional.empty(),
                (flags & STATUS) != 0 ? OptionalInt.of(readStatus(in)) : OptionalInt.empty(),
                (flags & CONTEXT) != 0 ? Context.FOLLOWS : Context.NONE,
                in.remainder(unknown));
    }

    private static int readStatus(ByteReader in) {
        int at = in.offset();
        int bits = in.uint16("status");
        in.unknownBits("status", at, bits, Bits.known(GlucoseStatus.class));
        return bits;
    }

    private static void write(GlucoseMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("sequenceNumber", value.sequenceNumber);
        DateTimeCodec.write(out, "baseTime", value.baseTime);
        value.timeOffsetMinutes.ifPresent(minutes -> out.int16("timeOffsetMinutes", minutes));
        value.sample.ifPresent(sample -> sample.write(out));
        value.status.ifPresent(bits -> out.uint16("status", bits));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("sequenceNumber", sequenceNumber)
                .put("baseTime", baseTime)
                .put("timeOffsetMinutes", timeOffsetMinutes)
                .put("concentration", sample.map(Sample::concentration))
                .put("unit", sample.map(present -> unit))
                .put("type", sample.map(Sample::type))
                .put("sampleLocation", sample.map(Sample::location));
        status.ifPresent(bits -> fields.bits("status", bits, GlucoseStatus.WIDTH));
        return fields.put("contextFollows", context == Context.FOLLOWS)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
