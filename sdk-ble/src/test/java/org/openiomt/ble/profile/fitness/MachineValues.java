package org.openiomt.ble.profile.fitness;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.profile.fitness.Machine.Group;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.core.wire.Remainder;

/** Arbitrary data of fitness machines. */
final class MachineValues {
    private MachineValues() {}

    static Arbitrary<MachineData> data(Machine machine, Reading reading) {
        return Combinators.combine(
                        Arbitraries.of(machine.groups()).set(),
                        Arbitraries.randomValue(Random::nextLong),
                        Arbitraries.of(true, false))
                .as((groups, seed, isBackward) -> new MachineData(
                        machine,
                        reading,
                        values(List.copyOf(groups), reading, new Random(seed)),
                        isBackward && machine.backward() != 0,
                        Remainder.NONE));
    }

    private static Map<Metric, OptionalLong> values(List<Group> groups, Reading reading, Random random) {
        Map<Metric, OptionalLong> values = new EnumMap<>(Metric.class);
        for (Group group : groups) {
            for (Metric metric : group.metrics(reading)) {
                long range = metric.form().max() - metric.form().min() + 1;
                long number = metric.form().min() + Math.floorMod(random.nextLong(), range);
                boolean isAvailable = metric.notAvailable().isEmpty()
                        || (random.nextInt(4) != 0
                                && number != metric.notAvailable().getAsLong());
                values.put(metric, isAvailable ? OptionalLong.of(number) : OptionalLong.empty());
            }
        }
        return values;
    }
}
