package org.openiomt.ble.profile.weight;

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
 * Body Composition Feature, characteristic {@code 0x2A9B} of the Body Composition Service: what a scale can tell, and how fine it
 * measures.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint32  4       always        bits 0 to 10, see {@link Feature}
 *                                         bits 11 to 14: masses, codes as in {@link WeightScaleFeature}
 *                                         bits 15 to 17: height, codes as in {@link WeightScaleFeature}
 *                                         bits 18 to 31 reserved: kept
 * </pre>
 *
 * @param supports what the scale supports
 * @param massCode the code of the resolution of masses, 0 to 15
 * @param heightCode the code of the height resolution, 0 to 7
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/body-composition-service-1-0/">BCS 1.0, 3.1</a>
 */
public record BodyCompositionFeature(Set<Feature> supports, int massCode, int heightCode, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BodyCompositionFeature> CODEC =
            Codec.of(BodyCompositionFeature::read, BodyCompositionFeature::write);

    private static final int WIDTH = 32;
    private static final int MASS_SHIFT = 11;
    private static final int MASS_MAX = 0xF;
    private static final int HEIGHT_SHIFT = 15;
    private static final int HEIGHT_MAX = 0x7;
    private static final long KNOWN =
            Bits.known(Feature.class) | (MASS_MAX << MASS_SHIFT) | (HEIGHT_MAX << HEIGHT_SHIFT);

    /** What a scale can tell beside the body fat. */
    public enum Feature implements Bit {
        /** When it measured. */
        TIME_STAMP(0x001),
        /** Which of several persons it measured. */
        MULTIPLE_USERS(0x002),
        /** The basal metabolism. */
        BASAL_METABOLISM(0x004),
        /** How much of the body is muscle. */
        MUSCLE_PERCENTAGE(0x008),
        /** The mass of the muscles. */
        MUSCLE_MASS(0x010),
        /** The mass without fat. */
        FAT_FREE_MASS(0x020),
        /** The mass without fat and bones. */
        SOFT_LEAN_MASS(0x040),
        /** The mass of the water. */
        BODY_WATER_MASS(0x080),
        /** The electrical impedance. */
        IMPEDANCE(0x100),
        /** The weight. */
        WEIGHT(0x200),
        /** The height. */
        HEIGHT(0x400);

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
    public BodyCompositionFeature {
        supports = Bits.copy(Feature.class, supports);
        Bits.requireUnsigned("massCode", massCode, 4);
        Bits.requireUnsigned("heightCode", heightCode, 3);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns how fine the scale measures masses, in kg or lb; empty when it does not say or the code is reserved. */
    public Optional<MedicalFloat> massResolution(UnitSystem units) {
        return WeightScaleFeature.weightResolution(units, massCode);
    }

    /** Returns how fine the scale measures height, in m or in; empty when it does not say or the code is reserved. */
    public Optional<MedicalFloat> heightResolution(UnitSystem units) {
        return WeightScaleFeature.heightResolution(units, heightCode);
    }

    /** Returns the field as sent, 0 to 4,294,967,295. */
    public long bits() {
        return Bits.mask(supports)
                | ((long) massCode << MASS_SHIFT)
                | ((long) heightCode << HEIGHT_SHIFT)
                | remainder.unknownFlags();
    }

    private static BodyCompositionFeature read(ByteReader in) {
        int at = in.offset();
        long bits = in.uint32("features");
        long unknown = in.unknownBits("features", at, bits, KNOWN);
        int massCode = (int) bits >> MASS_SHIFT & MASS_MAX;
        int heightCode = (int) bits >> HEIGHT_SHIFT & HEIGHT_MAX;
        WeightScaleFeature.requireForeseen(in, at, massCode, heightCode);
        return new BodyCompositionFeature(Bits.set(Feature.class, bits), massCode, heightCode, in.remainder(unknown));
    }

    private static void write(BodyCompositionFeature value, ByteWriter out) {
        out.uint32("features", value.bits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", bits(), WIDTH)
                .put("supports", supports)
                .put("massResolutionKilogram", massResolution(UnitSystem.SI))
                .put("heightResolutionMetre", heightResolution(UnitSystem.SI))
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
