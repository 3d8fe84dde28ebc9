package org.openiomt.security.privacy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.model.Observation;

/**
 * What a reduction left, and what it took.
 *
 * @param observation what is left; empty when its value itself may not stay
 * @param removals what was taken, in the order of the model's parts
 */
public record Reduction(Optional<Observation> observation, List<Removal> removals) {
    /** Copies the list. */
    public Reduction {
        Objects.requireNonNull(observation, "observation");
        removals = List.copyOf(removals);
    }
}
