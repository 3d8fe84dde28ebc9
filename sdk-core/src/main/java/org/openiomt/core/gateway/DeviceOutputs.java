package org.openiomt.core.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
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
    private final @Nullable DeviceQueue toOutbox;
    private final DeviceQueue toApplication;

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
        boolean isShown = toApplication.offer(observation);
        return toOutbox == null ? isShown : toOutbox.offer(observation);
    }

    long waiting() {
        return toOutbox == null ? 0 : toOutbox.waiting();
    }

    CompletionStage<Void> close() {
        CompletionStage<Void> shown = toApplication.close();
        return toOutbox == null ? shown : toOutbox.close().thenCombine(shown, (stored, nothing) -> null);
    }

    void refused(Channel channel, RuntimeException fault) {
        core.publish(new DeviceEvent.FrameRefused(device, core.clock().instant(), channel.name(), Faults.words(fault)));
    }

    void odd(Channel channel, List<Warning> warnings) {
        core.publish(new DeviceEvent.FrameOdd(
                device,
                core.clock().instant(),
                channel.name(),
                warnings.stream().map(Warning::toString).toList()));
    }

    @Override
    public void failed(Channel channel, RuntimeException fault) {
        if (!(fault instanceof DecodeException) && !(fault instanceof AuthenticationException)) {
            LOG.error("a driver failed on a value of {} from {}", channel, device, fault);
        }
        refused(channel, fault);
    }

    @Override
    public void overrun(Channel channel) {
        dropped(1, "the device sent values faster than its driver took them");
    }

    private DeviceQueue queue(String name, DeviceQueue.Taker taker) {
        return new DeviceQueue(
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
                });
    }

    private void dropped(long count, String reason) {
        core.counts().dropped(reason, count);
        core.publish(new DeviceEvent.Dropped(device, core.clock().instant(), count, reason));
    }

    private CompletionStage<Void> store(Outbox outbox, List<Observation> batch) {
        List<OutboxRecord> records = new ArrayList<>(batch.size());
        for (Observation observation : batch) {
            Lane lane = observation.isWaveform() ? Lane.WAVEFORM : Lane.CLINICAL;
            byte[] payload = core.settings().encoder().apply(observation);
            records.add(OutboxRecord.of(observation.id(), device, lane, payload));
        }
        return outbox.append(records).thenRun(() -> core.counts().accepted(records.size()));
    }

    /** Calls the application, one observation at a time; what it throws is its own affair and stops nothing. */
    private CompletionStage<Void> hand(Mailbox callbacks, List<Observation> batch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        callbacks.execute(() -> {
            batch.forEach(core::deliver);
            done.complete(null);
        });
        return done;
    }
}
