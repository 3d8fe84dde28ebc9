package org.openiomt.ble.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * A text that a device keeps, alone in its characteristic or at the end of one. Immutable.
 *
 * <pre>
 * service                  characteristics
 * Device Information       Manufacturer Name 2A29, Model Number 2A24, Serial Number 2A25, Firmware Revision 2A26,
 *                          Hardware Revision 2A27, Software Revision 2A28
 * User Data                Email Address 2A87, First Name 2A8A, Middle Name 2B48, Last Name 2A90, Language 2AA2
 * Indoor Positioning       Location Name 2AB5
 * Emergency Configuration  Emergency Text 2B2E
 * Object Transfer          Object Name 2ABE
 * </pre>
 *
 * <pre>
 * field  type   octets      present when  meaning
 * text   UTF-8  to the end  always        may be empty; NULs at its end are seen in the wild; kept and reported, as are
 *                                         octets that are no UTF-8; strict refuses both
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-information-service-1-1/">DIS 1.1, 3</a>
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public final class DeviceText implements Described {
    /** Reads and writes it. */
    public static final Codec<DeviceText> CODEC = Codec.of(in -> read(in, "text"), DeviceText::writeTo);

    private final byte[] octets;
    private final String text;
    private final int trailingNuls;

    private DeviceText(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        this.octets = octets;
        this.text = new String(octets, 0, end, StandardCharsets.UTF_8);
        this.trailingNuls = octets.length - end;
    }

    /** Returns a text that ends without NULs, unless {@code text} has some. */
    public static DeviceText of(String text) {
        return new DeviceText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text without the NULs at its end; octets that are no UTF-8 are U+FFFD. */
    public String text() {
        return text;
    }

    /** Returns how many NULs stand behind the text. */
    public int trailingNuls() {
        return trailingNuls;
    }

    /** Whether all octets are UTF-8. */
    public boolean isUtf8() {
        return Arrays.equals((text + "\0".repeat(trailingNuls)).getBytes(StandardCharsets.UTF_8), octets);
    }

    /** Reads all octets that are left. Octets that are no UTF-8 and NULs at the end are reported; strict refuses them. */
    public static DeviceText read(ByteReader in, String field) {
        int at = in.offset();
        DeviceText value = new DeviceText(in.octets(field, in.remaining()));
        if (!value.isUtf8()) {
            in.unforeseen(field, at, "not valid UTF-8");
        }
        if (value.trailingNuls > 0) {
            in.unforeseen(field, at + value.octets.length - value.trailingNuls, "NULs behind the text");
        }
        return value;
    }

    /** Writes the octets as they came. */
    public void writeTo(ByteWriter out) {
        out.octets(octets);
    }

    /** Returns the {@code text}; also {@code trailingNuls} where there are any, and all {@code octets} that are no UTF-8. */
    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("text", text);
        if (trailingNuls > 0) {
            fields.put("trailingNuls", trailingNuls);
        }
        if (!isUtf8()) {
            fields.octets("octets", octets);
        }
        return fields.toMap();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceText that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Hides the text, which may be a serial number. */
    @Override
    public String toString() {
        return Fields.names(this);
    }
}
