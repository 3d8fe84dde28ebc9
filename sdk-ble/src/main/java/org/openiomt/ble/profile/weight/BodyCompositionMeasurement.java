package org.openiomt.ble.profile.weight;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
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
 * Body Composition Measurement, characteristic {@code 0x2A9C} of the Body Composition Service. One that does not fit a packet is
 * sent in two, each in this layout and with the flag for it; see {@link BodyCompositionParts}.
 *
 * <pre>
 * field             type       octets  present when  meaning
 * flags             uint16     2       always        bit 0 units, 1 time, 2 user, 3 to 11 the parts below, 12 one of two packets;
 *                                                    others kept
 * bodyFat           uint16     2       always        in 0.1 %; 0xFFFF = unsuccessful, NaN
 * takenAt           date-time  7       flags bit 1   device clock, no zone; 0 = part not known
 * userId            uint8      1       flags bit 2   the device's number of the person; 255 = not known
 * basalMetabolism   uint16     2       flags bit 3   in 1 kJ a day
 * musclePercentage  uint16     2       flags bit 4   in 0.1 %
 * muscleMass        uint16     2       flags bit 5   in 0.005 kg (bit 0 = 0) or 0.01 lb (bit 0 = 1), as all masses
 * fatFreeMass       uint16     2       flags bit 6   as muscleMass
 * softLeanMass      uint16     2       flags bit 7   as muscleMass
 * bodyWaterMass     uint16     2       flags bit 8   as muscleMass
 * impedance         uint16     2       flags bit 9   in 0.1 Ohm
 * weight            uint16     2       flags bit 10  as muscleMass
 * height            uint16     2       flags bit 11  in 0.001 m (bit 0 = 0) or 0.1 in (bit 0 = 1)
 * </pre>
 *
 * @param units the units of masses and height
 * @param bodyFat in percent at the resolution of the wire; NaN when the measurement was unsuccessful
 * @param takenAt when the device measured
 * @param userId the device's number of the person, 0 to 255; see {@link #UNKNOWN_USER}
 * @param parts what else was measured, at the resolution of the wire; unmodifiable, in the order of the layout
 * @param isOneOfTwo whether this is one of two packets
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/body-composition-service-1-0/">BCS 1.0, 3.2</a>
 */
