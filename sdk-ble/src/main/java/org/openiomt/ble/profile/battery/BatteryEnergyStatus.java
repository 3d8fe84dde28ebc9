package org.openiomt.ble.profile.battery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Energy Status, characteristic {@code 0x2BF0} of the Battery Service.
 *
 * <pre>
 * field                             type    octets  present when  meaning
 * flags                             uint8   1       always        bits 0 to 5: the fields below, in order; others kept
 * externalSourceWatt                SFLOAT  2       flags bit 0   W that the device takes from outside
 * presentVolt                       SFLOAT  2       flags bit 1   V
 * availableKilowattHour             SFLOAT  2       flags bit 2   kWh that are left
 * availableCapacityKilowattHour     SFLOAT  2       flags bit 3   kWh when full
 * chargeRateWatt                    SFLOAT  2       flags bit 4   W into the battery; negative out of it
 * availableAtLastChargeKilowattHour SFLOAT  2       flags bit 5   kWh after the last charge
 * </pre>
 *
 * @param externalSourceWatt what the device takes from outside
 * @param presentVolt the voltage now
 * @param availableKilowattHour what is left
 * @param availableCapacityKilowattHour what there is when full
 * @param chargeRateWatt what flows into the battery; negative out of it
 * @param availableAtLastChargeKilowattHour what there was after the last charge
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.6</a>
 */
public record BatteryEnergyStatus(
        Optional<MedicalFloat> externalSourceWatt,
        Optional<MedicalFloat> presentVolt,
        Optional<MedicalFloat> availableKilowattHour,
        Optional<MedicalFloat> availableCapacityKilowattHour,
        Optional<MedicalFloat> chargeRateWatt,
        Optional<MedicalFloat> availableAtLastChargeKilowattHour,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryEnergyStatus> CODEC =
            Codec.of(BatteryEnergyStatus::read, BatteryEnergyStatus::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int KNOWN = 0x3F;

    private static final List<String> NAMES = List.of(
            "externalSourceWatt",
            "presentVolt",
            "availableKilowattHour",
            "availableCapacityKilowattHour",
            "chargeRateWatt",
            "availableAtLastChargeKilowattHour");

    /** Checks that all are there. */
    public BatteryEnergyStatus {
        Objects.requireNonNull(externalSourceWatt, "externalSourceWatt");
        Objects.requireNonNull(presentVolt, "presentVolt");
        Objects.requireNonNull(availableKilowattHour, "availableKilowattHour");
        Objects.requireNonNull(availableCapacityKilowattHour, "availableCapacityKilowattHour");
        Objects.requireNonNull(chargeRateWatt, "chargeRateWatt");
        Objects.requireNonNull(availableAtLastChargeKilowattHour, "availableAtLastChargeKilowattHour");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the numbers in the order of {@link #NAMES}, which is that of the flags. */
    private List<Optional<MedicalFloat>> numbers() {
        return List.of(
                externalSourceWatt,
                presentVolt,
                availableKilowattHour,
                availableCapacityKilowattHour,
                chargeRateWatt,
                availableAtLastChargeKilowattHour);
    }

    private int flags() {
        int flags = (int) remainder.unknownFlags();
        for (int i = 0; i < NAMES.size(); i++) {
            flags |= numbers().get(i).isPresent() ? 1 << i : 0;
        }
        return flags;
    }

    private static BatteryEnergyStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new BatteryEnergyStatus(
                number(in, flags, 0),
                number(in, flags, 1),
                number(in, flags, 2),
                number(in, flags, 3),
                number(in, flags, 4),
                number(in, flags, 5),
                in.remainder(unknown));
    }

    private static Optional<MedicalFloat> number(ByteReader in, int flags, int index) {
        return (flags & 1 << index) != 0 ? Optional.of(in.sfloat(NAMES.get(index))) : Optional.empty();
    }

    private static void write(BatteryEnergyStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            value.numbers().get(i).ifPresent(number -> out.sfloat(name, number));
        }
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", flags(), FLAGS_WIDTH);
        for (int i = 0; i < NAMES.size(); i++) {
            fields.put(NAMES.get(i), numbers().get(i));
        }
        return fields.remainder(remainder, FLAGS_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
