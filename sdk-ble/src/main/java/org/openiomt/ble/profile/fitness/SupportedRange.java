package org.openiomt.ble.profile.fitness;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * What a fitness machine can be set to: Supported Speed Range {@code 0x2AD4}, Supported Inclination Range {@code 0x2AD5},
 * Supported Resistance Level Range {@code 0x2AD6}, Supported Heart Rate Range {@code 0x2AD7}, Supported Power Range
 * {@code 0x2AD8}.
 *
 * <pre>
 * field      speed     inclination  resistance     heart rate  power   present when
 * minimum    uint16    int16        int16 (uint8)  uint8       int16   always
 * maximum    uint16    int16        int16 (uint8)  uint8       int16   always
 * increment  uint16    uint16       uint16 (uint8) uint8       uint16  always
 * step       0.01 km/h 0.1 %        of the machine 1/min       W
 * </pre>
 *
 * A resistance range of exactly 3 octets is read as three of one octet; this is reported, and strict refuses it.
 *
 * @param target what can be set
 * @param minimum the smallest, in steps of the target
 * @param maximum the largest, in steps of the target
 * @param increment from one to the next, in steps of the target
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.11 to 4.15</a>
 */
public record SupportedRange(Target target, long minimum, long maximum, long increment, Remainder remainder)
        implements Described {

    /** What can be set, and how wide its numbers are. */
    @SuppressWarnings("ImmutableEnumChecker") // a codec is stateless
    public enum Target {
        /** The speed, in 0.01 km/h. */
        SPEED(IntegerForm.UINT16, IntegerForm.UINT16),
        /** The inclination, in 0.1 %. */
        INCLINATION(IntegerForm.SINT16, IntegerForm.UINT16),
        /** The resistance, in steps of the machine. The older field data say 0.1, a capture has 1. */
        RESISTANCE(IntegerForm.SINT16, IntegerForm.UINT16),
        /** The resistance, in tens of steps of the machine, in one octet. */
        RESISTANCE_TENS(IntegerForm.UINT8, IntegerForm.UINT8),
        /** The heart rate, in beats per minute. */
        HEART_RATE(IntegerForm.UINT8, IntegerForm.UINT8),
        /** The power, in W. */
        POWER(IntegerForm.SINT16, IntegerForm.UINT16);

        private final IntegerForm bound;
        private final IntegerForm increment;
        private final Codec<SupportedRange> codec;

        Target(IntegerForm bound, IntegerForm increment) {
            this.bound = bound;
            this.increment = increment;
            this.codec = Codec.of(in -> read(in, this), (value, out) -> write(value, this, out));
        }

        /** Returns the codec of its range; that of {@link #RESISTANCE} also reads and writes {@link #RESISTANCE_TENS}. */
        public Codec<SupportedRange> codec() {
            return codec;
        }

        private int octets() {
            return 2 * bound.octets() + increment.octets();
        }
    }

    /** Checks the ranges of the fields; a machine that mixes up its bounds is not refused. */
    public SupportedRange {
        Objects.requireNonNull(target, "target");
        target.bound.require("minimum", minimum);
        target.bound.require("maximum", maximum);
        target.increment.require("increment", increment);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a range without a tail. */
    public static SupportedRange of(Target target, long minimum, long maximum, long increment) {
        return new SupportedRange(target, minimum, maximum, increment, Remainder.NONE);
    }

    private static SupportedRange read(ByteReader in, Target expected) {
        Target target = expected;
        if (expected == Target.RESISTANCE && in.remaining() == Target.RESISTANCE_TENS.octets()) {
            in.unforeseen("minimum", in.offset(), "the length fits numbers of one octet alone; read so");
            target = Target.RESISTANCE_TENS;
        }
        return new SupportedRange(
                target,
                target.bound.read(in, "minimum"),
                target.bound.read(in, "maximum"),
                target.increment.read(in, "increment"),
                in.remainder(0));
    }

    private static void write(SupportedRange value, Target expected, ByteWriter out) {
        boolean isExpected =
                value.target == expected || (expected == Target.RESISTANCE && value.target == Target.RESISTANCE_TENS);
        if (!isExpected) {
            throw new IllegalArgumentException("expected the range of " + expected + ", but got " + value.target);
        }
        value.target.bound.write(out, "minimum", value.minimum);
        value.target.bound.write(out, "maximum", value.maximum);
        value.target.increment.write(out, "increment", value.increment);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields =
                Fields.start().put("minimum", minimum).put("maximum", maximum).put("increment", increment);
        if (target == Target.RESISTANCE_TENS) {
            fields.put("target", target);
        }
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
