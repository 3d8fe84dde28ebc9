package org.openiomt.ble.profile.battery;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Health Information, characteristic {@code 0x2BEB} of the Battery Service: what a battery is made for.
 *
 * <pre>
 * field               type    octets  present when  meaning
 * flags               uint8   1       always        bit 0 cycles, 1 both temperatures; others kept
 * designedCycleCount  uint16  2       flags bit 0   how often it can be charged
 * minTemperature      int8    1       flags bit 1   Cel; see {@link BatteryTemperature}
 * maxTemperature      int8    1       flags bit 1   Cel; as above
 * </pre>
 *
 * @param designedCycleCount how often it can be charged, 0 to 65,535
 * @param operating the temperatures at which it works
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.10</a>
 */
public record BatteryHealthInformation(
        OptionalInt designedCycleCount, Optional<TemperatureRange> operating, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryHealthInformation> CODEC =
            Codec.of(BatteryHealthInformation::read, BatteryHealthInformation::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int CYCLES = 0x01;
    private static final int TEMPERATURES = 0x02;

    /**
     * Temperatures from the lowest to the highest.
     *
     * @param min the lowest
     * @param max the highest
     */
    public record TemperatureRange(BatteryTemperature min, BatteryTemperature max) {}

    /** Checks the ranges. */
    public BatteryHealthInformation {
        Bits.requireUnsigned("designedCycleCount", designedCycleCount, 16);
        Objects.requireNonNull(operating, "operating");
        Bits.requireUnknown(remainder, CYCLES | TEMPERATURES);
    }

    private int flags() {
        return (designedCycleCount.isPresent() ? CYCLES : 0)
                | (operating.isPresent() ? TEMPERATURES : 0)
                | (int) remainder.unknownFlags();
    }

    private static BatteryHealthInformation read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, CYCLES | TEMPERATURES);
        return new BatteryHealthInformation(
                (flags & CYCLES) != 0 ? OptionalInt.of(in.uint16("designedCycleCount")) : OptionalInt.empty(),
                (flags & TEMPERATURES) != 0
                        ? Optional.of(new TemperatureRange(
                                new BatteryTemperature(in.int8("minTemperature")),
                                new BatteryTemperature(in.int8("maxTemperature"))))
                        : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(BatteryHealthInformation value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.designedCycleCount.ifPresent(count -> out.uint16("designedCycleCount", count));
        value.operating.ifPresent(range -> {
            out.int8("minTemperature", range.min.code());
            out.int8("maxTemperature", range.max.code());
        });
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("designedCycleCount", designedCycleCount)
                .put("minTemperatureCelsius", operating.map(range -> range.min.plain()))
                .put("maxTemperatureCelsius", operating.map(range -> range.max.plain()))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
