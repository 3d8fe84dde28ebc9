package org.openiomt.ble.profile.alert;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A set of alert categories: Alert Category ID Bit Mask {@code 0x2A42}, and of the Alert Notification Service Supported New
 * Alert Category {@code 0x2A47} and Supported Unread Alert Category {@code 0x2A48}.
 *
 * <pre>
 * field       type        octets  present when  meaning
 * categories  bits 0..7   1       always        bit n is the category of code n, see {@link AlertCategory}
 * categories  bits 8..15  1       octets left   bits 8 and 9 as before; others kept; absent means that none is set
 * </pre>
 *
 * @param categories the set
 * @param octets the octets of the field on the wire, 1 or 2
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/alert-notification-service-1-0/">ANS 1.0, 3.1 and 3.3</a>
 */
public record AlertCategories(Set<AlertCategory> categories, int octets, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<AlertCategories> CODEC = Codec.of(AlertCategories::read, AlertCategories::write);

    private static final int WIDTH = 16;

    /** Copies the set and checks that it fits its octets. */
    public AlertCategories {
        categories = Bits.copy(AlertCategory.class, categories);
        if (octets != 1 && octets != 2) {
            throw new IllegalArgumentException("a set of categories has 1 or 2 octets, but got " + octets);
        }
        Bits.requireUnknown(remainder, Bits.known(AlertCategory.class));
        Bits.requireUnsigned("categories", Bits.mask(categories) | remainder.unknownFlags(), Byte.SIZE * octets);
        if (octets == 1 && remainder.trailing().length > 0) {
            throw new IllegalArgumentException("octets behind the first belong to the set");
        }
    }

    /** Returns a set in two octets. */
    public static AlertCategories of(Set<AlertCategory> categories) {
        return new AlertCategories(categories, 2, Remainder.NONE);
    }

    private static AlertCategories read(ByteReader in) {
        int at = in.offset();
        int octets = Math.max(1, Math.min(2, in.remaining()));
        long bits = in.unsigned("categories", octets);
        long unknown = in.unknownBits("categories", at, bits, Bits.known(AlertCategory.class));
        return new AlertCategories(Bits.set(AlertCategory.class, bits), octets, in.remainder(unknown));
    }

    private static void write(AlertCategories value, ByteWriter out) {
        out.unsigned("categories", Bits.mask(value.categories) | value.remainder.unknownFlags(), value.octets);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("categories", categories)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
