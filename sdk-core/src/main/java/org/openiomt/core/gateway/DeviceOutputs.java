package org.openiomt.core.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Warning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a device's observations and remarks go: to the outbox, to the application, and to the events. */
final class DeviceOutputs implements MailboxLink.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceOutputs.class);

    private final DeviceId device;
    private final GatewayCore core;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicBoolean hasLoggedFault = new AtomicBoolean();
    private final Bookmarks bookmarks = new Bookmarks();
    private final @Nullable DeviceQueue<OutboxRecord> toOutbox;
    private final DeviceQueue<Observation> toApplication;

    DeviceOutputs(DeviceId device, GatewayCore core) {
        this.device = device;
        this.core = core;
        Outbox outbox = core.settings().outbox();
        this.toOutbox = outbox == null ? null : queue("outbox", batch -> store(outbox, batch));
        Mailbox callbacks = new Mailbox(core.callbackExecutor());
        this.toApplication = queue("application", batch -> hand(callbacks, batch));
    }

    /** Returns a number that no other arrival of this device in this run has. */
    long nextArrival() {
        return arrivals.incrementAndGet();
    }

    boolean offer(Observation observation) {
        core.counts().offered();
        Lane lane = observation.isWaveform() ? Lane.WAVEFORM : Lane.CLINICAL;
        if (lane == Lane.WAVEFORM) {
            return offer(observation, lane);
        }
        bookmarks.offering();
        boolean isTaken = offer(observation, lane);
        if (!isTaken) {
            bookmarks.refused();
        }
        return isTaken;
    }

    /** Returns what shall be done when the readings so far are stored, or, without an outbox, handed to the application. */
    Bookmarks bookmarks() {
        return bookmarks;
    }

    private boolean offer(Observation observation, Lane lane) {
        boolean isShown = toApplication.offer(observation, lane);
        if (toOutbox == null) {
            return isShown;
        }
        OutboxRecord record;
        try {
            byte[] payload = core.settings().encoder().apply(observation);
            record = OutboxRecord.of(observation.id(), device, lane, payload);
        } catch (Throwable e) { // one that can never be stored must not stand in the way of the others
            dropped(1, "to the outbox: could not be encoded: " + e.getClass().getSimpleName());
            return false;
        }
        return toOutbox.offer(record, lane);
    }

    long waiting() {
        return toOutbox == null ? 0 : toOutbox.waiting();
    }

    CompletionStage<Void> close() {
        CompletionStage<Void> shown = toApplication.close();
        return toOutbox == null ? shown : toOutbox.close().thenCombine(shown, (stored, nothing) -> null);
    }

    /** Gives up what waits. */
    void giveUp() {
        toApplication.giveUp();
        if (toOutbox != null) {
            toOutbox.giveUp();
        }
    }

    void refused(Channel channel, RuntimeException fault) {
        refused(channel, fault, Faults.wordsWithoutContent(fault));
    }

    private void refused(Channel channel, Throwable fault, String reason) {
        core.account(AuditEvent.of(
                fault instanceof AuthenticationException
                        ? AuditEventType.FRAME_NOT_AUTHENTIC
                        : AuditEventType.FRAME_NOT_UNDERSTOOD,
                device,
                channel.name()));
        core.publish(new DeviceEvent.FrameRefused(device, core.clock().instant(), channel.name(), reason));
    }

    void odd(Channel channel, List<Warning> warnings) {
        core.publish(new DeviceEvent.FrameOdd(
                device,
                core.clock().instant(),
                channel.name(),
                warnings.stream().map(Warning::toString).toList()));
    }

    @Override
    public void failed(Channel channel, Throwable fault) {
        if (fault instanceof DecodeException || fault instanceof AuthenticationException) {
            refused(channel, fault, Faults.words(fault));
            return;
        }
        failed(fault);
        refused(channel, fault, "the driver failed: " + Faults.wordsWithoutContent(fault));
    }

    /** Logs what a driver threw, once a device: a device can make it throw with every frame. */
    void failed(Throwable fault) {
        if (!hasLoggedFault.getAndSet(true)) {
            LOG.error("the driver of {} failed; only the first fault is told here", device, fault);
        }
    }

    @Override
    public void overrun(Channel channel) {
        dropped(1, "the device sent values faster than its driver took them");
    }

    private <T> DeviceQueue<T> queue(String name, DeviceQueue.Taker<T> taker) {
        return new DeviceQueue<>(
                core.scheduler(), core.random(), core.settings().queueLimits(), taker, new DeviceQueue.Listener() {
                    @Override
                    public void dropped(long count, String reason) {
                        DeviceOutputs.this.dropped(count, "to the " + name + ": " + reason);
                    }

                    @Override
                    public void delayed(long waiting, Throwable cause) {
                        core.publish(
                                new DeviceEvent.Delayed(device, core.clock().instant(), waiting, Faults.words(cause)));
                    }

                    @Override
                    public void resumed() {
                        core.publish(
                                new DeviceEvent.Delayed(device, core.clock().instant(), 0, "stored again"));
                    }
                });
    }

    private void dropped(long count, String reason) {
        core.counts().dropped(reason, count);
        core.publish(new DeviceEvent.Dropped(device, core.clock().instant(), count, reason));
    }

    /** Stores records. Goes on in the scheduler: an outbox may be done at once, or tell that it is from where it must not wait. */
    private CompletionStage<Void> store(Outbox outbox, List<OutboxRecord> records) {
        return outbox.append(records)
                .thenRun(() -> {
                    core.counts().accepted(records.size());
                    bookmarks.safe(records.stream()
                            .filter(record -> record.lane() == Lane.CLINICAL)
                            .count());
                })
                .whenCompleteAsync((nothing, fault) -> {}, core.scheduler());
    }

    /** Calls the application, one observation at a time; what it throws is its own affair and stops nothing. */
    private CompletionStage<Void> hand(Mailbox callbacks, List<Observation> batch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        callbacks.execute(() -> {
            batch.forEach(core::deliver);
            if (toOutbox == null) {
                bookmarks.safe(batch.stream()
                        .filter(observation -> !observation.isWaveform())
                        .count());
            }
            done.complete(null);
        });
        return done;
    }
}
