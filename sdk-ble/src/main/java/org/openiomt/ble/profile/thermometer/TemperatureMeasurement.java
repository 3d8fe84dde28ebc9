package org.openiomt.ble.profile.thermometer;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Temperature Measurement, characteristic {@code 0x2A1C} of the Health Thermometer Service.
 *
 * <pre>
 * field        type       octets  present when  meaning
 * flags        uint8      1       always        bit 0 unit, bit 1 time, bit 2 site; others kept
 * temperature  FLOAT      4       always        in Cel (bit 0 = 0) or [degF] (bit 0 = 1); NaN = failed
 * takenAt      date-time  7       flags bit 1   device clock, no zone; 0 = part not known
 * site         uint8      1       flags bit 2   see {@link TemperatureSite}; reserved codes kept
 * </pre>
 *
 * @param temperature the temperature
 * @param unit its unit
 * @param takenAt when the device measured
 * @param site where on the body
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/health-thermometer-service-1-0/">HTS 1.0, 3.1</a>
 */
public record TemperatureMeasurement(
        MedicalFloat temperature,
        TemperatureUnit unit,
        Optional<DeviceDateTime> takenAt,
        Optional<TemperatureSite> site,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<TemperatureMeasurement> CODEC =
            Codec.of(TemperatureMeasurement::read, TemperatureMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int FAHRENHEIT = 0x01;
    private static final int TIME = 0x02;
    private static final int SITE = 0x04;
    private static final int KNOWN = FAHRENHEIT | TIME | SITE;

    /** Checks that all are there. */
    public TemperatureMeasurement {
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(site, "site");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (unit == TemperatureUnit.FAHRENHEIT ? FAHRENHEIT : 0)
                | (takenAt.isPresent() ? TIME : 0)
                | (site.isPresent() ? SITE : 0)
                | (int) remainder.unknownFlags();
    }

    static TemperatureMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new TemperatureMeasurement(
                in.float32("temperature"),
                (flags & FAHRENHEIT) != 0 ? TemperatureUnit.FAHRENHEIT : TemperatureUnit.CELSIUS,
                (flags & TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "takenAt")) : Optional.empty(),
                (flags & SITE) != 0 ? Optional.of(TemperatureSite.read(in)) : Optional.empty(),
                in.remainder(unknown));
    }

    static void write(TemperatureMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.float32("temperature", value.temperature);
        value.takenAt.ifPresent(time -> DateTimeCodec.write(out, "takenAt", time));
        value.site.ifPresent(site -> out.uint8("site", site.code()));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("temperature", temperature)
                .put("unit", unit)
                .put("takenAt", takenAt)
                .put("site", site.map(TemperatureSite::code))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
