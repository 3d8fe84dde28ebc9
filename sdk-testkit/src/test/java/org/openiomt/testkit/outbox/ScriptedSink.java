package org.openiomt.testkit.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.spi.Ack;

/** A sink that answers when the test says so, and watches that no device has two batches with it. */
final class ScriptedSink implements RecordSink {
    /** All batches in the order in which they came, those that failed included. */
    final List<List<OutboxEntry>> batches = new ArrayList<>();

    /** What was taken, in order. */
    final List<OutboxEntry> taken = new ArrayList<>();

    /** The batches that wait for an answer. */
    final List<Call> open = new ArrayList<>();

    int mostOpen;

    private Predicate<List<OutboxEntry>> takes = batch -> true;
    private boolean isHolding;

    record Call(List<OutboxEntry> batch, CompletableFuture<Ack> answer) {
        DeviceId device() {
            return batch.get(0).record().device();
        }
    }

    /** From now on takes batches of which {@code rule} says so at once, and fails the others. */
    void answer(Predicate<List<OutboxEntry>> rule) {
        takes = rule;
        isHolding = false;
    }

    /** From now on leaves batches open. */
    void hold() {
        isHolding = true;
    }

    void take(Call call) {
        open.remove(call);
        taken.addAll(call.batch());
        call.answer().complete(Ack.STORED);
    }

    void fail(Call call) {
        open.remove(call);
        call.answer().completeExceptionally(new IllegalStateException("the test's sink does not take it"));
    }

    @Override
    public CompletionStage<Ack> write(List<OutboxEntry> batch) {
        batches.add(batch);
        Call call = new Call(batch, new CompletableFuture<>());
        open.add(call);
        mostOpen = Math.max(mostOpen, open.size());
        Set<DeviceId> devices = new HashSet<>();
        open.forEach(waiting -> {
            if (!devices.add(waiting.device())) {
                throw new AssertionError("two batches of " + waiting.device() + " at one time");
            }
        });
        if (!isHolding) {
            if (takes.test(batch)) {
                take(call);
            } else {
                fail(call);
            }
        }
        return call.answer();
    }
}
