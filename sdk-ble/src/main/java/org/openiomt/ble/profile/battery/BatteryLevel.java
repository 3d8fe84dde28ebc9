package org.openiomt.ble.profile.battery;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Level, characteristic {@code 0x2A19} of the Battery Service.
 *
 * <pre>
 * field    type   octets  present when  meaning
 * percent  uint8  1       always        0 empty to 100 full; above 100 reserved: kept and reported, strict refuses
 * </pre>
 *
 * @param percent the charge as sent, 0 to 255; above 100 it is no charge
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS, 3.1</a>
 */
public record BatteryLevel(int percent, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<BatteryLevel> CODEC = Codec.of(BatteryLevel::read, BatteryLevel::write);

    private static final int FULL = 100;

    /** Checks the range. */
    public BatteryLevel {
        Bits.requireUnsigned("percent", percent, 8);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a level without a tail. */
    public static BatteryLevel of(int percent) {
        return new BatteryLevel(percent, Remainder.NONE);
    }

    /** Whether it is a charge, and no reserved code. */
    public boolean isKnown() {
        return percent <= FULL;
    }

    private static BatteryLevel read(ByteReader in) {
        int at = in.offset();
        int percent = in.uint8("percent");
        if (percent > FULL) {
            in.unforeseen("percent", at, "expected 0 to 100, but got the reserved code " + percent);
        }
        return new BatteryLevel(percent, in.remainder(0));
    }

    private static void write(BatteryLevel value, ByteWriter out) {
        out.uint8("percent", value.percent);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("percent", percent).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
