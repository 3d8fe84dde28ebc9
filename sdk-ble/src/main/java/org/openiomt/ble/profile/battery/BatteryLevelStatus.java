package org.openiomt.ble.profile.battery;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Level Status, characteristic {@code 0x2BED} of the Battery Service: how a battery is, and what feeds the device.
 *
 * <pre>
 * field             type    octets  present when  meaning
 * flags             uint8   1       always        bit 0 identifier, 1 level, 2 additional status; others kept
 * powerState        uint16  2       always        bit 0 a battery is there, 1-2 wired power, 3-4 wireless power,
 *                                                 5-6 charge state, 7-8 charge level, 9-11 charging type, 12 fault of the
 *                                                 battery, 13 of the external power, 14 another; reserved codes kept
 * identifier        uint16  2       flags bit 0   which battery, as in a descriptor of its characteristics
 * percent           uint8   1       flags bit 1   as {@link BatteryLevel}
 * additionalStatus  uint8   1       flags bit 2   bits 0-1 service required, 2 battery fault; others kept
 * </pre>
 *
 * @param powerState the bits as sent, 0 to 65,535
 * @param identifier which battery, 0 to 65,535
 * @param percent the charge as sent, 0 to 255; above 100 it is no charge
 * @param additionalStatus the bits as sent, 0 to 255
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.2</a>
 */
