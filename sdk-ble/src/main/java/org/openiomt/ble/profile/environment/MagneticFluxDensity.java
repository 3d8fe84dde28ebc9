package org.openiomt.ble.profile.environment;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
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
 * Magnetic Flux Density, characteristics {@code 0x2AA0} (2D) and {@code 0x2AA1} (3D) of the Environmental Sensing Service.
 *
 * <pre>
 * field  type   octets  present when  meaning
 * x      int16  2       always        in 0.0000001 T, which is 0.1 microtesla
 * y      int16  2       always        in 0.0000001 T
 * z      int16  2       3D            in 0.0000001 T
 * </pre>
 *
 * @param x in tesla, a multiple of 0.0000001
 * @param y in tesla, a multiple of 0.0000001
 * @param z in tesla, a multiple of 0.0000001
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1</a>
 */
public record MagneticFluxDensity(MedicalFloat x, MedicalFloat y, Optional<MedicalFloat> z, Remainder remainder)
        implements Described {

    private static final Scalar X = axis("x");
    private static final Scalar Y = axis("y");
    private static final Scalar Z = axis("z");

    /** Reads and writes two axes. */
    public static final Codec<MagneticFluxDensity> CODEC_2D = codec(false);

    /** Reads and writes three axes. */
    public static final Codec<MagneticFluxDensity> CODEC_3D = codec(true);

    /** Gives the numbers the resolution of the wire. */
    public MagneticFluxDensity {
        x = X.atResolution(x);
        y = Y.atResolution(y);
        z = z.map(Z::atResolution);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static Scalar axis(String field) {
        return Scalar.of(IntegerForm.SINT16, field, "0.0000001 T");
    }

    private static Codec<MagneticFluxDensity> codec(boolean isSpace) {
        return Codec.of(in -> read(in, isSpace), (value, out) -> write(value, out, isSpace));
    }

    private static MagneticFluxDensity read(ByteReader in, boolean isSpace) {
        return new MagneticFluxDensity(
                X.read(in), Y.read(in), isSpace ? Optional.of(Z.read(in)) : Optional.empty(), in.remainder(0));
    }

    private static void write(MagneticFluxDensity value, ByteWriter out, boolean isSpace) {
        if (value.z.isPresent() != isSpace) {
            throw new IllegalArgumentException("expected " + (isSpace ? "three" : "two") + " axes");
        }
        X.write(out, value.x);
        Y.write(out, value.y);
        value.z.ifPresent(axis -> Z.write(out, axis));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("x", x)
                .put("y", y)
                .put("z", z)
                .put("unit", X.unit())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
