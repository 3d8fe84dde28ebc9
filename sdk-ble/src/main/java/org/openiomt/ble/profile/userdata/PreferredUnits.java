package org.openiomt.ble.profile.userdata;

import java.util.List;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Preferred Units, characteristic {@code 0x2B46} of the User Data Service: the units in which a user wants to read numbers.
 *
 * <pre>
 * field  type    octets   present when     meaning
 * units  uint16  2 each   any number       assigned numbers of units, 0x2700 and on; one odd octet behind them is a tail
 * </pre>
 *
 * @param units assigned numbers of units, such as 0x2702 for kilograms, 0 to 65,535
 * @param remainder one odd octet, if any
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record PreferredUnits(List<Integer> units, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<PreferredUnits> CODEC = Codec.of(PreferredUnits::read, PreferredUnits::write);

    private static final int WIDTH = 16;

    /** Copies the list and checks the ranges. */
    public PreferredUnits {
        units = List.copyOf(units);
        units.forEach(unit -> Bits.requireUnsigned("units", unit, WIDTH));
        Bits.requireUnknown(remainder, ~0L);
    }

    private static PreferredUnits read(ByteReader in) {
        return new PreferredUnits(in.list(in.remaining() / Short.BYTES, unit -> unit.uint16("units")), in.remainder(0));
    }

    private static void write(PreferredUnits value, ByteWriter out) {
        value.units.forEach(unit -> out.uint16("units", unit));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put(
                        "units",
                        units.stream().map(unit -> Fields.hex(unit, WIDTH)).toList())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
