package org.openiomt.ble.gatt;

/** What a packet of a split value brought about. */
public sealed interface Reassembly {

    /** A whole value, in the order of its packets and without their headers. */
    final class Whole implements Reassembly {
        private final byte[] octets;

        Whole(byte[] octets) {
            this.octets = octets;
        }

        /** Returns the octets; the array is the caller's. */
        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public String toString() {
            return "Whole[" + octets.length + " octets]";
        }
    }

    /**
     * Something was lost and is not made up for.
     *
     * @param kind what went wrong
     * @param dropped how many octets of a value that had begun were given up
     * @param reason what was expected and what came, for a person
     */
    record Loss(Kind kind, int dropped, String reason) implements Reassembly {
        @Override
        public String toString() {
            return reason;
        }
    }

    /** What can go wrong with a split value. */
    enum Kind {
        /** Packets are missing, or came in another order. */
        GAP,
        /** The same packet came twice; the second was passed over and nothing was given up. */
        REPEATED,
        /** A value began before the one before it had ended. */
        UNFINISHED,
        /** A value's beginning was not seen. */
        NO_BEGINNING,
        /** A value is longer than it may be. */
        TOO_LONG,
        /** A packet has no header. */
        NO_HEADER
    }
}
