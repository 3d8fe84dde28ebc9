package org.openiomt.security.session;

import java.util.Arrays;

/*
 * RFC 6479: a ring of bits, one for each of the last numbers. Number n lives in bit n mod RING. Moving the window forward
 * clears whole words, never shifts; that costs one word, so that WINDOW = RING - 64 numbers behind the highest are known
 * exactly and older ones are refused. Asking and committing are two steps, because a number may only be remembered once
 * its frame has proved to be genuine: a forged one would otherwise push the genuine ones out.
 */

/** Remembers which frame numbers were seen. For one thread at a time. */
final class ReplayWindow {
    private static final int WORD_BITS = Long.SIZE;
    private static final int WORDS = 32;

    /** How many numbers, the highest among them, are told apart; anything older is refused. */
    static final int SIZE = (WORDS - 1) * WORD_BITS;

    private final long[] ring = new long[WORDS];
    private long highest = -1;

    /** Returns whether {@code number}, 0 or more, is new. Changes nothing. */
    boolean isNew(long number) {
        if (number > highest) {
            return true;
        }
        return highest - number < SIZE && (ring[slot(number)] & bit(number)) == 0;
    }

    /** Remembers {@code number}, for which {@link #isNew} has just been true. */
    void commit(long number) {
        if (number > highest) {
            long steps = Math.min(number / WORD_BITS - Math.floorDiv(highest, (long) WORD_BITS), WORDS);
            for (long step = 0; step < steps; step++) {
                ring[slot(number - step * WORD_BITS)] = 0;
            }
            highest = number;
        }
        ring[slot(number)] |= bit(number);
    }

    /** Returns the highest number remembered; -1 when there is none. */
    long highest() {
        return highest;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(ring, 0);
        highest = -1;
    }

    private static int slot(long number) {
        return (int) (number / WORD_BITS % WORDS);
    }

    private static long bit(long number) {
        return 1L << (number % WORD_BITS);
    }
}
