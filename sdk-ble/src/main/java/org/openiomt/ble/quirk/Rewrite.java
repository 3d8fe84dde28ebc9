package org.openiomt.ble.quirk;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Puts the octets of a device's value in the order of the standard. Both forms are texts, one word for each octet: two
 * hexadecimal digits for an octet that is always the same; for one that is taken over a name: a letter from g to z with or
 * without a digit, or a letter from a to f. A value that does not fit the first form is left alone.
 *
 * <pre>{@code
 * 01 a b   ->   02 b a      the octets 01 33 44 become 02 44 33; 01 33 and 00 33 44 stay
 * }</pre>
 *
 * Immutable.
 */
public final class Rewrite {
    private static final int TAKEN_OVER = -1;

    private final String from;
    private final String to;
    private final List<Integer> constants = new ArrayList<>();
    private final List<Integer> source = new ArrayList<>();
    private final List<Integer> target = new ArrayList<>();

    private Rewrite(String from, String to) {
        this.from = from;
        this.to = to;
        List<String> words = List.of(from.split(" ", -1));
        for (String word : words) {
            if (isName(word) && words.indexOf(word) != words.lastIndexOf(word)) {
                throw new IllegalArgumentException("named twice: " + word);
            }
            constants.add(isName(word) ? TAKEN_OVER : octet(word));
        }
        for (String word : to.split(" ", -1)) {
            if (isName(word) && !words.contains(word)) {
                throw new IllegalArgumentException("not in the first form: " + word);
            }
            source.add(isName(word) ? words.indexOf(word) : TAKEN_OVER);
            target.add(isName(word) ? TAKEN_OVER : octet(word));
        }
    }

    /**
     * Makes a rewrite of two forms.
     *
     * @throws IllegalArgumentException when a word is neither an octet nor a name of the first form
     */
    public static Rewrite of(String from, String to) {
        return new Rewrite(from, to);
    }

    /** Returns the octets in the order of the standard, or empty when they do not have the form of the device. */
    public Optional<byte[]> apply(byte[] octets) {
        if (octets.length != constants.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < octets.length; i++) {
            if (constants.get(i) != TAKEN_OVER && constants.get(i) != (octets[i] & 0xFF)) {
                return Optional.empty();
            }
        }
        byte[] rewritten = new byte[target.size()];
        for (int i = 0; i < rewritten.length; i++) {
            rewritten[i] = (byte) (source.get(i) == TAKEN_OVER ? target.get(i) : octets[source.get(i)]);
        }
        return Optional.of(rewritten);
    }

    private static int octet(String word) {
        if (word.length() != 2) {
            throw new IllegalArgumentException("expected two hexadecimal digits or a name, but got " + word);
        }
        return HexFormat.fromHexDigits(word);
    }

    private static boolean isName(String word) {
        return word.matches("[g-z][0-9]?|[a-f]");
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
