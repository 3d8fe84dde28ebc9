package org.openiomt.ble.profile.fitness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.openiomt.ble.profile.fitness.Machine.Group;

/**
 * Splits the data of a machine over several notifications when they do not fit one; {@link MachineDataJoiner} is the mirror. All parts
 * but the last have "more data" set, and the last has the first group of the {@link Machine}. No group is torn apart.
 */
public final class MachineDataSplitter {
    private MachineDataSplitter() {}

    /**
     * Returns the parts in the order in which they are sent; one when it fits.
     *
     * @param whole has the first group of its machine, no unknown flags and no tail
     * @param room the most octets of a part; a part with a single group may be longer
     * @throws IllegalArgumentException when it is otherwise
     */
    public static List<MachineData> split(MachineData whole, int room) {
        if (whole.hasMoreData() || !whole.remainder().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the first group of a " + whole.machine() + " and nothing unknown");
        }
        List<MachineData> parts = new ArrayList<>();
        Map<Metric, OptionalLong> kept = new EnumMap<>(Metric.class);
        for (Group group : whole.machine().groups()) {
            Map<Metric, OptionalLong> more = new EnumMap<>(Metric.class);
            group.metrics(whole.reading()).stream()
                    .filter(whole.values()::containsKey)
                    .forEach(metric -> more.put(metric, whole.values().get(metric)));
            Map<Metric, OptionalLong> both = new EnumMap<>(Metric.class);
            both.putAll(kept);
            both.putAll(more);
            if (!kept.isEmpty() && length(whole, both) > room) {
                parts.add(part(whole, kept));
                kept = more;
            } else {
                kept = both;
            }
        }
        parts.add(part(whole, kept));
        Collections.rotate(parts, -1);
        return parts;
    }

    private static MachineData part(MachineData whole, Map<Metric, OptionalLong> values) {
        return new MachineData(whole.machine(), whole.reading(), values, whole.isBackward(), whole.remainder());
    }

    private static int length(MachineData whole, Map<Metric, OptionalLong> values) {
        return whole.machine().codec().encode(part(whole, values)).length;
    }
}
