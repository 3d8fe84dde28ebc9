package org.openiomt.core.outbox;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openiomt.core.model.DeviceId;

/**
 * Records that were taken and are lost, because their octets in storage are damaged or gone.
 *
 * @param lane the lane that they waited in
 * @param from the first position that is lost
 * @param to the last position that is lost; between the two there may be records that are whole
 * @param count how many are lost, exactly
 * @param runs whose they were, as far as what is left says it: all of them where the segment was closed and the list of its
 *     contents is whole; else those between two records of the same device that are there. Where their sum is greater than
 *     {@code count}, some of them were acknowledged before
 */
public record OutboxDamage(Lane lane, long from, long to, long count, List<Run> runs) {
    /**
     * Records of one device that were numbered one after another.
     *
     * @param device whose they were
     * @param epoch the run of the outbox that took them
     * @param first the sequence of the first, as in {@link OutboxEntry}
     * @param last the sequence of the last
     */
    public record Run(DeviceId device, long epoch, long first, long last) {
        /** Checks that they are at least one. */
        public Run {
            Objects.requireNonNull(device, "device");
            if (last < first) {
                throw new IllegalArgumentException(
                        "a run ends where it begins or later, but got " + first + ", " + last);
            }
        }

        /** Returns how many they are. */
        public long count() {
            return last - first + 1;
        }
    }

    /** Copies the list. */
    public OutboxDamage {
        Objects.requireNonNull(lane, "lane");
        runs = List.copyOf(runs);
    }

    /** Damage of which nobody knows whose records it took. */
    static OutboxDamage unknown(Lane lane, List<SegmentContents.Lost> lost) {
        long count = lost.stream().mapToLong(SegmentContents.Lost::count).sum();
        return new OutboxDamage(
                lane, lost.get(0).from(), lost.get(lost.size() - 1).to(), count, List.of());
    }

    /** Says in words whose records are lost. */
    String words() {
        return runs.isEmpty()
                ? "of unknown devices"
                : runs.stream()
                        .map(run -> run.device() + " " + run.first() + " to " + run.last() + " of epoch " + run.epoch())
                        .collect(Collectors.joining(", "));
    }
}
