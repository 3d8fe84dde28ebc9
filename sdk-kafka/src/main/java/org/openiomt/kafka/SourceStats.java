package org.openiomt.kafka;

import java.util.Map;

/**
 * What a source has done since it was opened.
 *
 * @param received records that came, those of the look back left out
 * @param delivered observations that the handler has taken
 * @param duplicates observations that came again and were not delivered again
 * @param refusals records, and observations in records, that were refused, by the reason; what never happened is left out
 * @param overtaking records that came before earlier ones of their device, and waited for those
 * @param missing observations that did not come, by their sequence numbers
 * @param failures how often the handler failed
 * @param partitions of how many partitions it reads now
 */
public record SourceStats(
        long received,
        long delivered,
        long duplicates,
        Map<Refusal, Long> refusals,
        long overtaking,
        long missing,
        long failures,
        int partitions) {
    /** Copies the map. */
    public SourceStats {
        refusals = Map.copyOf(refusals);
    }
}
