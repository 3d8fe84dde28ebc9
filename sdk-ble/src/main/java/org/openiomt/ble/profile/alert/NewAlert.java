package org.openiomt.ble.profile.alert;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * New Alert, characteristic {@code 0x2A46} of the Alert Notification Service.
 *
 * <pre>
 * field         type   octets      present when  meaning
 * categoryCode  uint8  1           always        see {@link AlertCategory}; others kept as a raw code
 * count         uint8  1           always        new alerts of this category, 0 to 255
 * text          UTF-8  to the end  always        of the last of them, such as who calls; may be empty
 * </pre>
 *
 * @param categoryCode as sent, 0 to 255
 * @param count new alerts of this category, 0 to 255
 * @param text of the last of them
 * @see <a href="https://www.bluetooth.com/specifications/specs/alert-notification-service-1-0/">ANS 1.0, 3.2</a>
 */
public record NewAlert(int categoryCode, int count, DeviceText text) implements Described {
    /** Reads and writes it. */
    public static final Codec<NewAlert> CODEC = Codec.of(NewAlert::read, NewAlert::write);

    /** Checks the ranges. */
    public NewAlert {
        AlertCategory.check(categoryCode);
        Bits.requireUnsigned("count", count, Byte.SIZE);
        Objects.requireNonNull(text, "text");
    }

    /** Returns the category, or empty when the code is reserved or left to services. */
    public Optional<AlertCategory> category() {
        return AlertCategory.of(categoryCode);
    }

    private static NewAlert read(ByteReader in) {
        return new NewAlert(AlertCategory.read(in), in.uint8("count"), DeviceText.read(in, "text"));
    }

    private static void write(NewAlert value, ByteWriter out) {
        out.uint8("category", value.categoryCode);
        out.uint8("count", value.count);
        value.text.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return AlertCategory.describe(Fields.start(), categoryCode)
                .put("count", count)
                .put("text", text)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
