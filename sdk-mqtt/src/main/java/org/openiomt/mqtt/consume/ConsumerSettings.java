package org.openiomt.mqtt.consume;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Backoff;

/**
 * What a consumer listens to and how much it keeps. Immutable; each {@code with} method returns a changed copy.
 *
 * @param lanes readings, wave forms, or both
 * @param unacknowledged the most messages that are in hand at one time, 1 to 65,535; together with {@code payloadOctets} it bounds the
 *     memory that a hostile sender can fill
 * @param payloadOctets the most octets of a message; larger ones are refused
 * @param devices of how many devices it is remembered what they sent; more than {@code unacknowledged}; the one that has
 *     been silent for longest is forgotten, and its repeats are delivered again
 * @param idsPerDevice how many observations of a device are remembered, about 90 octets each
 * @param maxAttempts how often an observation is offered to the handler before it is given up; {@link Integer#MAX_VALUE} for
 *     ever
 * @param retry how long a device waits after the handler failed
 * @param reorderWait how long a message that came before earlier ones of its device waits for them; zero: it is delivered at once
 * @param announcementWait how long a genuine message waits for what its gateway announces about its key; then it is refused
 * @param received remembers what was taken, and must do so of more than {@code unacknowledged} devices; stays the caller's, and must
 *     live longer than the consumer. Empty: it is remembered in memory, {@code idsPerDevice} for each of {@code devices}
 * @param audit where it is written down what was refused
 */
public record ConsumerSettings(
        Set<Lane> lanes,
        int unacknowledged,
        int payloadOctets,
        int devices,
        int idsPerDevice,
        int maxAttempts,
        Backoff retry,
        Duration reorderWait,
        Duration announcementWait,
        Optional<ReceivedLog> received,
        AuditSink audit) {
    /**
     * Both lanes, 64 messages in hand of at most 512 KiB, 8,192 observations of each of 4,096 devices; what the handler does not
     * take is offered for ever, with pauses of up to 10 s; what overtook others waits for them 1 s, and for the announcement of its key
     * 15 min; what was taken is remembered in memory; and no audit log.
     */
    public static final ConsumerSettings DEFAULT = new ConsumerSettings(
            Set.of(Lane.CLINICAL, Lane.WAVEFORM),
            64,
            512 << 10,
            4_096,
            8_192,
            Integer.MAX_VALUE,
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            Optional.empty(),
            AuditSink.NONE);

    private static final int MAX_UNACKNOWLEDGED = 65_535;
    private static final int MAX_PAYLOAD = 1 << 20;

    /** Checks the ranges and copies the set. */
    public ConsumerSettings {
        lanes = Set.copyOf(lanes);
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(audit, "audit");
        if (reorderWait.isNegative() || announcementWait.isNegative()) {
            throw new IllegalArgumentException("reorderWait and announcementWait must not be negative, but got "
                    + reorderWait + " and " + announcementWait);
        }
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("a consumer needs at least one lane to listen to");
        }
        requireBetween("unacknowledged", unacknowledged, 1, MAX_UNACKNOWLEDGED);
        requireBetween("payloadOctets", payloadOctets, 1, MAX_PAYLOAD);
        requireBetween("devices", devices, unacknowledged + 1, Integer.MAX_VALUE);
        requireBetween("idsPerDevice", idsPerDevice, 1, 1 << 24);
        requireBetween("maxAttempts", maxAttempts, 1, Integer.MAX_VALUE);
    }

    /** Returns these settings for other lanes. */
    public ConsumerSettings withLanes(Set<Lane> other) {
        return with(draft -> draft.lanes = other);
    }

    /** Returns these settings with another bound of the messages in hand. */
    public ConsumerSettings withUnacknowledged(int other) {
        return with(draft -> draft.unacknowledged = other);
    }

    /** Returns these settings with another number of attempts. */
    public ConsumerSettings withMaxAttempts(int other) {
        return with(draft -> draft.maxAttempts = other);
    }

    /** Returns these settings with another pause after a failure of the handler. */
    public ConsumerSettings withRetry(Backoff other) {
        return with(draft -> draft.retry = other);
    }

    /** Returns these settings with another time that a message waits for those that it overtook. */
    public ConsumerSettings withReorderWait(Duration other) {
        return with(draft -> draft.reorderWait = other);
    }

    /** Returns these settings with another memory of what was taken. */
    public ConsumerSettings withReceived(ReceivedLog other) {
        return with(draft -> draft.received = Optional.of(other));
    }

    /** Returns these settings with another audit log. */
    public ConsumerSettings withAudit(AuditSink other) {
        return with(draft -> draft.audit = other);
    }

    private ConsumerSettings with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new ConsumerSettings(
                draft.lanes,
                draft.unacknowledged,
                payloadOctets,
                devices,
                idsPerDevice,
                draft.maxAttempts,
                draft.retry,
                draft.reorderWait,
                announcementWait,
                draft.received,
                draft.audit);
    }

    /** What can be changed, as it is until somebody changes it. */
    private final class Draft {
        private Set<Lane> lanes = ConsumerSettings.this.lanes;
        private int unacknowledged = ConsumerSettings.this.unacknowledged;
        private int maxAttempts = ConsumerSettings.this.maxAttempts;
        private Backoff retry = ConsumerSettings.this.retry;
        private Duration reorderWait = ConsumerSettings.this.reorderWait;
        private Optional<ReceivedLog> received = ConsumerSettings.this.received;
        private AuditSink audit = ConsumerSettings.this.audit;
    }

    private static void requireBetween(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be " + min + " to " + max + ", but got " + value);
        }
    }
}