public record BatteryLevelStatus(
        int powerState, OptionalInt identifier, OptionalInt percent, OptionalInt additionalStatus, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryLevelStatus> CODEC = Codec.of(BatteryLevelStatus::read, BatteryLevelStatus::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int STATE_WIDTH = 16;
    private static final int FULL = 100;
    private static final int IDENTIFIER = 0x01;
    private static final int LEVEL = 0x02;
    private static final int ADDITIONAL = 0x04;
    private static final int KNOWN = IDENTIFIER | LEVEL | ADDITIONAL;

    private static final int STATE_RESERVED = 0x8000;
    private static final int ADDITIONAL_RESERVED = 0xF8;

    /** An answer, in the order of the codes. */
    public enum Answer {
        /** No. */
        NO,
        /** Yes. */
        YES,
        /** The device does not know. */
        UNKNOWN,
        /** A code that the standard reserves. */
        RESERVED
    }

    /** Where the charge flows, in the order of the codes. */
    public enum ChargeState {
        /** The device does not know. */
        UNKNOWN,
        /** Into the battery. */
        CHARGING,
        /** Out of it, the device being used. */
        DISCHARGING_ACTIVE,
        /** Out of it, the device being at rest. */
        DISCHARGING_INACTIVE
    }

    /** How much charge is left, in the order of the codes. */
    public enum ChargeLevel {
        /** The device does not know. */
        UNKNOWN,
        /** Enough. */
        GOOD,
        /** Little. */
        LOW,
        /** Nearly none. */
        CRITICAL
    }

    /** How the battery is charged, in the order of the codes. */
    public enum ChargingType {
        /** It is not charged, or the device does not know. */
        UNKNOWN_OR_NOT_CHARGING,
        /** With a constant current. */
        CONSTANT_CURRENT,
        /** With a constant voltage. */
        CONSTANT_VOLTAGE,
        /** With very little. */
        TRICKLE,
        /** To stay full. */
        FLOAT
    }

    /** What hinders charging. */
    public enum ChargingFault implements Bit {
        /** The battery. */
        BATTERY(0x1000),
        /** The external power. */
        EXTERNAL_POWER(0x2000),
        /** Something else. */
        OTHER(0x4000);

        private final int mask;

        ChargingFault(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks the ranges. */
    public BatteryLevelStatus {
        Bits.requireUnsigned("powerState", powerState, STATE_WIDTH);
        Bits.requireUnsigned("identifier", identifier, STATE_WIDTH);
        Bits.requireUnsigned("percent", percent, FLAGS_WIDTH);
        Bits.requireUnsigned("additionalStatus", additionalStatus, FLAGS_WIDTH);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Whether a battery is there. */
    public boolean isBatteryPresent() {
        return (powerState & 1) != 0;
    }

    /** Returns whether power comes by wire. */
    public Answer wiredPower() {
        return Answer.values()[powerState >> 1 & 3];
    }

    /** Returns whether power comes without a wire. */
    public Answer wirelessPower() {
        return Answer.values()[powerState >> 3 & 3];
    }

    /** Returns where the charge flows. */
    public ChargeState chargeState() {
        return ChargeState.values()[powerState >> 5 & 3];
    }

    /** Returns how much charge is left. */
    public ChargeLevel chargeLevel() {
        return ChargeLevel.values()[powerState >> 7 & 3];
    }

    /** Returns how the battery is charged, or empty for a code that the standard reserves. */
    public Optional<ChargingType> chargingType() {
        int code = powerState >> 9 & 7;
        return code < ChargingType.values().length ? Optional.of(ChargingType.values()[code]) : Optional.empty();
    }

    /** Returns what hinders charging. */
    public Set<ChargingFault> chargingFaults() {
        return Bits.set(ChargingFault.class, powerState);
    }

    /** Returns whether somebody must look after the battery, where the device says it. */
    public Optional<Answer> serviceRequired() {
        return additionalStatus.isPresent()
                ? Optional.of(Answer.values()[additionalStatus.getAsInt() & 3])
                : Optional.empty();
    }

    /** Returns whether the battery is faulty, where the device says it. */
    public Optional<Boolean> isFaulty() {
        return additionalStatus.isPresent() ? Optional.of((additionalStatus.getAsInt() & 4) != 0) : Optional.empty();
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (identifier.isPresent() ? IDENTIFIER : 0)
                | (percent.isPresent() ? LEVEL : 0)
                | (additionalStatus.isPresent() ? ADDITIONAL : 0)
                | (int) remainder.unknownFlags();
    }

    private boolean isStateForeseen() {
        return (powerState & STATE_RESERVED) == 0
                && chargingType().isPresent()
                && wiredPower() != Answer.RESERVED
                && wirelessPower() != Answer.RESERVED;
    }

    private static BatteryLevelStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        int stateAt = in.offset();
        int state = in.uint16("powerState");
        OptionalInt identifier =
                (flags & IDENTIFIER) != 0 ? OptionalInt.of(in.uint16("identifier")) : OptionalInt.empty();
        int percentAt = in.offset();
        OptionalInt percent = (flags & LEVEL) != 0 ? OptionalInt.of(in.uint8("percent")) : OptionalInt.empty();
        if (percent.orElse(0) > FULL) {
            in.unforeseen("percent", percentAt, "expected 0 to 100, but got the reserved code " + percent.getAsInt());
        }
        int additionalAt = in.offset();
        OptionalInt additional =
                (flags & ADDITIONAL) != 0 ? OptionalInt.of(in.uint8("additionalStatus")) : OptionalInt.empty();
        int more = additional.orElse(0);
        if ((more & ADDITIONAL_RESERVED) != 0 || Answer.values()[more & 3] == Answer.RESERVED) {
            in.unforeseen("additionalStatus", additionalAt, "reserved bits in " + Fields.hex(more, FLAGS_WIDTH));
        }
        BatteryLevelStatus value =
                new BatteryLevelStatus(state, identifier, percent, additional, in.remainder(unknown));
        if (!value.isStateForeseen()) {
            in.unforeseen("powerState", stateAt, "reserved codes in " + Fields.hex(state, STATE_WIDTH));
        }
        return value;
    }

    private static void write(BatteryLevelStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("powerState", value.powerState);
        value.identifier.ifPresent(identifier -> out.uint16("identifier", identifier));
        value.percent.ifPresent(percent -> out.uint8("percent", percent));
        value.additionalStatus.ifPresent(status -> out.uint8("additionalStatus", status));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .bits("powerState", powerState, STATE_WIDTH)
                .put("isBatteryPresent", isBatteryPresent())
                .put("wiredPower", wiredPower())
                .put("wirelessPower", wirelessPower())
                .put("chargeState", chargeState())
                .put("chargeLevel", chargeLevel())
                .put("chargingType", chargingType())
                .put("chargingFaults", chargingFaults())
                .put("identifier", identifier)
                .put("percent", percent)
                .put("serviceRequired", serviceRequired())
                .put("isFaulty", isFaulty())
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
