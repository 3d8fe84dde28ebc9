package org.openiomt.mqtt.consume;

import java.util.Optional;

/**
 * Follows the numbers of one device and lane, and finds what is missing.
 *
 * <p>The first number that it sees may be any: what came before it was there. One that goes on behind a known number expects the next. Within an epoch the numbers grow by one; a later
 * epoch begins at 1. Numbers that do not grow are repeats. Used by one thread at a time.
 */
final class SequenceWatch {
    private boolean hasSeen;
    private long epoch;
    private long sequence;

    /** Numbers that did not come. */
    record Missing(long first, long last) {
        long count() {
            return last - first + 1;
        }
    }

    /** Goes on behind a number that was seen before. */
    void resume(ReceivedLog.SequenceNumber last) {
        hasSeen = true;
        epoch = last.epoch();
        sequence = last.sequence();
    }

    /** Whether numbers that were sent before this one have not been seen. */
    boolean isAhead(long newEpoch, long newSequence) {
        if (!hasSeen || !isLater(newEpoch, newSequence)) {
            return false;
        }
        return newEpoch == epoch ? newSequence - 1 > sequence : newSequence > 1;
    }

    /** Whether this number is no repeat. */
    boolean isLater(long newEpoch, long newSequence) {
        return !hasSeen || newEpoch > epoch || (newEpoch == epoch && newSequence > sequence);
    }

    /** Sees the next number and returns what is missing before it. */
    Optional<Missing> see(long newEpoch, long newSequence) {
        if (!isLater(newEpoch, newSequence)) {
            return Optional.empty();
        }
        long expected = !hasSeen ? newSequence : newEpoch == epoch ? sequence + 1 : 1;
        hasSeen = true;
        epoch = newEpoch;
        sequence = newSequence;
        return newSequence > expected ? Optional.of(new Missing(expected, newSequence - 1)) : Optional.empty();
    }
}
