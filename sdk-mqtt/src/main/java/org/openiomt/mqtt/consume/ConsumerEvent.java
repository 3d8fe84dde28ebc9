package org.openiomt.mqtt.consume;

import java.time.Instant;
import java.util.Objects;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;

/** Something that an operator may want to know about the stream. None of them shows clinical content. */
public sealed interface ConsumerEvent {
    /** Returns when it happened. */
    Instant at();

    /**
     * A message, or one observation of it, was not understood or does not belong here. It is lost; the stream goes on.
     *
     * @param at when
     * @param topic the topic; cut at 200 characters, control characters replaced
     * @param cause why, to count and to compare
     * @param reason why, to read: what was expected, where, and what came
     */
    record Refused(Instant at, String topic, Refusal cause, String reason) implements ConsumerEvent {
        /** Checks that the cause is there. */
        public Refused {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * Observations of a device did not come. They were given up on the way: by a bound of the gateway's outbox, or by a broker
     * that forgot.
     *
     * @param at when it was noticed
     * @param site where the gateway is
     * @param gateway the gateway
     * @param device the device
     * @param lane of which lane
     * @param epoch in which epoch
     * @param first the first sequence number that is missing
     * @param last the last one
     */
    record Gap(Instant at, String site, String gateway, DeviceId device, Lane lane, long epoch, long first, long last)
            implements ConsumerEvent {}

    /**
     * The application's handler failed; its device waits.
     *
     * @param at when
     * @param device the device
     * @param id the observation
     * @param attempts how often it has failed
     * @param isAbandoned whether it is given up now, so that the device goes on without it
     * @param cause what the handler threw
     */
    record NotTaken(Instant at, DeviceId device, ObservationId id, int attempts, boolean isAbandoned, Throwable cause)
            implements ConsumerEvent {
        /** Checks that the cause is there. */
        public NotTaken {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * An observation was taken and could not be remembered. It is acknowledged all the same; should the broker or the gateway send
     * it again after a restart, it is delivered again, with the same id.
     *
     * @param at when
     * @param source the device
     * @param id the observation
     * @param cause why
     */
    record NotRemembered(Instant at, Source source, ObservationId id, Throwable cause) implements ConsumerEvent {
        /** Checks that the cause is there. */
        public NotRemembered {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * A gateway came or went; also told for each known gateway at every new link.
     *
     * @param at when it was received
     * @param site where the gateway is
     * @param gateway the gateway
     * @param isOnline whether it has a link to the broker
     */
    record GatewayStateChanged(Instant at, String site, String gateway, boolean isOnline) implements ConsumerEvent {}
}
