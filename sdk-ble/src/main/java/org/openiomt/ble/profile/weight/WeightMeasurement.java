package org.openiomt.ble.profile.weight;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Weight Measurement, characteristic {@code 0x2A9D} of the Weight Scale Service.
 *
 * <pre>
 * field    type       octets  present when  meaning
 * flags    uint8      1       always        bit 0 units, 1 time, 2 user, 3 body mass index and height; others kept
 * weight   uint16     2       always        in 0.005 kg (bit 0 = 0) or 0.01 lb (bit 0 = 1); 0xFFFF = unsuccessful, NaN
 * takenAt  date-time  7       flags bit 1   device clock, no zone; 0 = part not known
 * userId   uint8      1       flags bit 2   the device's number of the person; 255 = not known
 * bmi      uint16     2       flags bit 3   in 0.1 kg/m2
 * height   uint16     2       flags bit 3   in 0.001 m (bit 0 = 0) or 0.1 in (bit 0 = 1)
 * </pre>
 *
 * @param units the units of weight and height
 * @param weight the weight at the resolution of its unit; NaN when the measurement was unsuccessful
 * @param takenAt when the device measured
 * @param userId the device's number of the person, 0 to 255; see {@link #UNKNOWN_USER}
 * @param bodyMass the body mass index and the height that it was computed with
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/weight-scale-service-1-0/">WSS 1.0, 3.2</a>
 */
public record WeightMeasurement(
        UnitSystem units,
        MedicalFloat weight,
        Optional<DeviceDateTime> takenAt,
        OptionalInt userId,
        Optional<BodyMass> bodyMass,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<WeightMeasurement> CODEC = Codec.of(WeightMeasurement::read, WeightMeasurement::write);

    /** The {@link #userId} of a person whom the device does not know. */
    public static final int UNKNOWN_USER = 0xFF;

    private static final int FLAGS_WIDTH = 8;
    private static final int IMPERIAL = 0x01;
    private static final int TIME = 0x02;
    private static final int USER = 0x04;
    private static final int BODY_MASS = 0x08;
    private static final int KNOWN = IMPERIAL | TIME | USER | BODY_MASS;

    private static final int UNSUCCESSFUL = 0xFFFF;
    private static final Scalar KILOGRAMS = UnitSystem.SI.mass("weight").unknown(UNSUCCESSFUL);
    private static final Scalar POUNDS = UnitSystem.IMPERIAL.mass("weight").unknown(UNSUCCESSFUL);
    private static final Scalar METRES = UnitSystem.SI.height("height");
    private static final Scalar INCHES = UnitSystem.IMPERIAL.height("height");
    private static final Scalar BMI = Scalar.of(IntegerForm.UINT16, "bmi", "0.1 kg/m2");

    /**
     * A body mass index with its height.
     *
     * @param bmi in kg/m2, a multiple of 0.1
     * @param height in the unit of the measurement
     */
    public record BodyMass(MedicalFloat bmi, MedicalFloat height) {
        /** Checks the index and gives it the resolution of the wire. */
        public BodyMass {
            bmi = BMI.atResolution(bmi);
            Objects.requireNonNull(height, "height");
        }

        /** Hides the numbers. */
        @Override
        public String toString() {
            return "BodyMass[]";
        }
    }

    /**
     * Checks that all are there and in range, and gives weight and height the resolution of the wire: 70.5 kg becomes 70.500.
     */
    public WeightMeasurement {
        UnitSystem system = Objects.requireNonNull(units, "units");
        weight = weight(system).atResolution(weight);
        Objects.requireNonNull(takenAt, "takenAt");
        Bits.requireUnsigned("userId", userId, 8);
        bodyMass =
                bodyMass.map(given -> new BodyMass(given.bmi(), height(system).atResolution(given.height())));
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Whether there is a weight. */
    public boolean isSuccessful() {
        return weight.isFinite();
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (units == UnitSystem.IMPERIAL ? IMPERIAL : 0)
                | (takenAt.isPresent() ? TIME : 0)
                | (userId.isPresent() ? USER : 0)
                | (bodyMass.isPresent() ? BODY_MASS : 0)
                | (int) remainder.unknownFlags();
    }

    private static Scalar weight(UnitSystem units) {
        return units == UnitSystem.SI ? KILOGRAMS : POUNDS;
    }

    private static Scalar height(UnitSystem units) {
        return units == UnitSystem.SI ? METRES : INCHES;
    }

    private static WeightMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        UnitSystem units = (flags & IMPERIAL) != 0 ? UnitSystem.IMPERIAL : UnitSystem.SI;
        return new WeightMeasurement(
                units,
                weight(units).read(in),
                (flags & TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "takenAt")) : Optional.empty(),
                (flags & USER) != 0 ? OptionalInt.of(in.uint8("userId")) : OptionalInt.empty(),
                (flags & BODY_MASS) != 0
                        ? Optional.of(new BodyMass(BMI.read(in), height(units).read(in)))
                        : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(WeightMeasurement value, ByteWriter out) {
        UnitSystem units = value.units;
        out.uint8("flags", value.flags());
        weight(units).write(out, value.weight);
        value.takenAt.ifPresent(time -> DateTimeCodec.write(out, "takenAt", time));
        value.userId.ifPresent(user -> out.uint8("userId", user));
        value.bodyMass.ifPresent(mass -> {
            BMI.write(out, mass.bmi);
            height(units).write(out, mass.height);
        });
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("unit", units.weightUnit())
                .put("weight", weight)
                .put("takenAt", takenAt)
                .put("userId", userId)
                .put("bmi", bodyMass.map(BodyMass::bmi))
                .put("height", bodyMass.map(BodyMass::height))
                .put("heightUnit", bodyMass.map(mass -> units.heightUnit()))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
