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
 * Battery Health Status, characteristic {@code 0x2BEA} of the Battery Service.
 *
 * <pre>
 * field               type    octets  present when  meaning
 * flags               uint8   1       always        bits 0 to 3: the fields below, in order; others kept
 * healthPercent       uint8   1       flags bit 0   0 to 100; above 100 reserved: kept and reported, strict refuses
 * cycleCount          uint16  2       flags bit 1   how often it was charged
 * temperature         int8    1       flags bit 2   Cel; see {@link BatteryTemperature}
 * deepDischargeCount  uint16  2       flags bit 3   how often it was emptied
 * </pre>
 *
 * @param healthPercent the health as sent, 0 to 255; above 100 it is none
 * @param cycleCount how often it was charged, 0 to 65,535
 * @param temperature how warm it is
 * @param deepDischargeCount how often it was emptied, 0 to 65,535
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.9</a>
 */
public record BatteryHealthStatus(
        OptionalInt healthPercent,
        OptionalInt cycleCount,
        Optional<BatteryTemperature> temperature,
        OptionalInt deepDischargeCount,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryHealthStatus> CODEC =
            Codec.of(BatteryHealthStatus::read, BatteryHealthStatus::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int FULL = 100;
    private static final int HEALTH = 0x01;
    private static final int CYCLES = 0x02;
    private static final int TEMPERATURE = 0x04;
    private static final int DEEP_DISCHARGES = 0x08;
    private static final int KNOWN = HEALTH | CYCLES | TEMPERATURE | DEEP_DISCHARGES;

    /** Checks the ranges. */
    public BatteryHealthStatus {
        Bits.requireUnsigned("healthPercent", healthPercent, 8);
        Bits.requireUnsigned("cycleCount", cycleCount, 16);
        Objects.requireNonNull(temperature, "temperature");
        Bits.requireUnsigned("deepDischargeCount", deepDischargeCount, 16);
        Bits.requireUnknown(remainder, KNOWN);
    }

    private int flags() {
        return (healthPercent.isPresent() ? HEALTH : 0)
                | (cycleCount.isPresent() ? CYCLES : 0)
                | (temperature.isPresent() ? TEMPERATURE : 0)
                | (deepDischargeCount.isPresent() ? DEEP_DISCHARGES : 0)
                | (int) remainder.unknownFlags();
    }

    private static BatteryHealthStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        int healthAt = in.offset();
        OptionalInt health = (flags & HEALTH) != 0 ? OptionalInt.of(in.uint8("healthPercent")) : OptionalInt.empty();
        if (health.orElse(0) > FULL) {
            in.unforeseen("healthPercent", healthAt, "expected 0 to 100, but got " + health.getAsInt());
        }
        return new BatteryHealthStatus(
                health,
                (flags & CYCLES) != 0 ? OptionalInt.of(in.uint16("cycleCount")) : OptionalInt.empty(),
                (flags & TEMPERATURE) != 0
                        ? Optional.of(new BatteryTemperature(in.int8("temperature")))
                        : Optional.empty(),
                (flags & DEEP_DISCHARGES) != 0 ? OptionalInt.of(in.uint16("deepDischargeCount")) : OptionalInt.empty(),
                in.remainder(unknown));
    }

    private static void write(BatteryHealthStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.healthPercent.ifPresent(percent -> out.uint8("healthPercent", percent));
        value.cycleCount.ifPresent(count -> out.uint16("cycleCount", count));
        value.temperature.ifPresent(temperature -> out.int8("temperature", temperature.code()));
        value.deepDischargeCount.ifPresent(count -> out.uint16("deepDischargeCount", count));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("healthPercent", healthPercent)
                .put("cycleCount", cycleCount)
                .put("temperatureCelsius", temperature.map(BatteryTemperature::plain))
                .put("deepDischargeCount", deepDischargeCount)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
