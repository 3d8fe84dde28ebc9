package org.openiomt.ble.profile.recordaccess;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Remainder;

/**
 * Which records a request is about: the operand of the operators "at most", "at least" and "within".
 *
 * <pre>
 * field       type                octets  present when                     meaning
 * filterType  uint8               1       always                           1 number, 2 time; others kept raw
 * minimum     uint16 | date-time  2 | 7   operator "at least" or "within"  the first record that fits
 * maximum     uint16 | date-time  2 | 7   operator "at most" or "within"   the last record that fits
 * </pre>
 *
 * Services whose records have numbers of 4 octets have uint32 in the place of uint16.
 */
public sealed interface RecordFilter {
    /** Returns the filter type on the wire, 0 to 255. */
    int type();

    /** Whether exactly those bounds are there that an operator (2 at most, 3 at least, 4 within) needs. */
    boolean suits(int operator);

    /**
     * By number: the sequence number of a glucose record, the time offset of a continuous glucose record.
     *
     * @param minimum the first, 0 to 65,535
     * @param maximum the last, 0 to 65,535
     */
    record ByNumber(OptionalInt minimum, OptionalInt maximum) implements RecordFilter {
        static final int TYPE = 1;

        /** Checks the ranges. */
        public ByNumber {
            Bits.requireUnsigned("minimum", minimum, Short.SIZE);
            Bits.requireUnsigned("maximum", maximum, Short.SIZE);
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public boolean suits(int operator) {
            return minimum.isPresent() == (operator != RecordAccessMessage.AT_MOST)
                    && maximum.isPresent() == (operator != RecordAccessMessage.AT_LEAST);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "ByNumber[]";
        }
    }

    /**
     * By a number of 4 octets: the record number of a stored health observation. Only
     * {@link RecordAccessMessage#LONG_NUMBERS_CODEC} reads it.
     *
     * @param minimum the first, 0 to 4,294,967,295
     * @param maximum the last, 0 to 4,294,967,295
     */
    record ByLongNumber(OptionalLong minimum, OptionalLong maximum) implements RecordFilter {
        /** Checks the ranges. */
        public ByLongNumber {
            minimum.ifPresent(number -> Bits.requireUnsigned("minimum", number, Integer.SIZE));
            maximum.ifPresent(number -> Bits.requireUnsigned("maximum", number, Integer.SIZE));
        }

        @Override
        public int type() {
            return ByNumber.TYPE;
        }

        @Override
        public boolean suits(int operator) {
            return minimum.isPresent() == (operator != RecordAccessMessage.AT_MOST)
                    && maximum.isPresent() == (operator != RecordAccessMessage.AT_LEAST);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "ByLongNumber[]";
        }
    }

    /**
     * By the time that the user sees.
     *
     * @param minimum the first
     * @param maximum the last
     */
    record ByTime(Optional<DeviceDateTime> minimum, Optional<DeviceDateTime> maximum) implements RecordFilter {
        static final int TYPE = 2;

        /** Checks that both are there. */
        public ByTime {
            Objects.requireNonNull(minimum, "minimum");
            Objects.requireNonNull(maximum, "maximum");
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public boolean suits(int operator) {
            return minimum.isPresent() == (operator != RecordAccessMessage.AT_MOST)
                    && maximum.isPresent() == (operator != RecordAccessMessage.AT_LEAST);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "ByTime[]";
        }
    }

    /**
     * By something that only the service at hand defines.
     *
     * @param type the filter type
     * @param operand the octets after it
     */
    record Other(int type, Remainder operand) implements RecordFilter {
        /** Checks the range. */
        public Other {
            Bits.requireUnsigned("filterType", type, Byte.SIZE);
            Bits.requireUnknown(operand, ~0L);
        }

        @Override
        public boolean suits(int operator) {
            return true;
        }
    }
}
