package org.openiomt.ble.profile.continuousglucose;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.Remainder;

/**
 * CGM Feature, characteristic {@code 0x2AA8} of the Continuous Glucose Monitoring Service. It decides how all others are read:
 * see {@link #e2e}.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * features        uint24  3       always        see {@link CgmFeature}; reserved bits kept
 * type            uint4   1       always        low half: 1 capillary whole blood .. 9 interstitial fluid, 10 control
 * sampleLocation  uint4           always        high half: 1 finger .. 4 control, 5 under the skin, 15 not available
 * crc             uint16  2       always        over the octets before; 0xFFFF without check sums (features bit 12 = 0)
 * </pre>
 *
 * Reserved codes of type and location are kept. A check sum that is wrong, or that contradicts bit 12, is refused.
 *
 * @param features what the sensor can do
 * @param type what the sensor measures in, 0 to 15, coded as in the Glucose Service
 * @param sampleLocation where, 0 to 15
 * @param check what the check sum says
 * @param remainder reserved bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.2</a>
 */
public record CgmFeatures(Set<CgmFeature> features, int type, int sampleLocation, E2eCheck check, Remainder remainder)
        implements Described {

    /** The type of a sensor in interstitial fluid. */
    public static final int TYPE_INTERSTITIAL_FLUID = 9;

    /** The location of a sensor under the skin. */
    public static final int LOCATION_SUBCUTANEOUS = 5;

    /** Reads and writes it, and finds out how the device computes check sums. */
    public static final Codec<CgmFeatures> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int LAST_TYPE = 10;
    private static final int LOCATION_NOT_AVAILABLE = 15;
    private static final int NIBBLE = 4;
    private static final int NIBBLE_MASK = 0x0F;
    private static final int WIDTH = 24;

    /** Copies the set. */
    public CgmFeatures {
        features = Bits.copy(CgmFeature.class, features);
        Bits.requireUnsigned("type", type, NIBBLE);
        Bits.requireUnsigned("sampleLocation", sampleLocation, NIBBLE);
        Objects.requireNonNull(check, "check");
        if (features.contains(CgmFeature.E2E_CRC) != check instanceof E2eCheck.Sound) {
            throw new IllegalArgumentException("the check sum does not suit the feature bit");
        }
        Bits.requireUnknown(remainder, Bits.known(CgmFeature.class));
    }

    /** Returns features without reserved bits and tail. */
    public static CgmFeatures of(Set<CgmFeature> features, int type, int sampleLocation) {
        E2eCheck check = features.contains(CgmFeature.E2E_CRC) ? E2eCheck.sound() : E2eCheck.none();
        return new CgmFeatures(features, type, sampleLocation, check, Remainder.NONE);
    }

    /** Returns the codec for a device whose way of check sums is known; {@link E2eContext#NOT_KNOWN} takes each known way. */
    public static Codec<CgmFeatures> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), CgmFeatures::write);
    }

    /** Returns how to read and write the other characteristics of this device. */
    public E2eContext e2e() {
        return check instanceof E2eCheck.Sound sound ? E2eContext.presentWith(sound.algorithm()) : E2eContext.ABSENT;
    }

    private static CgmFeatures read(ByteReader in, E2eContext context) {
        int start = in.offset();
        int bits = in.uint24("features");
        long unknown = in.unknownBits("features", start, bits, Bits.known(CgmFeature.class));
        int at = in.offset();
        int both = in.uint8("type");
        int type = both & NIBBLE_MASK;
        int location = both >> NIBBLE;
        if (type == 0 || type > LAST_TYPE) {
            in.unforeseen("type", at, "unknown code " + type);
        }
        if (location != LOCATION_NOT_AVAILABLE && (location == 0 || location > LOCATION_SUBCUTANEOUS)) {
            in.unforeseen("sampleLocation", at, "unknown code " + location);
        }
        int crcAt = in.offset();
        int crc = in.uint16("crc");
        boolean isSupported = (bits & CgmFeature.E2E_CRC.mask()) != 0;
        E2eCheck check = E2e.feature(in, context, isSupported, crcAt, crc, start, crcAt);
        return new CgmFeatures(Bits.set(CgmFeature.class, bits), type, location, check, in.remainder(unknown));
    }

    private static void write(CgmFeatures value, ByteWriter out) {
        int start = out.size();
        out.uint24("features", value.bits());
        out.uint8("type", value.type | value.sampleLocation << NIBBLE);
        out.uint16("crc", value.crc(out.toByteArray(), start));
        value.remainder.writeTo(out);
    }

    private long bits() {
        return Bits.mask(features) | remainder.unknownFlags();
    }

    private int crc(byte[] octets, int start) {
        if (check instanceof E2eCheck.Sound sound) {
            Crc16 algorithm = sound.algorithm();
            return algorithm.of(octets, start, octets.length - start);
        }
        return E2e.UNSUPPORTED_CRC;
    }

    @Override
    public Map<String, Object> fields() {
        ByteWriter covered = new ByteWriter();
        covered.uint24("features", bits());
        covered.uint8("type", type | sampleLocation << NIBBLE);
        Fields fields = Fields.start()
                .bits("features", bits(), WIDTH)
                .put("type", type)
                .put("sampleLocation", sampleLocation)
                .bits("crc", crc(covered.toByteArray(), 0), Short.SIZE);
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", true);
        }
        return fields.remainder(remainder, WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
