package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;

/**
 * The records that a device keeps: asks for them, counts and deletes them through a record access control point. Used in the
 * device's mailbox only; {@link ControlPointClient} says how requests, time-outs and aborts go.
 *
 * <p>Records and details are subscribed to before {@link #open}. Records that come after the end, as they may after an abort, are
 * delivered all the same.
 *
 * @param <M> the messages of the control point
 */
public abstract sealed class RecordProcedures<M> permits RecordAccess, InsulinRecords {
    private final ControlPointClient<M> client;
    private final RecordForm<M> form;
    private Runnable refused = () -> {};

    RecordProcedures(GattSession gatt, Channel controlPoint, RecordForm<M> form, Duration timeout) {
        this.client = new ControlPointClient<>(gatt, controlPoint, form, timeout);
        this.form = form;
    }

    /**
     * Subscribes to a channel of records. Each one counts, also when it is asked for by nobody.
     *
     * @return whether the device has the channel
     */
    public final <T> CompletionStage<Boolean> records(Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return client.listen(channel, codec, 1, values, () -> refused.run());
    }

    /**
     * Subscribes to a channel of records that are split over packets. Each one counts, also when it is asked for by nobody.
     *
     * @param whole the codec of a record without the headers of its packets
     * @return whether the device has the channel
     */
    public final <T> CompletionStage<Boolean> segmentedRecords(
            Channel channel, Codec<T> whole, Consumer<? super T> values) {
        return client.listenSegmented(channel, whole, 1, values, () -> refused.run());
    }

    /** Runs a task whenever a record has come that was not understood, or in part; one task, the last one wins. */
    public final void onRefused(Runnable task) {
        refused = task;
    }

    /**
     * Subscribes to a channel of details that belong to records and do not count, such as the context of a measurement.
     *
     * @return whether the device has the channel
     */
    public final <T> CompletionStage<Boolean> details(Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return client.listen(channel, codec, 0, values);
    }

    /**
     * Subscribes to the control point, as the last of the channels.
     *
     * @return whether the device has it; without it, every request is refused on this side
     */
    public final CompletionStage<Boolean> open() {
        return client.open();
    }

    /** Asks for every record. */
    public final CompletionStage<RecordOutcome> reportAll() {
        return perform(form.report(OptionalLong.empty()));
    }

    /**
     * Asks for the records from a number on, or for every record when the device knows no such filter: records before it then
     * come too.
     *
     * @param number from 0, in the range of the service's numbers
     */
    public final CompletionStage<RecordOutcome> reportFrom(long number) {
        return perform(form.report(OptionalLong.of(number)))
                .thenCompose(
                        outcome -> isFilterRefused(outcome) ? reportAll() : CompletableFuture.completedFuture(outcome));
    }

    /** Asks how many records there are. */
    public final CompletionStage<RecordOutcome> countAll() {
        return perform(form.count(OptionalLong.empty()));
    }

    /** Asks how many records there are from a number on. A device that knows no such filter refuses: all are another number. */
    public final CompletionStage<RecordOutcome> countFrom(long number) {
        return perform(form.count(OptionalLong.of(number)));
    }

    /** Asks to delete the records up to and with a number. Never becomes a deletion of more. */
    public final CompletionStage<RecordOutcome> deleteUpTo(long number) {
        return perform(form.delete(OptionalLong.of(number)));
    }

    /** Asks to delete every record, also those that nobody has seen. */
    public final CompletionStage<RecordOutcome> deleteAll() {
        return perform(form.delete(OptionalLong.empty()));
    }

    /**
     * Stops the procedure that runs, which then ends as {@link RecordOutcome.Aborted}; so does this stage. When the device
     * does not stop, this stage says so and the procedure goes on.
     *
     * @return fails only when the link breaks
     */
    public final CompletionStage<RecordOutcome> abort() {
        return client.abort(form.abort()).thenApply(this::read);
    }

    /** Whether a procedure runs. */
    public final boolean isRunning() {
        return client.isRunning();
    }

    final CompletionStage<RecordOutcome> perform(M request) {
        return client.run(request).thenApply(this::read);
    }

    private boolean isFilterRefused(RecordOutcome outcome) {
        return outcome instanceof RecordOutcome.Refused refused
                && refused.by() == RefusedBy.PROCEDURE
                && form.isFilterRefused(refused.code());
    }

    private RecordOutcome read(Outcome<M> outcome) {
        if (outcome instanceof Outcome.Answered<M> answered) {
            OptionalLong count = form.numberOf(answered.answer());
            return count.isPresent()
                    ? new RecordOutcome.Count(count.getAsLong())
                    : new RecordOutcome.Done(answered.values());
        }
        if (outcome instanceof Outcome.Refused<M> refused) {
            return refused.by() == RefusedBy.PROCEDURE && form.isNoRecords(refused.code())
                    ? new RecordOutcome.NoRecords()
                    : new RecordOutcome.Refused(refused.by(), refused.code(), refused.reason(), refused.meaning());
        }
        if (outcome instanceof Outcome.NoAnswer<M> silence) {
            return new RecordOutcome.NoAnswer(silence.after(), silence.values());
        }
        if (outcome instanceof Outcome.Endless<M> flood) {
            return new RecordOutcome.Endless(flood.after(), flood.values());
        }
        if (outcome instanceof Outcome.Aborted<M> aborted) {
            return new RecordOutcome.Aborted(aborted.values());
        }
        throw new AssertionError(outcome);
    }
}
