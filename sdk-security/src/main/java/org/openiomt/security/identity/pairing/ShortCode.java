package org.openiomt.security.identity.pairing;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/** A code that a person reads at one end and enters at the other, once. Its text hides it. For one thread at a time. */
public final class ShortCode implements AutoCloseable {
    /** The fewest digits. */
    public static final int MIN_DIGITS = 6;

    /** The most digits. */
    public static final int MAX_DIGITS = 10;

    private final char[] digits;
    private final Instant until;

    private ShortCode(char[] digits, Instant until) {
        this.digits = digits;
        this.until = until;
    }

    static ShortCode random(int count, Instant until) {
        SecureRandom random = new SecureRandom();
        char[] digits = new char[count];
        for (int i = 0; i < count; i++) {
            digits[i] = (char) ('0' + random.nextInt(10));
        }
        return new ShortCode(digits, until);
    }

    static void require(char[] code) {
        boolean isGood = code.length >= MIN_DIGITS && code.length <= MAX_DIGITS;
        for (char character : code) {
            isGood &= character >= '0' && character <= '9';
        }
        if (!isGood) {
            throw new IllegalArgumentException(
                    "a code has " + MIN_DIGITS + " to " + MAX_DIGITS + " digits and nothing else");
        }
    }

    /** Returns the digits to show, a new array that the caller wipes; zeros of the character set after {@link #close()}. */
    public char[] digits() {
        return digits.clone();
    }

    /** Returns up to when a try may begin with it. */
    public Instant until() {
        return until;
    }

    /** Wipes the digits. */
    @Override
    public void close() {
        Arrays.fill(digits, '\0');
    }

    @Override
    public String toString() {
        return "ShortCode[hidden, until " + until + "]";
    }
}
