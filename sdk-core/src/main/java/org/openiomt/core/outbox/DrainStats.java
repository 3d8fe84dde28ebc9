package org.openiomt.core.outbox;

/**
 * What a drain has done since it was started.
 *
 * @param delivered records that the sink has taken
 * @param failures batches that the sink has not taken; each comes again
 * @param inFlight batches that the sink has now
 * @param isPaused whether it waits for {@link Drain#resume}
 */
public record DrainStats(long delivered, long failures, int inFlight, boolean isPaused) {}
