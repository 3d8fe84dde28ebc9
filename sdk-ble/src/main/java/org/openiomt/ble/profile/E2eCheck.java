package org.openiomt.ble.profile;

import java.util.Objects;
import java.util.OptionalInt;
import org.openiomt.core.wire.Crc16;

/** What the end-to-end protection of one value says. A value whose check sum is known to be wrong is refused, so none is here. */
public sealed interface E2eCheck {
    /** Returns what a value without a check sum says. */
    static E2eCheck none() {
        return None.INSTANCE;
    }

    /** Returns the check sum of the standard, and no counter. */
    static E2eCheck sound() {
        return Sound.PLAIN;
    }

    /** Returns the check sum of the standard with a counter, 0 to 255. */
    static E2eCheck sound(int counter) {
        return new Sound(OptionalInt.of(counter), Crc16.MCRF4XX);
    }

    /** Returns a check sum by an algorithm, with a counter where the value has one. */
    static E2eCheck sound(OptionalInt counter, Crc16 algorithm) {
        return counter.isEmpty() && algorithm == Crc16.MCRF4XX ? sound() : new Sound(counter, algorithm);
    }

    /** Returns the counter, where the value has one. */
    OptionalInt counter();

    /** Whether the value may be used: it proved itself, or promises no proof. */
    default boolean isTrusted() {
        return !(this instanceof Unproven);
    }

    /** There is no check sum. */
    record None() implements E2eCheck {
        private static final None INSTANCE = new None();

        @Override
        public OptionalInt counter() {
            return OptionalInt.empty();
        }
    }

    /**
     * The check sum is right. It is computed when the value is written, so it is not kept here.
     *
     * @param counter the counter, where the service has one, 0 to 255
     * @param algorithm by which it is right
     */
    record Sound(OptionalInt counter, Crc16 algorithm) implements E2eCheck {
        private static final Sound PLAIN = new Sound(OptionalInt.empty(), Crc16.MCRF4XX);

        /** Checks the range. */
        public Sound {
            Bits.requireUnsigned("counter", counter, Byte.SIZE);
            Objects.requireNonNull(algorithm, "algorithm");
        }
    }

    /**
     * It is not known whether the device protects its values, there are octets where the check sum would be, and they fit
     * none. Such a value is for eyes and logs, never a reading.
     *
     * @param counter the octet where the counter would be, where the service has one
     * @param crc the two octets where the check sum would be, 0 to 65,535
     */
    record Unproven(OptionalInt counter, int crc) implements E2eCheck {
        /** Checks the ranges. */
        public Unproven {
            Bits.requireUnsigned("counter", counter, Byte.SIZE);
            Bits.requireUnsigned("crc", crc, Short.SIZE);
        }
    }
}
