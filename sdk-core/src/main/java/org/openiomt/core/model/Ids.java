package org.openiomt.core.model;

import java.util.regex.Pattern;

/** The rule of every identifier that may become a level of a topic, a key, a file name or a certificate's name. */
public final class Ids {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Ids() {}

    /**
     * Refuses what is not 1 to 64 of {@code A-Z a-z 0-9 _ -}.
     *
     * @param what names the identifier in the message, with its article
     * @throws IllegalArgumentException when {@code value} breaks the rule
     */
    public static void require(String what, String value) {
        if (!isId(value)) {
            throw new IllegalArgumentException(what + " must match " + ALLOWED + ", but got \"" + value + "\"");
        }
    }

    /** Returns whether {@code value} keeps the rule. */
    public static boolean isId(String value) {
        return ALLOWED.matcher(value).matches();
    }
}
