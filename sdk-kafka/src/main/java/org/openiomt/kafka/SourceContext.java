package org.openiomt.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all partitions of a source share: what they work with, and what they count. Safe for use by several threads at once. */
final class SourceContext {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final int WAITING_EVENTS = 256;

    private final RecordForm form;
    private final RecordOpener opener;
    private final DeliveryHandler handler;
    private final SourceSettings settings;
    private final Scheduler scheduler;
    private final Executor executor;
    private final SplittableRandom random = new SplittableRandom();
    private final Broadcast<SourceEvent> events;
    private final LongAdder received = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder overtaking = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final AtomicLong failures = new AtomicLong();
    private final Map<Refusal, Long> refusals = new ConcurrentHashMap<>();

    SourceContext(
            RecordForm form,
            RecordOpener opener,
            DeliveryHandler handler,
            SourceSettings settings,
            Scheduler scheduler,
            Executor executor) {
        this.form = form;
        this.opener = opener;
        this.handler = handler;
        this.settings = settings;
        this.scheduler = scheduler;
        this.executor = executor;
        this.events = new Broadcast<>(executor, WAITING_EVENTS, DropPolicy.DROP_OLDEST);
    }

    RecordForm form() {
        return form;
    }

    RecordOpener opener() {
        return opener;
    }

    DeliveryHandler handler() {
        return handler;
    }

    SourceSettings settings() {
        return settings;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Executor executor() {
        return executor;
    }

    Instant now() {
        return scheduler.clock().instant();
    }

    Duration pause(int failed) {
        synchronized (random) {
            return settings.retry().delay(failed, random);
        }
    }

    Flow.Publisher<SourceEvent> events() {
        return events;
    }

    void publish(SourceEvent event) {
        events.publish(event);
    }

    void received() {
        received.increment();
    }

    void delivered() {
        delivered.increment();
    }

    void repeated() {
        duplicates.increment();
    }

    void overtook() {
        overtaking.increment();
    }

    void missed(SourceEvent.Gap gap) {
        missing.add(gap.count());
        publish(gap);
    }

    void refused(SourceEvent.Refused refused) {
        long count = refusals.merge(refused.cause(), 1L, Long::sum);
        String place = refused.topic() + "-" + refused.partition() + "@" + refused.offset();
        if (isPowerOfTwo(count)) {
            LOG.warn(
                    "{} refused so far as {}, the last at {}: {}",
                    count,
                    refused.cause().words(),
                    place,
                    refused.reason());
        }
        settings.audit()
                .record(new AuditEvent(
                        AuditEventType.MESSAGE_REFUSED,
                        Optional.empty(),
                        place,
                        "",
                        refused.cause().words()));
        publish(refused);
    }

    void notTaken(SourceEvent.NotTaken failure) {
        if (isPowerOfTwo(failures.incrementAndGet())) {
            LOG.warn(
                    "the handler did not take an observation of {} ({} times), trying again: {}",
                    failure.device(),
                    failure.attempts(),
                    failure.cause().getClass().getName());
        }
        publish(failure);
    }

    void troubled(String reason, int times) {
        if (isPowerOfTwo(times)) {
            LOG.warn("{} (failed {} times)", reason, times);
        }
        publish(new SourceEvent.Trouble(now(), reason));
    }

    void end() {
        events.complete();
    }

    /** A fault that comes again and again is logged ever more rarely. */
    private static boolean isPowerOfTwo(long count) {
        return Long.bitCount(count) == 1;
    }

    SourceStats stats(int partitions) {
        return new SourceStats(
                received.sum(),
                delivered.sum(),
                duplicates.sum(),
                refusals,
                overtaking.sum(),
                missing.sum(),
                failures.get(),
                partitions);
    }
}
