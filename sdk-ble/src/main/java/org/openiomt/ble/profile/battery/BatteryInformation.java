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
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Information, characteristic {@code 0x2BEC} of the Battery Service.
 *
 * <pre>
 * field                     type    octets  present when  meaning
 * flags                     uint16  2       always        bits 0 to 7: the fields after the features, in order; others kept
 * features                  uint8   1       always        bit 0 replaceable, 1 rechargeable; others kept
 * manufacturedDays          uint24  3       flags bit 0   days since 1970-01-01
 * expiresDays               uint24  3       flags bit 1   days since 1970-01-01
 * designedCapacityKilowattHour  SFLOAT  2   flags bit 2   kWh
 * lowEnergyKilowattHour     SFLOAT  2       flags bit 3   kWh at which the charge is low
 * criticalEnergyKilowattHour  SFLOAT  2     flags bit 4   kWh at which it is critical
 * chemistry                 uint8   1       flags bit 5   see {@link Chemistry}; others kept as a raw code
 * nominalVolt               SFLOAT  2       flags bit 6   V
 * aggregationGroup          uint8   1       flags bit 7   0 none, 1 to 254 a group; 255 reserved: kept and reported
 * </pre>
 *
 * @param features the bits as sent, 0 to 255
 * @param manufacturedDays when it was made, in days since 1970-01-01, 0 to 16,777,215
 * @param expiresDays until when it is good, in days since 1970-01-01, 0 to 16,777,215
 * @param designedCapacityKilowattHour the capacity it was made for
 * @param lowEnergyKilowattHour below this its charge is low
 * @param criticalEnergyKilowattHour below this its charge is critical
 * @param chemistryCode what it is made of, 0 to 255; see {@link #chemistry()}
 * @param nominalVolt its voltage
 * @param aggregationGroup the batteries that serve together, 0 to 255
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.11</a>
 */
public record BatteryInformation(
        int features,
        OptionalInt manufacturedDays,
        OptionalInt expiresDays,
        Optional<MedicalFloat> designedCapacityKilowattHour,
        Optional<MedicalFloat> lowEnergyKilowattHour,
        Optional<MedicalFloat> criticalEnergyKilowattHour,
        OptionalInt chemistryCode,
        Optional<MedicalFloat> nominalVolt,
        OptionalInt aggregationGroup,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryInformation> CODEC = Codec.of(BatteryInformation::read, BatteryInformation::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int FEATURES_WIDTH = 8;
    private static final int MANUFACTURED = 0x01;
    private static final int EXPIRES = 0x02;
    private static final int CAPACITY = 0x04;
    private static final int LOW = 0x08;
    private static final int CRITICAL = 0x10;
    private static final int CHEMISTRY = 0x20;
    private static final int VOLTAGE = 0x40;
    private static final int GROUP = 0x80;
    private static final int KNOWN = 0xFF;

    private static final int REPLACEABLE = 0x01;
    private static final int RECHARGEABLE = 0x02;
    private static final int RESERVED_GROUP = 255;

    /** What a battery is made of, in the order of the codes; {@code OTHER} is 255. */
    public enum Chemistry {
        /** The device does not know. */
        UNKNOWN,
        /** Alkaline. */
        ALKALINE,
        /** Lead acid. */
        LEAD_ACID,
        /** Lithium, iron disulphide. */
        LITHIUM_IRON_DISULFIDE,
        /** Lithium, manganese dioxide. */
        LITHIUM_MANGANESE_DIOXIDE,
        /** Lithium ion. */
        LITHIUM_ION,
        /** Lithium polymer. */
        LITHIUM_POLYMER,
        /** Nickel oxyhydroxide. */
        NICKEL_OXYHYDROXIDE,
        /** Nickel cadmium. */
        NICKEL_CADMIUM,
        /** Nickel metal hydride. */
        NICKEL_METAL_HYDRIDE,
        /** Silver oxide. */
        SILVER_OXIDE,
        /** Zinc chloride. */
        ZINC_CHLORIDE,
        /** Zinc air. */
        ZINC_AIR,
        /** Zinc carbon. */
        ZINC_CARBON,
        /** Something else. */
        OTHER;

        private static final int OTHER_CODE = 255;

        /** Returns the chemistry of a code, or empty for a code that the standard reserves. */
        static Optional<Chemistry> of(int code) {
            if (code == OTHER_CODE) {
                return Optional.of(OTHER);
            }
            return code < values().length - 1 ? Optional.of(values()[code]) : Optional.empty();
        }
    }

    /** Checks the ranges. */
    public BatteryInformation {
        Bits.requireUnsigned("features", features, FEATURES_WIDTH);
        Bits.requireUnsigned("manufacturedDays", manufacturedDays, 24);
        Bits.requireUnsigned("expiresDays", expiresDays, 24);
        Objects.requireNonNull(designedCapacityKilowattHour, "designedCapacityKilowattHour");
        Objects.requireNonNull(lowEnergyKilowattHour, "lowEnergyKilowattHour");
        Objects.requireNonNull(criticalEnergyKilowattHour, "criticalEnergyKilowattHour");
        Bits.requireUnsigned("chemistry", chemistryCode, 8);
        Objects.requireNonNull(nominalVolt, "nominalVolt");
        Bits.requireUnsigned("aggregationGroup", aggregationGroup, 8);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Whether its user can replace it. */
    public boolean isReplaceable() {
        return (features & REPLACEABLE) != 0;
    }

    /** Whether it can be charged. */
    public boolean isRechargeable() {
        return (features & RECHARGEABLE) != 0;
    }

    /** Returns what it is made of; empty when the device does not say, or says a code that the standard reserves. */
    public Optional<Chemistry> chemistry() {
        return chemistryCode.isPresent() ? Chemistry.of(chemistryCode.getAsInt()) : Optional.empty();
    }

    private int flags() {
        return (manufacturedDays.isPresent() ? MANUFACTURED : 0)
                | (expiresDays.isPresent() ? EXPIRES : 0)
                | (designedCapacityKilowattHour.isPresent() ? CAPACITY : 0)
                | (lowEnergyKilowattHour.isPresent() ? LOW : 0)
                | (criticalEnergyKilowattHour.isPresent() ? CRITICAL : 0)
                | (chemistryCode.isPresent() ? CHEMISTRY : 0)
                | (nominalVolt.isPresent() ? VOLTAGE : 0)
                | (aggregationGroup.isPresent() ? GROUP : 0)
                | (int) remainder.unknownFlags();
    }

    private static BatteryInformation read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        int featuresAt = in.offset();
        int features = in.uint8("features");
        in.unknownBits("features", featuresAt, features, REPLACEABLE | RECHARGEABLE);
        OptionalInt manufactured =
                (flags & MANUFACTURED) != 0 ? OptionalInt.of(in.uint24("manufacturedDays")) : OptionalInt.empty();
        OptionalInt expires = (flags & EXPIRES) != 0 ? OptionalInt.of(in.uint24("expiresDays")) : OptionalInt.empty();
        Optional<MedicalFloat> capacity = sfloat(in, flags & CAPACITY, "designedCapacityKilowattHour");
        Optional<MedicalFloat> low = sfloat(in, flags & LOW, "lowEnergyKilowattHour");
        Optional<MedicalFloat> critical = sfloat(in, flags & CRITICAL, "criticalEnergyKilowattHour");
        int chemistryAt = in.offset();
        OptionalInt chemistry = (flags & CHEMISTRY) != 0 ? OptionalInt.of(in.uint8("chemistry")) : OptionalInt.empty();
        if (chemistry.isPresent() && Chemistry.of(chemistry.getAsInt()).isEmpty()) {
            in.unforeseen("chemistry", chemistryAt, "unknown code " + chemistry.getAsInt());
        }
        Optional<MedicalFloat> volt = sfloat(in, flags & VOLTAGE, "nominalVolt");
        int groupAt = in.offset();
        OptionalInt group = (flags & GROUP) != 0 ? OptionalInt.of(in.uint8("aggregationGroup")) : OptionalInt.empty();
        if (group.orElse(0) == RESERVED_GROUP) {
            in.unforeseen("aggregationGroup", groupAt, "reserved code 255");
        }
        return new BatteryInformation(
                features,
                manufactured,
                expires,
                capacity,
                low,
                critical,
                chemistry,
                volt,
                group,
                in.remainder(unknown));
    }

    private static Optional<MedicalFloat> sfloat(ByteReader in, int flag, String field) {
        return flag != 0 ? Optional.of(in.sfloat(field)) : Optional.empty();
    }

    private static void write(BatteryInformation value, ByteWriter out) {
        out.uint16("flags", value.flags());
        out.uint8("features", value.features);
        value.manufacturedDays.ifPresent(days -> out.uint24("manufacturedDays", days));
        value.expiresDays.ifPresent(days -> out.uint24("expiresDays", days));
        value.designedCapacityKilowattHour.ifPresent(energy -> out.sfloat("designedCapacityKilowattHour", energy));
        value.lowEnergyKilowattHour.ifPresent(energy -> out.sfloat("lowEnergyKilowattHour", energy));
        value.criticalEnergyKilowattHour.ifPresent(energy -> out.sfloat("criticalEnergyKilowattHour", energy));
        value.chemistryCode.ifPresent(code -> out.uint8("chemistry", code));
        value.nominalVolt.ifPresent(volt -> out.sfloat("nominalVolt", volt));
        value.aggregationGroup.ifPresent(group -> out.uint8("aggregationGroup", group));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .bits("features", features, FEATURES_WIDTH)
                .put("isReplaceable", isReplaceable())
                .put("isRechargeable", isRechargeable())
                .put("manufacturedDays", manufacturedDays)
                .put("expiresDays", expiresDays)
                .put("designedCapacityKilowattHour", designedCapacityKilowattHour)
                .put("lowEnergyKilowattHour", lowEnergyKilowattHour)
                .put("criticalEnergyKilowattHour", criticalEnergyKilowattHour)
                .put("chemistryCode", chemistryCode)
                .put("chemistry", chemistry())
                .put("nominalVolt", nominalVolt)
                .put("aggregationGroup", aggregationGroup)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
