package org.openiomt.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a CDDL file, without comments. */
final class CddlTokens {
    private static final Pattern TOKEN =
            Pattern.compile(";[^\\n]*|\\s+|(\"[^\"\\\\]*\"|#[0-9](?:\\.[0-9]+)?|-?[0-9]+|\\.\\.|"
                    + "\\.[a-z]+|=>|//|[=/(){}\\[\\],:?*+&]|[A-Za-z_][A-Za-z0-9_-]*)");

    private CddlTokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("not understood at character " + at + " of the CDDL");
            }
            if (matcher.group(1) != null) {
                tokens.add(matcher.group(1));
            }
            at = matcher.end();
        }
        return tokens;
    }

    static boolean isNumber(String token) {
        return token.matches("-?[0-9]+");
    }
}
