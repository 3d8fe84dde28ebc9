package org.openiomt.ble.profile;

import java.util.Map;

/** A decoded characteristic value that can name its fields. Every profile record is one. */
public interface Described {
    /**
     * Returns every field that is present, in the order of the layout table, as plain values.
     *
     * @return an unmodifiable map; see {@link Fields} for the forms of its values
     */
    Map<String, Object> fields();
}
