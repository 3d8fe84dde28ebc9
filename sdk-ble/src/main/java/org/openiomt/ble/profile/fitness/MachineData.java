package org.openiomt.ble.profile.fitness;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.fitness.Machine.Group;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * The data of a fitness machine: Treadmill Data {@code 0x2ACD}, Cross Trainer Data {@code 0x2ACE}, Step Climber Data
 * {@code 0x2ACF}, Stair Climber Data {@code 0x2AD0}, Rower Data {@code 0x2AD1}, Indoor Bike Data {@code 0x2AD2}.
 *
 * <pre>
 * field    type             octets  present when                  meaning
 * flags    uint16 | uint24  2 | 3   always                        24 bits on a cross trainer; bit 0 more data, inverted;
 *                                                                 others see {@link Machine}; unknown ones kept
 * metrics  see {@link Metric}       their group is announced      in the order of the groups of the {@link Machine}
 * </pre>
 *
 * A machine may spread its data over several values: those with "more data" lack the first group, and one without follows.
 * Each is whole for itself; {@link MachineDataJoiner} joins them.
 *
 * <p>Where the width of a metric is disputed, the length decides when it fits one reading alone and no unknown flag is set;
 * a reading other than the first edition is reported, and strict refuses it. Otherwise it is the first edition. Who knows
 * the machine asks for a codec with its reading.
 *
 * @param machine what it is the data of
 * @param reading how disputed widths are read
 * @param values what the machine sent, in steps of each {@link Metric}; empty for "not available"
 * @param isBackward whether a cross trainer moves backward; false for other machines
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.4 to 4.9</a>
 */
public record MachineData(
        Machine machine, Reading reading, Map<Metric, OptionalLong> values, boolean isBackward, Remainder remainder)
        implements Described {

    /** Copies the map and checks that the metrics are those of the machine, in whole groups. */
    public MachineData {
        Objects.requireNonNull(reading, "reading");
        EnumMap<Metric, OptionalLong> copy = new EnumMap<>(Metric.class);
        copy.putAll(values);
        int found = 0;
        for (Group group : machine.groups()) {
            List<Metric> metrics = group.metrics(reading);
            int present = (int) metrics.stream().filter(copy::containsKey).count();
            if (present != 0 && present != metrics.size()) {
                throw new IllegalArgumentException("expected all or none of " + metrics);
            }
            found += present;
        }
        if (found != copy.size()) {
            throw new IllegalArgumentException("metrics that a " + machine + " does not have: " + copy.keySet());
        }
        copy.forEach(MachineData::require);
        if (isBackward && machine.backward() == 0) {
            throw new IllegalArgumentException("a " + machine + " does not tell its direction");
        }
        values = Collections.unmodifiableMap(copy);
        Bits.requireUnknown(remainder, machine.known());
    }

    private static void require(Metric metric, OptionalLong value) {
        value.ifPresent(steps -> metric.form().require(metric.field(), steps));
        if (value.isEmpty()
                ? metric.notAvailable().isEmpty()
                : metric.notAvailable().equals(value)) {
            throw new IllegalArgumentException(
                    metric.field() + ": the code for \"not available\" is none of its numbers, or it has no such code");
        }
    }

    /** Returns data as the first edition lays it out, without unknown flags and tail. */
    public static MachineData of(Machine machine, Map<Metric, OptionalLong> values) {
        return new MachineData(machine, Reading.FIRST_EDITION, values, false, Remainder.NONE);
    }

    /** Returns a codec for a machine whose reading is known, whatever the length. */
    public static Codec<MachineData> codec(Machine machine, Reading reading) {
        Objects.requireNonNull(reading, "reading");
        return Codec.of(in -> read(in, machine, Optional.of(reading)), (value, out) -> write(value, machine, out));
    }

    static Codec<MachineData> codecOf(Machine machine) {
        return Codec.of(in -> read(in, machine, Optional.empty()), (value, out) -> write(value, machine, out));
    }

    /** Whether more data of the same record follow: the metrics of the first group are not here. */
    public boolean hasMoreData() {
        return !values.containsKey(machine.groups().get(0).metrics(reading).get(0));
    }

    /** Returns a metric exactly, in its unit; empty when the machine did not send it or has none. */
    public Optional<MedicalFloat> quantity(Metric metric) {
        OptionalLong steps = values.getOrDefault(metric, OptionalLong.empty());
        return steps.isPresent() ? Optional.of(metric.quantity(steps.getAsLong())) : Optional.empty();
    }

    /** Returns the flags of this value: what is present, and the unknown bits. */
    public int flags() {
        int flags = isBackward ? machine.backward() : 0;
        for (Group group : machine.groups()) {
            flags |= group.flag(values.containsKey(group.metrics(reading).get(0)));
        }
        return flags | (int) remainder.unknownFlags();
    }

    private static MachineData read(ByteReader in, Machine machine, Optional<Reading> known) {
        int at = in.offset();
        int flags = (int) in.unsigned("flags", machine.flagsWidth() / Byte.SIZE);
        long unknown = in.unknownBits("flags", at, flags, machine.known());
        Reading reading = known.orElseGet(() -> decide(in, machine, flags, unknown));
        Map<Metric, OptionalLong> values = new EnumMap<>(Metric.class);
        for (Group group : machine.groups()) {
            if (group.isAnnouncedBy(flags)) {
                for (Metric metric : group.metrics(reading)) {
                    OptionalLong value = OptionalLong.of(metric.form().read(in, metric.field()));
                    values.put(metric, value.equals(metric.notAvailable()) ? OptionalLong.empty() : value);
                }
            }
        }
        return new MachineData(machine, reading, values, (flags & machine.backward()) != 0, in.remainder(unknown));
    }

    private static Reading decide(ByteReader in, Machine machine, int flags, long unknown) {
        int octets = in.remaining();
        boolean isLater = unknown == 0
                && octets != machine.octets(flags, Reading.FIRST_EDITION)
                && octets == machine.octets(flags, Reading.LATER_FIELD_DATA);
        if (isLater) {
            in.unforeseen("flags", 0, "the length fits pace or resistance of the later field data alone; read so");
        }
        return isLater ? Reading.LATER_FIELD_DATA : Reading.FIRST_EDITION;
    }

    private static void write(MachineData value, Machine machine, ByteWriter out) {
        if (value.machine != machine) {
            throw new IllegalArgumentException("expected the data of a " + machine + ", but got " + value.machine);
        }
        out.unsigned("flags", value.flags(), machine.flagsWidth() / Byte.SIZE);
        for (Metric metric : machine.metrics(value.reading)) {
            OptionalLong steps = value.values.get(metric);
            if (steps != null) {
                long code = steps.orElseGet(() -> metric.notAvailable().orElseThrow());
                metric.form().write(out, metric.field(), code);
            }
        }
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", flags(), machine.flagsWidth());
        for (Metric metric : machine.metrics(reading)) {
            OptionalLong steps = values.get(metric);
            if (steps != null) {
                fields.put(metric.field(), steps.isPresent() ? steps : "not available");
            }
        }
        if (hasMoreData()) {
            fields.put("moreData", true);
        }
        if (machine.backward() != 0) {
            fields.put("backward", isBackward);
        }
        return fields.remainder(remainder, machine.flagsWidth()).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
