package org.openiomt.ble.profile.thermometer;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Temperature Type, characteristic {@code 0x2A1D} of the Health Thermometer Service: where a thermometer that has but one
 * site measures.
 *
 * <pre>
 * field  type   octets  present when  meaning
 * site   uint8  1       always        see {@link TemperatureSite}; reserved codes kept
 * </pre>
 *
 * @param site where on the body
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/health-thermometer-service-1-0/">HTS 1.0, 3.2</a>
 */
public record TemperatureType(TemperatureSite site, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<TemperatureType> CODEC = Codec.of(TemperatureType::read, TemperatureType::write);

    /** Checks that both are there. */
    public TemperatureType {
        Objects.requireNonNull(site, "site");
        Bits.requireUnknown(remainder, ~0L);
    }

    private static TemperatureType read(ByteReader in) {
        return new TemperatureType(TemperatureSite.read(in), in.remainder(0));
    }

    private static void write(TemperatureType value, ByteWriter out) {
        out.uint8("site", value.site.code());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("site", site.code()).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
