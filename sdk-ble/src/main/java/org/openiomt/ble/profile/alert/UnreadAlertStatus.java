package org.openiomt.ble.profile.alert;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Unread Alert Status, characteristic {@code 0x2A45} of the Alert Notification Service.
 *
 * <pre>
 * field         type   octets  present when  meaning
 * categoryCode  uint8  1       always        see {@link AlertCategory}; others kept as a raw code
 * unread        uint8  1       always        alerts that are not read, 0 to 254; 255 = more than 254
 * </pre>
 *
 * @param categoryCode as sent, 0 to 255
 * @param unread alerts that are not read, 0 to 254; see {@link #MORE}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/alert-notification-service-1-0/">ANS 1.0, 3.4</a>
 */
public record UnreadAlertStatus(int categoryCode, int unread, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<UnreadAlertStatus> CODEC = Codec.of(UnreadAlertStatus::read, UnreadAlertStatus::write);

    /** The {@link #unread} that says: more than 254. */
    public static final int MORE = 255;

    /** Checks the ranges. */
    public UnreadAlertStatus {
        AlertCategory.check(categoryCode);
        Bits.requireUnsigned("unread", unread, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the category, or empty when the code is reserved or left to services. */
    public Optional<AlertCategory> category() {
        return AlertCategory.of(categoryCode);
    }

    private static UnreadAlertStatus read(ByteReader in) {
        return new UnreadAlertStatus(AlertCategory.read(in), in.uint8("unread"), in.remainder(0));
    }

    private static void write(UnreadAlertStatus value, ByteWriter out) {
        out.uint8("category", value.categoryCode);
        out.uint8("unread", value.unread);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = AlertCategory.describe(Fields.start(), categoryCode);
        return (unread == MORE ? fields.put("unread", "more than 254") : fields.put("unread", unread))
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
