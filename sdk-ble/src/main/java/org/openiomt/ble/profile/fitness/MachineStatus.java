package org.openiomt.ble.profile.fitness;

import static org.openiomt.ble.profile.fitness.MachineParameters.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.controlpoint.Parameters;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Fitness Machine Status, characteristic {@code 0x2ADA} of the Fitness Machine Service: what happened to the machine.
 *
 * <pre>
 * field       type   octets  present when  meaning
 * opCode      uint8  1       always        see {@link Event}; others kept
 * parameters  table          known op code see {@link MachineParameters}; a missing one is refused
 * </pre>
 *
 * @param opCode what happened, 0 to 255; see {@link #event()}
 * @param parameters what the event tells
 * @param remainder trailing octets, or the octets after an unknown op code
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.17</a>
 */
public record MachineStatus(int opCode, Parameters parameters, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<MachineStatus> CODEC = Codec.of(MachineStatus::read, MachineStatus::write);

    /** What happened. */
    @SuppressWarnings("ImmutableEnumChecker") // lists of constants
    public enum Event {
        /** Everything was set back. */
        RESET(0x01),
        /** The user stopped or paused. */
        STOPPED_BY_USER(0x02, STOP_OR_PAUSE),
        /** The safety key stopped the machine. */
        STOPPED_BY_SAFETY_KEY(0x03),
        /** The user started, or went on after a pause. */
        STARTED_BY_USER(0x04),
        /** The speed was set. */
        SPEED_CHANGED(0x05, TARGET_SPEED),
        /** The inclination was set. */
        INCLINATION_CHANGED(0x06, TARGET_INCLINATION),
        /** The resistance was set. */
        RESISTANCE_CHANGED(0x07, TARGET_RESISTANCE),
        /** The power was set. */
        POWER_CHANGED(0x08, TARGET_POWER),
        /** The heart rate was set. */
        HEART_RATE_CHANGED(0x09, TARGET_HEART_RATE),
        /** The energy was set. */
        ENERGY_CHANGED(0x0A, TARGETED_ENERGY),
        /** The number of steps was set. */
        STEPS_CHANGED(0x0B, TARGETED_STEPS),
        /** The number of strides was set. */
        STRIDES_CHANGED(0x0C, TARGETED_STRIDES),
        /** The distance was set. */
        DISTANCE_CHANGED(0x0D, TARGETED_DISTANCE),
        /** The time was set. */
        TRAINING_TIME_CHANGED(0x0E, TARGETED_TIME),
        /** The times in two zones of heart rate were set. */
        TWO_ZONES_CHANGED(0x0F, FAT_BURN_TIME, FITNESS_TIME),
        /** The times in three zones of heart rate were set. */
        THREE_ZONES_CHANGED(0x10, LIGHT_TIME, MODERATE_TIME, HARD_TIME),
        /** The times in five zones of heart rate were set. */
        FIVE_ZONES_CHANGED(0x11, VERY_LIGHT_TIME, LIGHT_TIME, MODERATE_TIME, HARD_TIME, MAXIMUM_TIME),
        /** The simulated road was changed. */
        ROAD_CHANGED(0x12, WIND_SPEED, GRADE, ROLLING_RESISTANCE, WIND_RESISTANCE),
        /** The circumference of the wheel was set. */
        WHEEL_CIRCUMFERENCE_CHANGED(0x13, WHEEL_CIRCUMFERENCE),
        /** Spinning down goes on. */
        SPIN_DOWN(0x14, SPIN_DOWN_STATUS),
        /** The cadence was set. */
        CADENCE_CHANGED(0x15, TARGETED_CADENCE),
        /** The client has lost control. */
        CONTROL_LOST(0xFF);

        private final int code;
        private final List<Parameter<?>> table;

        Event(int code, Parameter<?>... table) {
            this.code = code;
            this.table = List.of(table);
        }

        /** Returns the op code. */
        public int code() {
            return code;
        }

        /** Returns what it tells. */
        public List<Parameter<?>> table() {
            return table;
        }

        /** Returns the event of an op code, or empty when the standard reserves it. */
        public static Optional<Event> of(int code) {
            return Arrays.stream(values()).filter(event -> event.code == code).findFirst();
        }
    }

    /** Checks that the parts suit each other. */
    public MachineStatus {
        Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
        List<Parameter<?>> table = Event.of(opCode).map(Event::table).orElse(List.of());
        if (!parameters.table().equals(table) || !parameters.isComplete()) {
            throw new IllegalArgumentException("expected " + table + ", but got " + parameters);
        }
        Bits.requireUnknown(remainder, ~0L);
    }

    /**
     * Returns the status of an event.
     *
     * @param values one for each parameter of its table: a Long for a number
     */
    public static MachineStatus of(Event event, Object... values) {
        return new MachineStatus(event.code, new Parameters(event.table, List.of(values)), Remainder.NONE);
    }

    /** Returns what happened, or empty when the standard reserves the op code. */
    public Optional<Event> event() {
        return Event.of(opCode);
    }

    private static MachineStatus read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        Optional<Event> event = Event.of(opCode);
        if (event.isEmpty()) {
            in.unforeseen("opCode", at, "unknown op code " + opCode);
            return new MachineStatus(opCode, Parameters.NONE, in.kept("parameters", in.remaining()));
        }
        return new MachineStatus(opCode, Parameters.read(in, event.get().table), in.remainder(0));
    }

    private static void write(MachineStatus value, ByteWriter out) {
        out.uint8("opCode", value.opCode);
        value.parameters.writeTo(out);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("opCode", opCode);
        parameters.describe(fields);
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
