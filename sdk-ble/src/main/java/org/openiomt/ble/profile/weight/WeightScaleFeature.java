package org.openiomt.ble.profile.weight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Weight Scale Feature, characteristic {@code 0x2A9E} of the Weight Scale Service: what a scale can tell, and how fine it
 * measures. The resolution of the numbers in {@link WeightMeasurement} is another one and fixed.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint32  4       always        bits 0 to 2, see {@link Feature}
 *                                         bits 3 to 6: weight in kg or lb: 0 not said, 1 0.5 or 1, 2 0.2 or 0.5,
 *                                           3 0.1 or 0.2, 4 0.05 or 0.1, 5 0.02 or 0.05, 6 0.01 or 0.02,
 *                                           7 0.005 or 0.01; 8 to 15 reserved: kept and reported, strict refuses
 *                                         bits 7 to 9: height in m or in: 0 not said, 1 0.01 or 1, 2 0.005 or 0.5,
 *                                           3 0.001 or 0.1; 4 to 7 reserved: kept and reported, strict refuses
 *                                         bits 10 to 31 reserved: kept
 * </pre>
 *
 * @param supports what the scale supports
 * @param weightCode the code of the weight resolution, 0 to 15
 * @param heightCode the code of the height resolution, 0 to 7
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/weight-scale-service-1-0/">WSS 1.0, 3.1</a>
 */
public record WeightScaleFeature(Set<Feature> supports, int weightCode, int heightCode, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<WeightScaleFeature> CODEC = Codec.of(WeightScaleFeature::read, WeightScaleFeature::write);

    private static final int WIDTH = 32;
    private static final int WEIGHT_SHIFT = 3;
    private static final int WEIGHT_MAX = 0xF;
    private static final int HEIGHT_SHIFT = 7;
    private static final int HEIGHT_MAX = 0x7;
    private static final long KNOWN =
            Bits.known(Feature.class) | (WEIGHT_MAX << WEIGHT_SHIFT) | (HEIGHT_MAX << HEIGHT_SHIFT);

    private static final List<String> KILOGRAMS = List.of("0.5", "0.2", "0.1", "0.05", "0.02", "0.01", "0.005");
    private static final List<String> POUNDS = List.of("1", "0.5", "0.2", "0.1", "0.05", "0.02", "0.01");
    private static final List<String> METRES = List.of("0.01", "0.005", "0.001");
    private static final List<String> INCHES = List.of("1", "0.5", "0.1");

    /** What a scale can tell. */
    public enum Feature implements Bit {
        /** When it measured. */
        TIME_STAMP(0x1),
        /** Which of several persons it measured. */
        MULTIPLE_USERS(0x2),
        /** The body mass index and the height. */
        BODY_MASS_INDEX(0x4);

        private final int mask;

        Feature(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public WeightScaleFeature {
        supports = Bits.copy(Feature.class, supports);
        Bits.requireUnsigned("weightCode", weightCode, 4);
        Bits.requireUnsigned("heightCode", heightCode, 3);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns how fine the scale weighs, in kg or lb; empty when it does not say or the code is reserved. */
    public Optional<MedicalFloat> weightResolution(UnitSystem units) {
        return weightResolution(units, weightCode);
    }

    /** Returns how fine the scale measures height, in m or in; empty when it does not say or the code is reserved. */
    public Optional<MedicalFloat> heightResolution(UnitSystem units) {
        return heightResolution(units, heightCode);
    }

    /** Returns the field as sent, 0 to 4,294,967,295. */
    public long bits() {
        return Bits.mask(supports)
                | ((long) weightCode << WEIGHT_SHIFT)
                | ((long) heightCode << HEIGHT_SHIFT)
                | remainder.unknownFlags();
    }

    private static WeightScaleFeature read(ByteReader in) {
        int at = in.offset();
        long bits = in.uint32("features");
        long unknown = in.unknownBits("features", at, bits, KNOWN);
        int weightCode = (int) bits >> WEIGHT_SHIFT & WEIGHT_MAX;
        int heightCode = (int) bits >> HEIGHT_SHIFT & HEIGHT_MAX;
        requireForeseen(in, at, weightCode, heightCode);
        return new WeightScaleFeature(Bits.set(Feature.class, bits), weightCode, heightCode, in.remainder(unknown));
    }

    private static void write(WeightScaleFeature value, ByteWriter out) {
        out.uint32("features", value.bits());
        value.remainder.writeTo(out);
    }

    /** Reports codes that the table of resolutions, which body composition shares, does not have. */
    static void requireForeseen(ByteReader in, int at, int weightCode, int heightCode) {
        if (weightCode > KILOGRAMS.size()) {
            in.unforeseen("features", at, "reserved weight resolution " + weightCode);
        }
        if (heightCode > METRES.size()) {
            in.unforeseen("features", at, "reserved height resolution " + heightCode);
        }
    }

    static Optional<MedicalFloat> weightResolution(UnitSystem units, int code) {
        return resolution(units == UnitSystem.SI ? KILOGRAMS : POUNDS, code);
    }

    static Optional<MedicalFloat> heightResolution(UnitSystem units, int code) {
        return resolution(units == UnitSystem.SI ? METRES : INCHES, code);
    }

    private static Optional<MedicalFloat> resolution(List<String> steps, int code) {
        return code == 0 || code > steps.size()
                ? Optional.empty()
                : Optional.of(MedicalFloat.parse(steps.get(code - 1)));
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", bits(), WIDTH)
                .put("supports", supports)
                .put("weightResolutionKilogram", weightResolution(UnitSystem.SI))
                .put("heightResolutionMetre", heightResolution(UnitSystem.SI))
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
