package org.openiomt.core.gateway;

import java.time.Clock;
import java.time.Instant;

/**
 * Remembers which commands were run, so that none is run twice. Safe for use by several threads at once.
 *
 * <p>An id is remembered until {@link #KEPT_HOURS} hours after its command expired: whoever asks with the same id later, and with another
 * expiry, asks for something new.
 */
@FunctionalInterface
public interface CommandLedger {
    /** How long an id is remembered after its command expired, in hours. */
    int KEPT_HOURS = 24;

    /** The most ids that the ledgers of this package remember; a command beyond them is refused. */
    int MOST = 65_536;

    /**
     * Claims an id for a command that is about to be run. What it has said is so for ever, as far as the ledger reaches: one that
     * keeps its ids in storage has them there when this returns. May wait for the storage for a moment.
     *
     * @return false when the id was claimed before
     * @throws RuntimeException when it cannot be remembered; the command is then refused
     */
    boolean claim(String id, Instant expiresAt);

    /** Returns a ledger that forgets when the process ends; the default of a gateway. */
    static CommandLedger inMemory(Clock clock) {
        return new ClaimedIds(clock)::claim;
    }
}