public record BodyCompositionMeasurement(
        UnitSystem units,
        MedicalFloat bodyFat,
        Optional<DeviceDateTime> takenAt,
        OptionalInt userId,
        Map<Part, MedicalFloat> parts,
        boolean isOneOfTwo,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BodyCompositionMeasurement> CODEC =
            Codec.of(BodyCompositionMeasurement::read, BodyCompositionMeasurement::write);

    /** The {@link #userId} of a person whom the device does not know. */
    public static final int UNKNOWN_USER = 0xFF;

    private static final int FLAGS_WIDTH = 16;
    private static final int IMPERIAL = 0x0001;
    private static final int TIME = 0x0002;
    private static final int USER = 0x0004;
    private static final int ONE_OF_TWO = 0x1000;
    private static final int KNOWN = 0x1FFF;

    private static final int UNSUCCESSFUL = 0xFFFF;
    private static final Scalar BODY_FAT =
            Scalar.of(IntegerForm.UINT16, "bodyFat", "0.1 %").unknown(UNSUCCESSFUL);

    /** What can be measured beside the body fat, in the order of the layout. */
    @SuppressWarnings("ImmutableEnumChecker") // a Scalar is a record of values
    public enum Part {
        /** The basal metabolism, in kJ a day. */
        BASAL_METABOLISM(0x0008, units -> Scalar.of(IntegerForm.UINT16, "basalMetabolism", "1 kJ")),
        /** How much of the body is muscle, in percent. */
        MUSCLE_PERCENTAGE(0x0010, units -> Scalar.of(IntegerForm.UINT16, "musclePercentage", "0.1 %")),
        /** The mass of the muscles. */
        MUSCLE_MASS(0x0020, units -> units.mass("muscleMass")),
        /** The mass without fat. */
        FAT_FREE_MASS(0x0040, units -> units.mass("fatFreeMass")),
        /** The mass without fat and bones. */
        SOFT_LEAN_MASS(0x0080, units -> units.mass("softLeanMass")),
        /** The mass of the water. */
        BODY_WATER_MASS(0x0100, units -> units.mass("bodyWaterMass")),
        /** The electrical impedance, in Ohm. */
        IMPEDANCE(0x0200, units -> Scalar.of(IntegerForm.UINT16, "impedance", "0.1 Ohm")),
        /** The weight. */
        WEIGHT(0x0400, units -> units.mass("weight")),
        /** The height. */
        HEIGHT(0x0800, units -> units.height("height"));

        private final int mask;
        private final Scalar si;
        private final Scalar imperial;

        Part(int mask, Function<UnitSystem, Scalar> scalar) {
            this.mask = mask;
            this.si = scalar.apply(UnitSystem.SI);
            this.imperial = scalar.apply(UnitSystem.IMPERIAL);
        }

        private Scalar in(UnitSystem units) {
            return units == UnitSystem.SI ? si : imperial;
        }
    }

    /** Checks that all are there and in range, and gives each number the resolution of the wire: 22.5 kg becomes 22.500. */
    public BodyCompositionMeasurement {
        UnitSystem system = Objects.requireNonNull(units, "units");
        bodyFat = BODY_FAT.atResolution(bodyFat);
        Objects.requireNonNull(takenAt, "takenAt");
        Bits.requireUnsigned("userId", userId, 8);
        Map<Part, MedicalFloat> copy = new EnumMap<>(Part.class);
        parts.forEach((part, value) -> copy.put(part, part.in(system).atResolution(value)));
        parts = Collections.unmodifiableMap(copy);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Whether there is a body fat. */
    public boolean isSuccessful() {
        return bodyFat.isFinite();
    }

    /** Returns a part, where it was measured. */
    public Optional<MedicalFloat> part(Part part) {
        return Optional.ofNullable(parts.get(part));
    }

    /** Returns the flags of this value: what is present, and the unknown bits. */
    public int flags() {
        int flags = (units == UnitSystem.IMPERIAL ? IMPERIAL : 0)
                | (takenAt.isPresent() ? TIME : 0)
                | (userId.isPresent() ? USER : 0)
                | (isOneOfTwo ? ONE_OF_TWO : 0)
                | (int) remainder.unknownFlags();
        for (Part part : parts.keySet()) {
            flags |= part.mask;
        }
        return flags;
    }

    private static BodyCompositionMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        UnitSystem units = (flags & IMPERIAL) != 0 ? UnitSystem.IMPERIAL : UnitSystem.SI;
        MedicalFloat bodyFat = BODY_FAT.read(in);
        Optional<DeviceDateTime> takenAt =
                (flags & TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "takenAt")) : Optional.empty();
        OptionalInt userId = (flags & USER) != 0 ? OptionalInt.of(in.uint8("userId")) : OptionalInt.empty();
        Map<Part, MedicalFloat> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            if ((flags & part.mask) != 0) {
                parts.put(part, part.in(units).read(in));
            }
        }
        return new BodyCompositionMeasurement(
                units, bodyFat, takenAt, userId, parts, (flags & ONE_OF_TWO) != 0, in.remainder(unknown));
    }

    private static void write(BodyCompositionMeasurement value, ByteWriter out) {
        out.uint16("flags", value.flags());
        BODY_FAT.write(out, value.bodyFat);
        value.takenAt.ifPresent(time -> DateTimeCodec.write(out, "takenAt", time));
        value.userId.ifPresent(user -> out.uint8("userId", user));
        value.parts.forEach((part, number) -> part.in(value.units).write(out, number));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("massUnit", units.weightUnit())
                .put("heightUnit", units.heightUnit())
                .put("bodyFat", bodyFat)
                .put("takenAt", takenAt)
                .put("userId", userId);
        parts.forEach((part, value) -> fields.put(part.si.field(), value));
        return fields.put("oneOfTwoPackets", isOneOfTwo)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
