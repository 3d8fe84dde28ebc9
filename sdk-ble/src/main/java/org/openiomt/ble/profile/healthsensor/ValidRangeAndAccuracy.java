package org.openiomt.ble.profile.healthsensor;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Valid Range and Accuracy, descriptor {@code 0x2911} of Health Sensor Features: between which limits, and how exactly, a sensor
 * measures.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * type      uint32  4       always        an MDC term
 * unit      uint16  2       always        the low half of an MDC unit
 * lower     FLOAT   4       always        the least value, in the unit
 * upper     FLOAT   4       always        the greatest value, in the unit
 * accuracy  FLOAT   4       always        in the unit
 * </pre>
 *
 * @param type what is observed, an MDC term
 * @param unit the low 16 bits of an MDC unit
 * @param lower the least value
 * @param upper the greatest value
 * @param accuracy how exactly
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record ValidRangeAndAccuracy(
        long type, int unit, MedicalFloat lower, MedicalFloat upper, MedicalFloat accuracy, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ValidRangeAndAccuracy> CODEC =
            Codec.of(ValidRangeAndAccuracy::read, ValidRangeAndAccuracy::write);

    /** Checks the ranges. */
    public ValidRangeAndAccuracy {
        Bits.requireUnsigned("type", type, Integer.SIZE);
        Bits.requireUnsigned("unit", unit, Short.SIZE);
        Objects.requireNonNull(lower, "lower");
        Objects.requireNonNull(upper, "upper");
        Objects.requireNonNull(accuracy, "accuracy");
        Bits.requireUnknown(remainder, ~0L);
    }

    private static ValidRangeAndAccuracy read(ByteReader in) {
        return new ValidRangeAndAccuracy(
                in.uint32("type"),
                in.uint16("unit"),
                in.float32("lower"),
                in.float32("upper"),
                in.float32("accuracy"),
                in.remainder(0));
    }

    private static void write(ValidRangeAndAccuracy value, ByteWriter out) {
        out.uint32("type", value.type);
        out.uint16("unit", value.unit);
        out.float32("lower", value.lower);
        out.float32("upper", value.upper);
        out.float32("accuracy", value.accuracy);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("type", type)
                .bits("unit", unit, Short.SIZE)
                .put("lower", lower)
                .put("upper", upper)
                .put("accuracy", accuracy)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
