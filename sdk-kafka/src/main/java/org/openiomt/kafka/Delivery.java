package org.openiomt.kafka;

import java.util.Objects;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.Lane;

/**
 * One observation as it reaches an application.
 *
 * @param observation the observation
 * @param site where its gateway is
 * @param gateway the gateway that sent it
 * @param lane whether it came as a reading or as a piece of a wave form
 * @param epoch names the run of the gateway's outbox that took it
 * @param sequence counts the observations of this device and lane within the epoch, from 1
 */
public record Delivery(Observation observation, String site, String gateway, Lane lane, long epoch, long sequence) {
    /** Checks that all are there. */
    public Delivery {
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(lane, "lane");
    }
}
