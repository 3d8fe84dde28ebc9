package org.openiomt.ble.profile.alert;

import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.ScalarValue;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Tx Power Level, characteristic {@code 0x2A07} of the Tx Power Service: how strongly a device sends.
 *
 * <pre>
 * field         type  octets  present when  meaning
 * txPowerLevel  int8  1       always        in 1 dBm, -100 to 20; others kept and reported, strict refuses
 * </pre>
 *
 * @param value in dBm
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/tx-power-service-1-0/">TPS 1.0, 3.1</a>
 */
public record TxPowerLevel(MedicalFloat value, Remainder remainder) implements ScalarValue {
    private static final Scalar SCALAR =
            Scalar.of(IntegerForm.SINT8, "txPowerLevel", "1 {dBm}").between("-100", "20");

    /** Reads and writes it. */
    public static final Codec<TxPowerLevel> CODEC = SCALAR.codec(TxPowerLevel::new);

    /** Gives the number the resolution of the wire. */
    public TxPowerLevel {
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
