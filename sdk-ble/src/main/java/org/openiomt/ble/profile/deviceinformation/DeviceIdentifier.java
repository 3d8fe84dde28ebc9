package org.openiomt.ble.profile.deviceinformation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * UDI for Medical Devices, characteristic {@code 0x2BFF} of the Device Information Service: the unique device identifier.
 *
 * <pre>
 * field             type   octets           present when  meaning
 * flags             uint8  1                always        bits 0 to 3: the texts below, in order; others kept
 * label             UTF-8  to the next NUL  flags bit 0   the whole identifier as printed on the device
 * deviceIdentifier  UTF-8  to the next NUL  flags bit 1   the part that names the model
 * issuer            UTF-8  to the next NUL  flags bit 2   the OID of who gave out the number
 * authority         UTF-8  to the next NUL  flags bit 3   the OID of the authority in whose region it holds
 * </pre>
 *
 * A text ends with a NUL; a last one without it is kept and reported, strict refuses it, as octets that are no UTF-8. Its text
 * names one device and perhaps its serial number: devices give it on an encrypted link only.
 *
 * @param label the whole identifier as printed on the device
 * @param deviceIdentifier the part that names the model
 * @param issuer who gave out the number
 * @param authority in whose region it holds
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-information-service-1-2/">DIS 1.2, 3.10</a>
 */
public record DeviceIdentifier(
        Optional<Text> label,
        Optional<Text> deviceIdentifier,
        Optional<Text> issuer,
        Optional<Text> authority,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<DeviceIdentifier> CODEC = Codec.of(DeviceIdentifier::read, DeviceIdentifier::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int LABEL = 0x01;
    private static final int DEVICE = 0x02;
    private static final int ISSUER = 0x04;
    private static final int AUTHORITY = 0x08;
    private static final int KNOWN = LABEL | DEVICE | ISSUER | AUTHORITY;

    /**
     * One text as sent.
     *
     * @param octets its octets without the NUL
     * @param hasEnd whether a NUL ends it
     */
    public record Text(Opaque octets, boolean hasEnd) {
        /** Checks that no NUL is inside. */
        public Text {
            for (byte octet : octets.octets()) {
                if (octet == 0) {
                    throw new IllegalArgumentException("a NUL ends a text and cannot stand in it");
                }
            }
        }

        /** Returns a text with its end. */
        public static Text of(String text) {
            return new Text(Opaque.of(text.getBytes(StandardCharsets.UTF_8)), true);
        }

        /** Returns the text; octets that are no UTF-8 are U+FFFD. */
        public String text() {
            return new String(octets.octets(), StandardCharsets.UTF_8);
        }

        private static Text read(ByteReader in, String field) {
            int at = in.offset();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            boolean hasEnd = false;
            while (in.remaining() > 0 && !hasEnd) {
                int octet = in.uint8(field);
                hasEnd = octet == 0;
                if (!hasEnd) {
                    octets.write(octet);
                }
            }
            Text text = new Text(Opaque.of(octets.toByteArray()), hasEnd);
            if (!hasEnd) {
                in.unforeseen(field, at, "expected a NUL at its end, but the value ended");
            }
            if (!Arrays.equals(text.text().getBytes(StandardCharsets.UTF_8), octets.toByteArray())) {
                in.unforeseen(field, at, "not valid UTF-8");
            }
            return text;
        }

        private void writeTo(ByteWriter out) {
            out.octets(octets.octets());
            if (hasEnd) {
                out.uint8("end", 0);
            }
        }

        /** Hides the text. */
        @Override
        public String toString() {
            return "Text[" + octets.octets().length + " octets]";
        }
    }

    /** Checks that a text without an end is the last. */
    public DeviceIdentifier {
        Bits.requireUnknown(remainder, KNOWN);
        List<Text> texts = texts(label, deviceIdentifier, issuer, authority);
        for (int i = 0; i < texts.size(); i++) {
            boolean isLast = i == texts.size() - 1 && remainder.trailing().length == 0;
            if (!texts.get(i).hasEnd && !isLast) {
                throw new IllegalArgumentException("only the last text can lack its end");
            }
        }
    }

    private static List<Text> texts(
            Optional<Text> label, Optional<Text> deviceIdentifier, Optional<Text> issuer, Optional<Text> authority) {
        return Stream.of(label, deviceIdentifier, issuer, authority)
                .flatMap(Optional::stream)
                .toList();
    }

    private int flags() {
        return (label.isPresent() ? LABEL : 0)
                | (deviceIdentifier.isPresent() ? DEVICE : 0)
                | (issuer.isPresent() ? ISSUER : 0)
                | (authority.isPresent() ? AUTHORITY : 0)
                | (int) remainder.unknownFlags();
    }

    private static DeviceIdentifier read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new DeviceIdentifier(
                text(in, flags & LABEL, "label"),
                text(in, flags & DEVICE, "deviceIdentifier"),
                text(in, flags & ISSUER, "issuer"),
                text(in, flags & AUTHORITY, "authority"),
                in.remainder(unknown));
    }

    private static Optional<Text> text(ByteReader in, int flag, String field) {
        if (flag == 0) {
            return Optional.empty();
        }
        if (in.remaining() == 0) {
            throw new DecodeException(field, in.offset(), "cut short, 1 octet missing");
        }
        return Optional.of(Text.read(in, field));
    }

    private static void write(DeviceIdentifier value, ByteWriter out) {
        out.uint8("flags", value.flags());
        texts(value.label, value.deviceIdentifier, value.issuer, value.authority)
                .forEach(text -> text.writeTo(out));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("label", label.map(Text::text))
                .put("deviceIdentifier", deviceIdentifier.map(Text::text))
                .put("issuer", issuer.map(Text::text))
                .put("authority", authority.map(Text::text))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    /** Hides the texts, which name one device. */
    @Override
    public String toString() {
        return Fields.names(this);
    }
}
