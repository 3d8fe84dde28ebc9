package org.openiomt.core.model;

import java.util.regex.Pattern;

/** The rule of every identifier that may become a level of a topic or a key. */
final class Ids {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Ids() {}

    static void require(String what, String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must match " + ALLOWED + ", but got \"" + value + "\"");
        }
    }
}
