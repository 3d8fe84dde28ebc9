package org.openiomt.ble.profile.deviceinformation;

import java.util.HexFormat;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * System ID, characteristic {@code 0x2A23} of the Device Information Service: an EUI-64 from its low end on.
 *
 * <pre>
 * field         type    octets  present when  meaning
 * manufacturer  uint40  5       always        the number that the maker gave this device
 * oui           uint24  3       always        the maker's organisationally unique identifier
 * </pre>
 *
 * @param manufacturer the number that the maker gave this device, 40 bits
 * @param oui the maker's organisationally unique identifier, 24 bits
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-information-service-1-1/">DIS 1.1, 3.7</a>
 */
public record SystemId(long manufacturer, int oui, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<SystemId> CODEC = Codec.of(SystemId::read, SystemId::write);

    private static final int MANUFACTURER_SIZE = 5;
    private static final int MANUFACTURER_WIDTH = 40;
    private static final int OUI_WIDTH = 24;

    /** Checks the ranges. */
    public SystemId {
        Bits.requireUnsigned("manufacturer", manufacturer, MANUFACTURER_WIDTH);
        Bits.requireUnsigned("oui", oui, OUI_WIDTH);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the EUI-64 as 16 upper-case hexadecimal digits, the maker's identifier first. */
    public String eui64() {
        return HexFormat.of().withUpperCase().toHexDigits((long) oui << MANUFACTURER_WIDTH | manufacturer);
    }

    private static SystemId read(ByteReader in) {
        return new SystemId(in.unsigned("manufacturer", MANUFACTURER_SIZE), in.uint24("oui"), in.remainder(0));
    }

    private static void write(SystemId value, ByteWriter out) {
        out.unsigned("manufacturer", value.manufacturer, MANUFACTURER_SIZE);
        out.uint24("oui", value.oui);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("manufacturer", manufacturer, MANUFACTURER_WIDTH)
                .bits("oui", oui, OUI_WIDTH)
                .trailing(remainder)
                .toMap();
    }

    /** Hides the number, which names one device. */
    @Override
    public String toString() {
        return Fields.names(this);
    }
}
