package org.openiomt.core.spi;

/**
 * A place on a link where octets are read, written or announced: a GATT characteristic, a register, a stream. Named by
 * text; for GATT it is {@code service/characteristic}, each as 4 lower-case hexadecimal digits or a whole UUID, with
 * {@code #n} behind the n-th of several equal ones, n from 2.
 *
 * @param name the name, not empty
 */
public record Channel(String name) {
    /** Checks the name. */
    public Channel {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a channel needs a name");
        }
    }

    /** Returns the channel of this name. */
    public static Channel of(String name) {
        return new Channel(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
