package org.openiomt.ble.profile.time;

import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.ScalarValue;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Time Accuracy, characteristic {@code 0x2A12}: how far a clock may be off.
 *
 * <pre>
 * field     type   octets  present when  meaning
 * accuracy  uint8  1       always        in 0.125 s; 254 more than 31.625 s, +INF; 255 not known, NaN
 * </pre>
 *
 * @param value in seconds, a multiple of 0.125
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record TimeAccuracy(MedicalFloat value, Remainder remainder) implements ScalarValue {
    static final Scalar SCALAR =
            Scalar.of(IntegerForm.UINT8, "accuracy", "0.125 s").above(254).unknown(255);

    /** Reads and writes it. */
    public static final Codec<TimeAccuracy> CODEC = SCALAR.codec(TimeAccuracy::new);

    /** Gives the number the resolution of the wire. */
    public TimeAccuracy {
        value = SCALAR.atResolution(value);
        Bits.requireUnknown(remainder, ~0L);
    }

    @Override
    public Scalar scalar() {
        return SCALAR;
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
