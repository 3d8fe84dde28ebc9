package org.openiomt.ble.profile.battery;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Critical Status, characteristic {@code 0x2BE9} of the Battery Service.
 *
 * <pre>
 * field     type   octets  present when  meaning
 * critical  uint8  1       always        bit 0 critical power state, 1 immediate service required; others kept
 * </pre>
 *
 * @param findings what is critical
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.8</a>
 */
public record BatteryCriticalStatus(Set<Finding> findings, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<BatteryCriticalStatus> CODEC =
            Codec.of(BatteryCriticalStatus::read, BatteryCriticalStatus::write);

    private static final int WIDTH = 8;

    /** What is critical. */
    public enum Finding implements Bit {
        /** The device may stop working soon. */
        CRITICAL_POWER_STATE(0x01),
        /** Somebody must look after the battery at once. */
        IMMEDIATE_SERVICE_REQUIRED(0x02);

        private final int mask;

        Finding(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public BatteryCriticalStatus {
        findings = Bits.copy(Finding.class, findings);
        Bits.requireUnknown(remainder, Bits.known(Finding.class));
    }

    private int bits() {
        return (int) (Bits.mask(findings) | remainder.unknownFlags());
    }

    private static BatteryCriticalStatus read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint8("critical");
        long unknown = in.unknownBits("critical", at, bits, Bits.known(Finding.class));
        return new BatteryCriticalStatus(Bits.set(Finding.class, bits), in.remainder(unknown));
    }

    private static void write(BatteryCriticalStatus value, ByteWriter out) {
        out.uint8("critical", value.bits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("critical", bits(), WIDTH)
                .put("findings", findings)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
