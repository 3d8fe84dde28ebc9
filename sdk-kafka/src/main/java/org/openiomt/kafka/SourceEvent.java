package org.openiomt.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;

/** Something that an operator may want to know about the stream. None of them shows clinical content. */
public sealed interface SourceEvent {
    /** Returns when it happened. */
    Instant at();

    /**
     * A record, or one observation of it, was refused. It stays in the cluster and is not delivered; the stream goes on.
     *
     * @param at when
     * @param topic the topic of Kafka
     * @param partition its partition
     * @param offset its place there
     * @param cause why, to count and to compare
     * @param reason why, to read: what was expected, where, and what came
     */
    record Refused(Instant at, String topic, int partition, long offset, Refusal cause, String reason)
            implements SourceEvent {
        /** Checks that the cause is there. */
        public Refused {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * Observations of a device did not come.
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
            implements SourceEvent {
        /** Returns how many are missing. */
        public long count() {
            return last - first + 1;
        }
    }

    /**
     * The application's handler failed; its device waits.
     *
     * @param at when
     * @param device the device
     * @param id the observation
     * @param attempts how often it has failed
     * @param cause what the handler threw
     */
    record NotTaken(Instant at, DeviceId device, ObservationId id, int attempts, Throwable cause)
            implements SourceEvent {
        /** Checks that the cause is there. */
        public NotTaken {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * The group has shared out its partitions anew.
     *
     * @param at when
     * @param partitions {@code topic-partition} of each that this source has now
     */
    record Assigned(Instant at, List<String> partitions) implements SourceEvent {
        /** Copies the list. */
        public Assigned {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * The cluster cannot be read; it is tried again.
     *
     * @param at when
     * @param reason what is wrong, and what to check
     */
    record Trouble(Instant at, String reason) implements SourceEvent {}
}
