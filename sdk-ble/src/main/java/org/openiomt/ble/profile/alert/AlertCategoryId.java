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
 * Alert Category ID, characteristic {@code 0x2A43}.
 *
 * <pre>
 * field         type   octets  present when  meaning
 * categoryCode  uint8  1       always        0 to 9 see {@link AlertCategory}; 251 to 255 left to services; others kept as a
 *                                            raw code
 * </pre>
 *
 * @param categoryCode as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/alert-notification-service-1-0/">ANS 1.0</a>
 */
public record AlertCategoryId(int categoryCode, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<AlertCategoryId> CODEC = Codec.of(AlertCategoryId::read, AlertCategoryId::write);

    /** Checks the range. */
    public AlertCategoryId {
        AlertCategory.check(categoryCode);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the category, or empty when the code is reserved or left to services. */
    public Optional<AlertCategory> category() {
        return AlertCategory.of(categoryCode);
    }

    private static AlertCategoryId read(ByteReader in) {
        return new AlertCategoryId(AlertCategory.read(in), in.remainder(0));
    }

    private static void write(AlertCategoryId value, ByteWriter out) {
        out.uint8("category", value.categoryCode);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return AlertCategory.describe(Fields.start(), categoryCode)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
