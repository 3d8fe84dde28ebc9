package org.openiomt.mqtt.uplink;

import java.util.Objects;
import org.openiomt.core.outbox.Drain;

/**
 * How an uplink sends. Immutable; each {@code with} method returns a changed copy.
 *
 * @param drain how many batches of which size are on their way at one time, and how long records wait for others
 * @param trace to which trace a message of readings belongs
 */
public record UplinkSettings(Drain.Options drain, TraceContext trace) {
    /** Checks that all are there. */
    public UplinkSettings {
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(trace, "trace");
    }

    /** Returns settings with the usual drain and no trace. */
    public static UplinkSettings defaults() {
        return new UplinkSettings(Drain.Options.defaults(), TraceContext.NONE);
    }

    /** Returns these settings with another drain. */
    public UplinkSettings withDrain(Drain.Options other) {
        return new UplinkSettings(other, trace);
    }

    /** Returns these settings with another trace. */
    public UplinkSettings withTrace(TraceContext other) {
        return new UplinkSettings(drain, other);
    }
}
