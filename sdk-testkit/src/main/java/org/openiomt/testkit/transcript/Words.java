package org.openiomt.testkit.transcript;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a line of a transcript, left to right: words end at white space; one in double quotes can hold any character, with
 * {@code \"}, {@code \\} and <code>&#92;u0000</code> where needed. The way back is here too.
 */
final class Words {
    /** Stands for no octets where a word must stand. */
    static final String NOTHING = "-";

    private static final Pattern OCTETS = Pattern.compile("(?:[0-9a-fA-F]{2})*");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E&&[^\"\\\\]]+");
    private static final int MAX_OCTETS = 0xFFFF;

    private final int line;
    private final String text;
    private int at;

    Words(int line, String text) {
        this.line = line;
        this.text = text;
    }

    boolean isAtEnd() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    /** Returns the next word. */
    String next(String field) {
        if (isAtEnd()) {
            throw fault(field + ": expected a word, but the line ends");
        }
        if (text.charAt(at) == '"') {
            return unquoted(field);
        }
        int begin = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** Returns the next word, which must be a number. */
    int number(String field, int from, int to) {
        String word = next(field);
        try {
            int value = Integer.decode(word);
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw fault(field + ": expected a whole number, but got '" + word + "'");
        }
        throw fault(field + ": expected " + from + ".." + to + ", but got " + word);
    }

    /** Returns the next word, which must be octets, as lower-case digits. */
    String octets(String field) {
        String word = next(field);
        return word.equals(NOTHING) ? "" : hex(field, word);
    }

    /** Returns what is left of the line, which must be octets, as lower-case digits. */
    String trailingOctets(String field) {
        StringBuilder all = new StringBuilder();
        while (!isAtEnd()) {
            all.append(hex(field, next(field)));
        }
        if (all.length() / 2 > MAX_OCTETS) {
            throw fault(field + ": expected at most " + MAX_OCTETS + " octets, but got " + all.length() / 2);
        }
        return all.toString();
    }

    void end() {
        if (!isAtEnd()) {
            throw fault("expected the end of the line, but '" + next("more") + "' follows");
        }
    }

    TranscriptException fault(String reason) {
        return new TranscriptException(line, reason);
    }

    private String hex(String field, String word) {
        if (!OCTETS.matcher(word).matches()) {
            throw fault(field + ": expected two hexadecimal digits an octet, but a word of " + word.length()
                    + " characters is something else");
        }
        return word.toLowerCase(Locale.ROOT);
    }

    private String unquoted(String field) {
        StringBuilder word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return word.toString();
            }
            word.append(c == '\\' ? escaped(field) : c);
        }
        throw fault(field + ": expected a closing \", but the line ends");
    }

    private char escaped(String field) {
        at++;
        char kind = at < text.length() ? text.charAt(at) : ' ';
        if (kind == '"' || kind == '\\') {
            return kind;
        }
        if (kind == 'u' && at + 4 < text.length()) {
            try {
                char c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                at += 4;
                return c;
            } catch (NumberFormatException e) {
                throw fault(field + ": expected four hexadecimal digits behind \\u");
            }
        }
        throw fault(field + ": expected \\\", \\\\ or \\u and four digits");
    }

    /** Returns a word as it stands in a line. */
    static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : quoted(word);
    }

    static String quoted(String word) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    static String trailing(String hex) {
        return hex.isEmpty() ? "" : " " + hex;
    }

    static <T> Set<T> ordered(Set<T> set) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
