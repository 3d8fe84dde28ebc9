package org.openiomt.core.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Ids with the time at which they may be forgotten. */
final class ClaimedIds {
    private static final Duration KEPT = Duration.ofHours(CommandLedger.KEPT_HOURS);

    private final Clock clock;
    private final Map<String, Instant> until = new HashMap<>();

    ClaimedIds(Clock clock) {
        this.clock = clock;
    }

    /** Adds an id; false when it is there. */
    synchronized boolean claim(String id, Instant expiresAt) {
        if (until.containsKey(id)) {
            return false;
        }
        if (until.size() >= CommandLedger.MOST) {
            forget();
        }
        if (until.size() >= CommandLedger.MOST) {
            throw new IllegalStateException("more than " + CommandLedger.MOST
                    + " commands within a day; none is run that cannot be remembered");
        }
        until.put(id, expiresAt);
        return true;
    }

    /** Returns what must still be remembered, with the expiry of each. */
    synchronized Map<String, Instant> living() {
        forget();
        return Map.copyOf(until);
    }

    private void forget() {
        Instant oldest = clock.instant().minus(KEPT);
        until.values().removeIf(expiresAt -> expiresAt.isBefore(oldest));
    }
}
