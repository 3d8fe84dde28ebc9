package org.openiomt.kafka;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Backoff;

/**
 * What a source listens to and how much it keeps. Immutable; each {@code with} method returns a changed copy.
 *
 * @param lanes readings, wave forms, or both
 * @param waiting the most records of a partition that are in hand before it is read on, 1 or more; the client reads up to
 *     {@code max.poll.records} more
 * @param lookBack how many records before the place where a partition was left are read again when it is taken over, to know what was
 *     delivered; 0 or more
 * @param devices of how many devices of a partition it is remembered what they sent; the one that has been silent for longest is forgotten
 * @param idsPerDevice how many observations of a device are remembered by their ids, about 90 octets each
 * @param retry how long a device waits after the handler failed, and the source after the cluster failed
 * @param reorderWait how long a record that came before earlier ones of its device waits for them; zero: it is delivered at once
 * @param announcementWait how long a genuine record waits for what its gateway announces about its key; then it is refused
 * @param audit where it is written down what was refused
 */
public record SourceSettings(
        Set<Lane> lanes,
        int waiting,
        int lookBack,
        int devices,
        int idsPerDevice,
        Backoff retry,
        Duration reorderWait,
        Duration announcementWait,
        AuditSink audit) {
    /**
     * Both lanes, 1,024 records in hand, 2,048 read again, 2,048 observations of each of 4,096 devices a partition, pauses of up to 10 s,
     * 1 s for what was overtaken, 15 min for an announcement, and no audit log.
     */
    public static final SourceSettings DEFAULT = new SourceSettings(
            Set.of(Lane.CLINICAL, Lane.WAVEFORM),
            1_024,
            2_048,
            4_096,
            2_048,
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            AuditSink.NONE);

    /** Checks the ranges and copies the set. */
    public SourceSettings {
        lanes = Set.copyOf(lanes);
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(audit, "audit");
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("a source needs at least one lane to listen to");
        }
        if (reorderWait.isNegative() || announcementWait.isNegative()) {
            throw new IllegalArgumentException("reorderWait and announcementWait must not be negative, but got "
                    + reorderWait + " and " + announcementWait);
        }
        requireAtLeast("waiting", waiting, 1);
        requireAtLeast("lookBack", lookBack, 0);
        requireAtLeast("devices", devices, 1);
        requireAtLeast("idsPerDevice", idsPerDevice, 1);
    }

    /** Returns these settings for other lanes. */
    public SourceSettings withLanes(Set<Lane> other) {
        return new SourceSettings(
                other, waiting, lookBack, devices, idsPerDevice, retry, reorderWait, announcementWait, audit);
    }

    /** Returns these settings with another look back. */
    public SourceSettings withLookBack(int other) {
        return new SourceSettings(
                lanes, waiting, other, devices, idsPerDevice, retry, reorderWait, announcementWait, audit);
    }

    /** Returns these settings with another pause after a failure. */
    public SourceSettings withRetry(Backoff other) {
        return new SourceSettings(
                lanes, waiting, lookBack, devices, idsPerDevice, other, reorderWait, announcementWait, audit);
    }

    /** Returns these settings with another time that a record waits for those that it overtook. */
    public SourceSettings withReorderWait(Duration other) {
        return new SourceSettings(
                lanes, waiting, lookBack, devices, idsPerDevice, retry, other, announcementWait, audit);
    }

    /** Returns these settings with another audit log. */
    public SourceSettings withAudit(AuditSink other) {
        return new SourceSettings(
                lanes, waiting, lookBack, devices, idsPerDevice, retry, reorderWait, announcementWait, other);
    }

    private static void requireAtLeast(String what, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(what + " must be at least " + min + ", but got " + value);
        }
    }
}
