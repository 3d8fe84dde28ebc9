package org.openiomt.mqtt.uplink;

import java.util.List;
import java.util.Optional;
import org.openiomt.core.outbox.OutboxEntry;

/**
 * Says to which trace a message of readings belongs, for those who follow requests through their systems. The message carries it as
 * the user property {@code traceparent}. Messages of wave forms carry none.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context, 3.2</a>
 */
@FunctionalInterface
public interface TraceContext {
    /** Messages that belong to no trace. */
    TraceContext NONE = batch -> Optional.empty();

    /**
     * Returns the {@code traceparent} of a message. Called once for each attempt to send it, on the uplink's scheduler; must not block.
     *
     * @param batch what the message holds: readings of one device, in order
     * @return 55 characters as section 3.2 has them; empty for a message of no trace. What has another form, and what is thrown here, is
     *     left out: a reading does not wait for its trace
     */
    Optional<String> traceparent(List<OutboxEntry> batch);
}
