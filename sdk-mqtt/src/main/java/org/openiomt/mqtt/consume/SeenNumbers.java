package org.openiomt.mqtt.consume;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers which numbers of one device and lane are done with, as ranges: what comes without gaps is one range for ever, so that
 * what comes again is known however late it comes. Of more than {@value #MAX_EPOCHS} epochs the oldest is forgotten, and
 * of more than {@value #MAX_RANGES} ranges the lowest gap counts as done with. Used by one thread at a time.
 */
final class SeenNumbers {
    static final int MAX_EPOCHS = 64;
    static final int MAX_RANGES = 4_096;

    /** The ranges of each epoch: first number to last. */
    private final NavigableMap<Long, NavigableMap<Long, Long>> epochs = new TreeMap<>();

    private long forgotten = Long.MIN_VALUE;

    /** Whether it is not known any more what of this epoch is done with. */
    boolean isForgotten(long epoch) {
        return epoch <= forgotten;
    }

    boolean contains(long epoch, long sequence) {
        if (isForgotten(epoch)) {
            return true;
        }
        NavigableMap<Long, Long> ranges = epochs.get(epoch);
        Map.Entry<Long, Long> range = ranges == null ? null : ranges.floorEntry(sequence);
        return range != null && range.getValue() >= sequence;
    }

    /** Returns the greatest number that was added to the latest epoch. */
    Optional<ReceivedLog.SequenceNumber> last() {
        return Optional.ofNullable(epochs.lastEntry())
                .map(epoch -> new ReceivedLog.SequenceNumber(
                        epoch.getKey(), epoch.getValue().lastEntry().getValue()));
    }

    /** Returns the last epoch that is forgotten; {@link Long#MIN_VALUE} for none. */
    long forgotten() {
        return forgotten;
    }

    /** Returns the ranges of each epoch, first number to last. */
    NavigableMap<Long, NavigableMap<Long, Long>> ranges() {
        return epochs;
    }

    /** Takes over what another one has forgotten. */
    void forget(long epoch) {
        forgotten = Math.max(forgotten, epoch);
        epochs.headMap(epoch, true).clear();
    }

    /** Takes over a range of another one; its ranges come in their order, and before anything is added. */
    void addRange(long epoch, long first, long last) {
        if (!isForgotten(epoch) && first <= last) {
            epochs.computeIfAbsent(epoch, key -> new TreeMap<>()).put(first, last);
        }
    }

    void add(long epoch, long sequence) {
        if (contains(epoch, sequence)) {
            return;
        }
        NavigableMap<Long, Long> ranges = epochs.computeIfAbsent(epoch, key -> new TreeMap<>());
        Map.Entry<Long, Long> before = ranges.lowerEntry(sequence);
        boolean isBehind = before != null && before.getValue() == sequence - 1;
        long first = isBehind ? before.getKey() : sequence;
        Long last = sequence == Long.MAX_VALUE ? null : ranges.remove(sequence + 1);
        ranges.put(first, last == null ? sequence : last);
        if (ranges.size() > MAX_RANGES) {
            ranges.put(ranges.pollFirstEntry().getKey(), ranges.pollFirstEntry().getValue());
        }
        if (epochs.size() > MAX_EPOCHS) {
            forgotten = epochs.pollFirstEntry().getKey();
        }
    }
}
