package org.openiomt.mqtt.port;

import java.util.regex.Pattern;

/** The form of a {@code traceparent}: W3C Trace Context, 3.2. */
public final class Traceparent {
    /** The name of the user property. */
    public static final String NAME = "traceparent";

    /** Version 00; neither the trace nor its parent may be zero. */
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** Whether a text has the form of version 00. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
