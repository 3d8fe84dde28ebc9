package org.openiomt.security.audit;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.core.wire.DecodeException;

/**
 * What a log commits to: so many entries, with this root.
 * <pre>
 * line  field       meaning
 * 1     origin      the log's name; not empty
 * 2     size        decimal without leading zeros, 0 to 9,223,372,036,854,775,807
 * 3     root        standard base64 of 32 octets
 * 4..   extensions  kept as they came; we write none
 * </pre>
 *
 * @param origin the log's name, the same as the name of its key
 * @param size the number of entries
 * @param root the root of the Merkle tree over them
 * @param extensions further lines; not empty ones, and none that we know
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
 */
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {
    private static final int MAX_DIGITS = 19;

    /** Checks the lines. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new IllegalArgumentException("an origin of one line and a size of at least 0 are needed");
        }
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("an extension is one line and not empty");
        }
    }

    /** Returns a checkpoint without extensions. */
    public static Checkpoint of(String origin, long size, TreeHash root) {
        return new Checkpoint(origin, size, root, List.of());
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws DecodeException when it is something else; the octet counts characters from the start of the text
     */
    public static Checkpoint parse(String text) {
        List<String> lines = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                throw new DecodeException("text", at, "the last line does not end");
            }
            if (end == at) {
                throw new DecodeException("text", at, "an empty line");
            }
            lines.add(text.substring(at, end));
            starts.add(at);
            at = end + 1;
        }
        if (lines.size() < 3) {
            throw new DecodeException("text", text.length(), "a checkpoint has three lines, but got " + lines.size());
        }
        return new Checkpoint(
                lines.get(0),
                decimal("size", starts.get(1), lines.get(1)),
                TreeHash.parse("root", starts.get(2), lines.get(2)),
                lines.subList(3, lines.size()));
    }

    /** Reads a decimal number that has one form only. */
    static long decimal(String field, int at, String digits) {
        boolean isOne = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        try {
            if (isOne) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw new DecodeException(field, at, "greater than " + Long.MAX_VALUE);
        }
        throw new DecodeException(field, at, "no decimal number without leading zeros");
    }

    /** Returns the text that is signed, with its last line end. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n').append(root).append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
