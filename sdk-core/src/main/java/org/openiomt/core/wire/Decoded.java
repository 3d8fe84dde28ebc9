package org.openiomt.core.wire;

import java.util.List;

/**
 * A decoded value with what was odd about its octets.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param warnings what was kept although the standard does not foresee it; empty in strict mode
 */
public record Decoded<T>(T value, List<Warning> warnings) {
    /** Copies the list. */
    public Decoded {
        warnings = List.copyOf(warnings);
    }
}
