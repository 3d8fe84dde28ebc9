package org.openiomt.core.model;

/**
 * A term of the ISO/IEEE 11073-10101 nomenclature (MDC): a partition and a term in 32 bits. Its name, unit symbols and
 * LOINC counterpart are in {@code org.openiomt.core.nomenclature}.
 *
 * @param value partition x 65,536 + term, 0 to 4,294,967,295; 150456 is the saturation of oxygen
 */
public record Code(long value) {
    private static final int TERM_BITS = 16;

    /** Checks the range. */
    public Code {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("an MDC code has 32 bits, but got " + value);
        }
    }

    /** Returns the term of 32 bits. */
    public static Code of(long value) {
        return new Code(value);
    }

    /** Returns a term of 16 bits in its partition. */
    public static Code of(int partition, int term) {
        if (partition < 0 || partition > 0xFFFF || term < 0 || term > 0xFFFF) {
            throw new IllegalArgumentException(
                    "partition and term have 16 bits, but got " + partition + " and " + term);
        }
        return new Code((long) partition << TERM_BITS | term);
    }

    /** Returns the upper 16 bits: 2 for physiological terms, 4 for units. */
    public int partition() {
        return (int) (value >> TERM_BITS);
    }

    /** Returns the lower 16 bits. */
    public int term() {
        return (int) (value & 0xFFFF);
    }

    /** Returns the 32-bit value in decimal, as FHIR writes it. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
