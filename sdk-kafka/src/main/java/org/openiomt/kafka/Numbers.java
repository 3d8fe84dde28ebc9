package org.openiomt.kafka;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which numbers of one device and lane have come, as ranges, and which number is the newest: so that what comes again is known, what comes too early
 * can wait, and what is missing is told. Of more than {@value #MAX_EPOCHS} epochs the oldest is forgotten, and of more than
 * {@value #MAX_RANGES} ranges the lowest gap counts as done with. Used by one thread at a time.
 */
final class Numbers {
    static final int MAX_EPOCHS = 64;
    static final int MAX_RANGES = 1_024;

    /** The ranges of each epoch: first number to last. */
    private final NavigableMap<Long, NavigableMap<Long, Long>> epochs = new TreeMap<>();

    private long forgotten = Long.MIN_VALUE;
    private boolean hasSeen;
    private long epoch;
    private long newest;

    /** Numbers that did not come. */
    record Missing(long first, long last) {}

    /** Whether numbers that were sent before this one have not been seen. The very first may be any. */
    boolean isAhead(long ofEpoch, long number) {
        if (!isLater(ofEpoch, number) || !hasSeen) {
            return false;
        }
        return ofEpoch == epoch ? number - 1 > newest : number > 1;
    }

    private boolean isLater(long ofEpoch, long number) {
        return !hasSeen || ofEpoch > epoch || (ofEpoch == epoch && number > newest);
    }

    /** Sees a number and returns what is missing before it. */
    Optional<Missing> see(long ofEpoch, long number) {
        if (!isLater(ofEpoch, number)) {
            return Optional.empty();
        }
        long expected = !hasSeen ? number : ofEpoch == epoch ? newest + 1 : 1;
        hasSeen = true;
        epoch = ofEpoch;
        newest = number;
        return number > expected ? Optional.of(new Missing(expected, number - 1)) : Optional.empty();
    }

    /** Whether it is not known any more what of this epoch is done with. */
    boolean isForgotten(long ofEpoch) {
        return ofEpoch <= forgotten;
    }

    /** Whether a number is done with. */
    boolean isDone(long ofEpoch, long number) {
        NavigableMap<Long, Long> ranges = epochs.get(ofEpoch);
        Map.Entry<Long, Long> range = ranges == null ? null : ranges.floorEntry(number);
        return isForgotten(ofEpoch) || (range != null && range.getValue() >= number);
    }

    /** Remembers that a number is done with. */
    void done(long ofEpoch, long number) {
        if (isDone(ofEpoch, number)) {
            return;
        }
        NavigableMap<Long, Long> ranges = epochs.computeIfAbsent(ofEpoch, unknown -> new TreeMap<>());
        Map.Entry<Long, Long> before = ranges.lowerEntry(number);
        boolean isNext = before != null && before.getValue() == number - 1;
        long first = isNext ? before.getKey() : number;
        Long last = number == Long.MAX_VALUE ? null : ranges.remove(number + 1);
        ranges.put(first, last == null ? number : last);
        if (ranges.size() > MAX_RANGES) {
            long lowest = ranges.pollFirstEntry().getKey();
            ranges.put(lowest, ranges.pollFirstEntry().getValue());
        }
        if (epochs.size() > MAX_EPOCHS) {
            forgotten = epochs.pollFirstEntry().getKey();
        }
    }
}
