package org.openiomt.ble.profile;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.core.wire.Remainder;

/** Bit fields as sets of constants, and back. */
public final class Bits {
    /** The bits of all constants of a type, added up once. */
    private static final ClassValue<Long> KNOWN = new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
            long known = 0;
            for (Object constant : type.getEnumConstants()) {
                long mask = ((Bit) constant).mask();
                if (Long.bitCount(mask) != 1 || (known & mask) != 0) {
                    throw new IllegalArgumentException(constant + " needs a bit of its own");
                }
                known |= mask;
            }
            return known;
        }
    };

    private Bits() {}

    /**
     * Returns the constants whose bit is set, in the order of their declaration; bits of no constant are left out.
     *
     * @return an unmodifiable set
     */
    public static <E extends Enum<E> & Bit> Set<E> set(Class<E> type, long bits) {
        return new BitSet<>(type, bits & known(type));
    }

    /** Returns an unmodifiable copy in the order of declaration. */
    public static <E extends Enum<E> & Bit> Set<E> copy(Class<E> type, Collection<E> bits) {
        return bits instanceof BitSet<E> set ? set : set(type, mask(bits));
    }

    /** Returns the bits of all constants together. */
    public static long mask(Collection<? extends Bit> bits) {
        if (bits instanceof BitSet<?> set) {
            return set.bits();
        }
        long mask = 0;
        for (Bit bit : bits) {
            mask |= bit.mask();
        }
        return mask;
    }

    /** Returns the bits of all constants of a type. */
    public static <E extends Enum<E> & Bit> long known(Class<E> type) {
        return KNOWN.get(type);
    }

    /**
     * Checks that a remainder's unknown flags are none of those that the layout knows.
     *
     * @throws IllegalArgumentException when one is
     */
    public static Remainder requireUnknown(Remainder remainder, long known) {
        if ((remainder.unknownFlags() & known) != 0) {
            throw new IllegalArgumentException("unknown flags hold bits that the layout knows: 0x"
                    + Long.toHexString(remainder.unknownFlags() & known));
        }
        return remainder;
    }

    /**
     * Checks that a number fits an unsigned field.
     *
     * @param width the bits of the field, 1 to 62
     * @throws IllegalArgumentException when it does not
     */
    public static void requireUnsigned(String field, long value, int width) {
        long max = (1L << width) - 1;
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field + " out of range 0.." + max);
        }
    }

    /**
     * Checks that a number, where there is one, fits an unsigned field.
     *
     * @param width the bits of the field, 1 to 32
     * @throws IllegalArgumentException when it does not
     */
    public static void requireUnsigned(String field, OptionalInt value, int width) {
        if (value.isPresent()) {
            requireUnsigned(field, value.getAsInt(), width);
        }
    }
}
