package org.openiomt.security.audit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceId;

/**
 * Counts events that a stranger can repeat at will: the first of a kind passes, those after it in the same interval become one number.
 * Knows at most so many kinds; the kinds beyond are counted by their type alone. Not safe for use by several threads.
 */
final class FloodGate {
    static final int MAX_KINDS = 1_024;
    static final String OTHERS = "others";

    private final Map<Kind, Tally> tallies = new LinkedHashMap<>();

    /** Which events are counted together. */
    private record Kind(AuditEventType type, Optional<DeviceId> device, String subject) {}

    /** What came of a kind in this interval, beyond what was written down. */
    private static final class Tally {
        private long count;
    }

    /** Events of one kind. */
    record Counted(AuditEvent event, long count) {}

    /** Whether an event passes; if not, it is counted. */
    boolean passes(AuditEvent event) {
        if (!event.type().isStrangers()) {
            return true;
        }
        Kind kind = new Kind(event.type(), event.device(), event.subject());
        Tally tally = tallies.get(kind);
        if (tally == null && tallies.size() < MAX_KINDS) {
            tallies.put(kind, new Tally());
            return true;
        }
        if (tally == null) {
            Kind others = new Kind(event.type(), Optional.empty(), OTHERS);
            tally = tallies.computeIfAbsent(others, unknown -> new Tally());
        }
        tally.count++;
        return false;
    }

    boolean isEmpty() {
        return tallies.isEmpty();
    }

    /** Ends an interval: gives what was counted, and forgets the kinds of which nothing came. */
    List<Counted> drain() {
        List<Counted> counted = new ArrayList<>();
        for (Iterator<Map.Entry<Kind, Tally>> i = tallies.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Kind, Tally> each = i.next();
            Tally tally = each.getValue();
            if (tally.count == 0) {
                i.remove();
            } else {
                Kind kind = each.getKey();
                counted.add(
                        new Counted(new AuditEvent(kind.type(), kind.device(), kind.subject(), "", ""), tally.count));
                tally.count = 0;
            }
        }
        return counted;
    }
}
