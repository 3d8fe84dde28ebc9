package org.openiomt.ble.profile;

import java.util.OptionalInt;

/**
 * Follows the end-to-end counters of one characteristic on one connection, and notices values that did not come. Make one for
 * each characteristic and direction, and a new one for each connection. Not for use by several threads at once.
 *
 * <p>A counter goes from 1 to 255 and begins at 1 again; 0 stands for "not counted". A gap of 255 values looks like none.
 */
public final class E2eCounter {
    private static final int LAST = 255;

    private OptionalInt previous = OptionalInt.empty();

    /** What a counter says about the values before. */
    public sealed interface Outcome {}

    /** The outcomes that lose nothing. */
    public enum Whole implements Outcome {
        /** It is the first that came. */
        FIRST,
        /** It follows the one before. */
        NEXT,
        /** The value is not counted; the count goes on with the next that is. */
        NOT_COUNTED
    }

    /**
     * The same number came twice: a value was sent again, or its sender does not count.
     *
     * @param counter the number, 1 to 255
     */
    public record Repeated(int counter) implements Outcome {
        @Override
        public String toString() {
            return "the counter " + counter + " came twice: the value was repeated";
        }
    }

    /**
     * Values are missing, or came in the wrong order.
     *
     * @param expected the number that should have come, 1 to 255
     * @param received the number that came, 1 to 255
     */
    public record Lost(int expected, int received) implements Outcome {
        /** Returns how many values are missing, 1 to 253. */
        public int missing() {
            return Math.floorMod(received - expected, LAST);
        }

        @Override
        public String toString() {
            int missing = missing();
            return "expected the counter " + expected + ", but got " + received + ": " + missing
                    + (missing == 1 ? " value is missing" : " values are missing");
        }
    }

    /** Begins before the first value. */
    public E2eCounter() {}

    /** Returns the number of the value after one with {@code counter}. */
    public static int after(int counter) {
        return counter % LAST + 1;
    }

    /**
     * Takes the counter of the next value.
     *
     * @param counter 0 to 255
     */
    public Outcome accept(int counter) {
        Bits.requireUnsigned("counter", counter, Byte.SIZE);
        if (counter == 0) {
            return Whole.NOT_COUNTED;
        }
        OptionalInt before = previous;
        previous = OptionalInt.of(counter);
        if (before.isEmpty()) {
            return Whole.FIRST;
        }
        int expected = after(before.getAsInt());
        if (counter == expected) {
            return Whole.NEXT;
        }
        return counter == before.getAsInt() ? new Repeated(counter) : new Lost(expected, counter);
    }

    /** Takes the counter of the next value, which may have none. */
    public Outcome accept(E2eCheck check) {
        return accept(check.counter().orElse(0));
    }
}
