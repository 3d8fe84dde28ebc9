package org.openiomt.mqtt.consume;

import java.util.Objects;
import java.util.Optional;
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
 * @param traceparent the trace that its message says it belongs to, 55 characters of W3C Trace Context, 3.2. Nothing signs it: the broker
 *     can change it
 */
public record Delivery(
        Observation observation,
        String site,
        String gateway,
        Lane lane,
        long epoch,
        long sequence,
        Optional<String> traceparent) {
    /** Makes a delivery that belongs to no trace. */
    public Delivery(Observation observation, String site, String gateway, Lane lane, long epoch, long sequence) {
        this(observation, site, gateway, lane, epoch, sequence, Optional.empty());
    }

    /** Checks that all are there. */
    public Delivery {
        Objects.requireNonNull(traceparent, "traceparent");
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(lane, "lane");
    }

    /** Returns which device behind which gateway it came from. */
    public Source source() {
        return new Source(site, gateway, observation.device());
    }
}
