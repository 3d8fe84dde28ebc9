package org.openiomt.ble.profile.glucose;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Glucose Feature, characteristic {@code 0x2A51} of the Glucose Service.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint16  2       always        see {@link GlucoseFeature}; reserved bits kept
 * </pre>
 *
 * @param features what the meter can do
 * @param remainder reserved bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/glucose-service-1-0-1/">GLS, 3.3</a>
 */
public record GlucoseFeatures(Set<GlucoseFeature> features, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<GlucoseFeatures> CODEC = Codec.of(GlucoseFeatures::read, GlucoseFeatures::write);

    private static final int FEATURES_WIDTH = 16;

    /** Copies the set. */
    public GlucoseFeatures {
        features = Bits.copy(GlucoseFeature.class, features);
        Bits.requireUnknown(remainder, Bits.known(GlucoseFeature.class));
    }

    /** Returns features without reserved bits and tail. */
    public static GlucoseFeatures of(Set<GlucoseFeature> features) {
        return new GlucoseFeatures(features, Remainder.NONE);
    }

    private static GlucoseFeatures read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint16("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(GlucoseFeature.class));
        return new GlucoseFeatures(Bits.set(GlucoseFeature.class, bits), in.remainder(unknown));
    }

    private static void write(GlucoseFeatures value, ByteWriter out) {
        out.uint16("features", Bits.mask(value.features) | value.remainder.unknownFlags());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", Bits.mask(features) | remainder.unknownFlags(), FEATURES_WIDTH)
                .put("supported", features)
                .remainder(remainder, FEATURES_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
