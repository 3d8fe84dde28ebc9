package org.openiomt.ble.profile;

import java.util.AbstractSet;
import java.util.EnumSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A bit field as an unmodifiable set of the constants whose bit is set, in the order of their declaration.
 *
 * @param <E> the constants, each with one bit of its own
 */
final class BitSet<E extends Enum<E> & Bit> extends AbstractSet<E> {
    private final Class<E> type;
    private final long bits;

    /** Makes a set of {@code bits}, which are all of constants. */
    BitSet(Class<E> type, long bits) {
        this.type = type;
        this.bits = bits;
    }

    /** Returns the bits of all constants of the set together. */
    long bits() {
        return bits;
    }

    @Override
    public int size() {
        return Long.bitCount(bits);
    }

    @Override
    public boolean contains(@Nullable Object constant) {
        return type.isInstance(constant) && isSet(type.cast(constant));
    }

    @Override
    public Iterator<E> iterator() {
        return EnumSet.allOf(type).stream().filter(this::isSet).iterator();
    }

    private boolean isSet(E constant) {
        return (bits & constant.mask()) != 0;
    }
}
