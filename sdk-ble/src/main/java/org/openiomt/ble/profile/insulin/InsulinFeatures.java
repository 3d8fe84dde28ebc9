package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Features, characteristic {@code 0x2B23} of the Insulin Delivery Service. It decides how all others are read: see
 * {@link #e2e}. Here counter and check sum come first, and are always there.
 *
 * <pre>
 * field                 type    octets    present when         meaning
 * crc                   uint16  2         always               over all octets after it; 0xFFFF without protection
 * counter               uint8   1         always               0 without protection
 * insulinConcentration  SFLOAT  2         always               IU/mL
 * features              uint24  3         always               see {@link Feature}; reserved bits kept; bit 23 extension
 * extension             uint8   1 each    bit 23, then bit 7   of the octet before is set; reserved, and kept
 * </pre>
 *
 * @param counter the counter, 0 to 255
 * @param insulinConcentration IU/mL
 * @param features what the pump can do
 * @param extension the octets after the features with their bit 7 as sent, 0 to 255 each
 * @param check what the check sum says
 * @param remainder reserved bits, and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.4</a>
 */
public record InsulinFeatures(
        int counter,
        MedicalFloat insulinConcentration,
        Set<Feature> features,
        List<Integer> extension,
        E2eCheck check,
        Remainder remainder)
        implements Described {

    /** Reads and writes it, and finds out how the pump computes check sums. */
    public static final Codec<InsulinFeatures> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int WIDTH = 24;
    private static final long EXTENDED = 1L << 23;
    private static final int MORE = 0x80;
    private static final int OCTET_WIDTH = 8;
    private static final int CRC_SIZE = 2;

    /** What a pump can do: the bits of the features. Bits 16 to 22 are reserved. */
    public enum Feature implements Bit {
        /** All its values end in a counter and a check sum. */
        E2E_PROTECTION(0),
        /** Basal rates, with profiles. */
        BASAL_RATE(1),
        /** Temporary basal rates in IU/h. */
        TBR_ABSOLUTE(2),
        /** Temporary basal rates as a factor. */
        TBR_RELATIVE(3),
        /** Templates of temporary basal rates. */
        TBR_TEMPLATE(4),
        /** Fast boluses. */
        FAST_BOLUS(5),
        /** Extended boluses. */
        EXTENDED_BOLUS(6),
        /** Multiwave boluses. */
        MULTIWAVE_BOLUS(7),
        /** Boluses that wait before they begin. */
        BOLUS_DELAY_TIME(8),
        /** Templates of boluses. */
        BOLUS_TEMPLATE(9),
        /** It says who decided on a bolus. */
        BOLUS_ACTIVATION_TYPE(10),
        /** It keeps more than one bond. */
        MULTIPLE_BONDS(11),
        /** Profiles of insulin sensitivity factors. */
        INSULIN_SENSITIVITY_PROFILE(12),
        /** Profiles of insulin to carbohydrate ratios. */
        INSULIN_TO_CARBOHYDRATE_PROFILE(13),
        /** Profiles of target glucose ranges. */
        TARGET_GLUCOSE_RANGE_PROFILE(14),
        /** It knows the insulin that still acts. */
        INSULIN_ON_BOARD(15);

        private final int bit;

        Feature(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Copies set and list. */
    public InsulinFeatures {
        Bits.requireUnsigned("counter", counter, Byte.SIZE);
        Objects.requireNonNull(insulinConcentration, "insulinConcentration");
        features = Bits.copy(Feature.class, features);
        extension = List.copyOf(extension);
        for (int i = 0; i < extension.size(); i++) {
            Bits.requireUnsigned("extension", extension.get(i), Byte.SIZE);
            if ((extension.get(i) & MORE) != 0 != i < extension.size() - 1) {
                throw new IllegalArgumentException("bit 7 of an extension says whether another follows");
            }
        }
        Objects.requireNonNull(check, "check");
        if (features.contains(Feature.E2E_PROTECTION) != check instanceof E2eCheck.Sound) {
            throw new IllegalArgumentException("the check sum does not suit the feature bit");
        }
        Bits.requireUnknown(remainder, Bits.known(Feature.class) | EXTENDED);
    }

    /**
     * Returns features without extension and tail.
     *
     * @param counter the counter; 0 without protection
     */
    public static InsulinFeatures of(int counter, MedicalFloat insulinConcentration, Set<Feature> features) {
        E2eCheck check = features.contains(Feature.E2E_PROTECTION) ? E2eCheck.sound() : E2eCheck.none();
        return new InsulinFeatures(counter, insulinConcentration, features, List.of(), check, Remainder.NONE);
    }

    /** Returns the codec for a pump whose way of check sums is known; {@link E2eContext#NOT_KNOWN} takes each known way. */
    public static Codec<InsulinFeatures> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), InsulinFeatures::write);
    }

    /** Returns how to read and write the other characteristics of this pump. */
    public E2eContext e2e() {
        return check instanceof E2eCheck.Sound sound ? E2eContext.presentWith(sound.algorithm()) : E2eContext.ABSENT;
    }

    private static InsulinFeatures read(ByteReader in, E2eContext context) {
        int crcAt = in.offset();
        int crc = in.uint16("crc");
        int counter = in.uint8("counter");
        MedicalFloat concentration = in.sfloat("insulinConcentration");
        int at = in.offset();
        int bits = in.uint24("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class) | EXTENDED);
        List<Integer> extension = new ArrayList<>();
        boolean hasMore = (bits & EXTENDED) != 0;
        while (hasMore) {
            int extensionAt = in.offset();
            int octet = in.uint8("extension");
            in.unknownBits("extension", extensionAt, octet, MORE);
            extension.add(octet);
            hasMore = (octet & MORE) != 0;
        }
        Remainder remainder = in.remainder(unknown);
        boolean isProtected = (bits & Feature.E2E_PROTECTION.mask()) != 0;
        E2eCheck check = E2e.feature(in, context, isProtected, crcAt, crc, crcAt + CRC_SIZE, in.offset());
        return new InsulinFeatures(counter, concentration, Bits.set(Feature.class, bits), extension, check, remainder);
    }

    private long bits() {
        return Bits.mask(features) | remainder.unknownFlags() | (extension.isEmpty() ? 0 : EXTENDED);
    }

    private byte[] covered() {
        ByteWriter out = new ByteWriter();
        out.uint8("counter", counter);
        out.sfloat("insulinConcentration", insulinConcentration);
        out.uint24("features", bits());
        extension.forEach(octet -> out.uint8("extension", octet));
        remainder.writeTo(out);
        return out.toByteArray();
    }

    private int crc() {
        return check instanceof E2eCheck.Sound sound ? sound.algorithm().of(covered()) : E2e.UNSUPPORTED_CRC;
    }

    private static void write(InsulinFeatures value, ByteWriter out) {
        out.uint16("crc", value.crc());
        out.octets(value.covered());
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("crc", crc(), Short.SIZE);
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", true);
        }
        fields.put("counter", counter)
                .put("insulinConcentration", insulinConcentration)
                .bits("features", bits(), WIDTH);
        if (!extension.isEmpty()) {
            fields.put(
                    "extension",
                    extension.stream()
                            .map(octet -> Fields.hex(octet, OCTET_WIDTH))
                            .toList());
        }
        return fields.remainder(remainder, WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
