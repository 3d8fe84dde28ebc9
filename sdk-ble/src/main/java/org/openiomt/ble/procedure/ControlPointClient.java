package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Warning;

/*
 * The one engine of all control points.
 *
 * A procedure goes from the write of its request to the answer that the form takes for its own. The device works on one procedure
 * at a time, whichever control point it came through: the queue is the session's, see GattSession.procedure. An abort goes past
 * the queue.
 *
 * Answers carry no numbers, so what belongs together is found by three rules:
 *  - a request that had no answer in time is owed one. Until that comes, or an abort is confirmed, no other request is sent
 *    through this control point: the late answer could not be told from its own. It is reported and dropped.
 *  - a message with the counter of the one before is a repetition, and is dropped.
 *  - a message that equals the last answer and comes before the device has confirmed the new request is held: it is that answer
 *    once more, or, where announcements overtake confirmations, the new one. What comes next within a second decides.
 */
/**
 * Asks a device through a control point: subscribes, writes a request, and waits for its answer. Used in the device's mailbox only.
 *
 * <pre>{@code
 * ControlPointClient<UserControlMessage> users =
 *         new ControlPointClient<>(gatt, Gatt.channel("181c", "2a9f"), ControlPointForms.users());
 * users.open()
 *         .thenCompose(isThere -> users.run(UserControlMessage.Consent.of(1, code)))
 *         .thenAccept(outcome -> ...);
 * }</pre>
 *
 * Values that a procedure sends on other channels are subscribed to before {@link #open}, and the control point before the first
 * request: a device refuses requests, or loses values, when it is done the other way round. Of all control points of a session one
 * procedure runs at a time, in the order of the calls. It ends with the device's answer, or when nothing has come for the
 * time-out: each value begins the wait anew, so that a long report is no silence, but none goes on for longer than
 * {@link #LONGEST}. After a time-out every further request is refused on this side until the late answer has come or
 * {@link #abort} is confirmed; a driver that must go on closes the link. Counters and check sums are written and checked where the
 * form has them; what did not prove itself is reported and never an answer.
 *
 * @param <M> the messages of the control point
 */
public final class ControlPointClient<M> {
    /** How long a device may be silent while a procedure runs. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** How long a procedure may take in all. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The most requests that wait for their turn in one control point. */
    public static final int MAX_WAITING = 32;

    private static final Duration REPETITION = Duration.ofSeconds(1);
    private static final int NO_CODE = -1;

    private final GattSession gatt;
    private final Channel channel;
    private final ControlPointForm<M> form;
    private final Duration timeout;
    private final E2eCounter received = new E2eCounter();
    private int sent;
    private int waiting;
    private boolean isOpen;
    private @Nullable Procedure running;
    private @Nullable Procedure aborting;
    private @Nullable M owed;
    private @Nullable M lastAnswer;
    private @Nullable String closedReason;

    /** Prepares a control point; nothing is sent before {@link #open}. */
    public ControlPointClient(GattSession gatt, Channel channel, ControlPointForm<M> form) {
        this(gatt, channel, form, DEFAULT_TIMEOUT);
    }

    /** Prepares a control point with a time-out of its own. */
    public ControlPointClient(GattSession gatt, Channel channel, ControlPointForm<M> form, Duration timeout) {
        this.gatt = gatt;
        this.channel = channel;
        this.form = form;
        this.timeout = timeout;
        gatt.context().link().onClosed(this::lost);
        gatt.onClose(() -> lost("the session has ended"));
    }

    /**
     * Subscribes to a channel on which procedures send values. Each shows that the device is at work.
     *
     * @param counts how many values of the outcome each one is: 0 for what belongs to another, else 1
     * @return whether the device has the channel
     */
    public <T> CompletionStage<Boolean> listen(
            Channel values, Codec<T> codec, int counts, Consumer<? super T> consumer) {
        return listen(values, codec, counts, consumer, () -> {});
    }

    <T> CompletionStage<Boolean> listen(
            Channel values, Codec<T> codec, int counts, Consumer<? super T> consumer, Runnable refused) {
        return gatt.subscribe(
                values,
                codec,
                value -> {
                    heard(counts);
                    consumer.accept(value);
                },
                refused);
    }

    /**
     * Subscribes to a channel on which procedures send values that are split over packets. Each value shows that the device is at
     * work.
     *
     * @param whole the codec of a value without the headers of its packets
     * @param counts how many values of the outcome each one is
     * @param lost runs for each value that is lost or not understood; it has been reported
     * @return whether the device has the channel
     */
    public <T> CompletionStage<Boolean> listenSegmented(
            Channel values, Codec<T> whole, int counts, Consumer<? super T> consumer, Runnable lost) {
        return gatt.subscribeSegmented(
                values,
                whole,
                value -> {
                    heard(counts);
                    consumer.accept(value);
                },
                lost);
    }

    /** Says that the device shows itself at work in another way, with so many values. */
    public void heard(int values) {
        if (running != null) {
            running.values += values;
            running.waitAnew();
        }
    }

    /**
     * Subscribes to the control point, as the last of the channels.
     *
     * @return whether the device has it; without it every request is refused on this side
     */
    public CompletionStage<Boolean> open() {
        return gatt.subscribe(channel, form.codec(), this::came).thenApply(isThere -> {
            isOpen = isThere;
            return isThere;
        });
    }

    /**
     * Runs a request when the procedures before it have ended.
     *
     * @return fails only when the link breaks, or when the request cannot be written for what it holds
     */
    public CompletionStage<Outcome<M>> run(M request) {
        return run(request, Optional::empty);
    }

    /**
     * Runs a request when the procedures before it have ended, if it is still wanted then.
     *
     * @param objection asked in the moment before the write: why nothing shall be sent, for a person, or empty
     */
    public CompletionStage<Outcome<M>> run(M request, Supplier<Optional<String>> objection) {
        if (waiting >= MAX_WAITING) {
            return refuse("too many requests wait for the device");
        }
        waiting++;
        return gatt.procedure(() -> {
            waiting--;
            if (!isOpen && closedReason == null) {
                return refuse("the device has no control point " + channel + ", or it was not opened");
            }
            if (owed != null) {
                return refuse("the device has not answered the request before; the link must be opened anew");
            }
            running = new Procedure(request);
            return running.begin(objection);
        });
    }

    /**
     * Stops the procedure that runs in this control point, which then ends as {@link Outcome.Aborted}; so does this stage. When the
     * device does not stop, this stage says so and the procedure goes on. Goes past what waits.
     *
     * @param request what stops a procedure
     * @return fails only when the link breaks
     */
    public CompletionStage<Outcome<M>> abort(M request) {
        if (aborting != null) {
            return aborting.end;
        }
        if (running == null && owed == null) {
            return refuse("no procedure runs");
        }
        aborting = new Procedure(request);
        return aborting.begin(Optional::empty);
    }

    /** Whether a procedure runs in this control point. */
    public boolean isRunning() {
        return running != null || aborting != null;
    }

    private static <A> CompletionStage<Outcome<A>> refuse(String reason) {
        return CompletableFuture.completedFuture(refused(reason));
    }

    private static <A> Outcome<A> refused(String reason) {
        return new Outcome.Refused<>(RefusedBy.CLIENT, NO_CODE, reason, Optional.empty(), Optional.empty());
    }

    private int nextCounter() {
        sent = E2eCounter.after(sent);
        return sent;
    }

    private void came(M message) {
        E2eCheck check = form.check(message);
        if (!check.isTrusted()) {
            odd("crc", "an answer that did not prove itself is not used");
            return;
        }
        E2eCounter.Outcome order = received.accept(check);
        if (!(order instanceof E2eCounter.Whole)) {
            odd("counter", order.toString());
        }
        if (order instanceof E2eCounter.Repeated) {
            return;
        }
        if (running != null && !running.isConfirmed && message.equals(lastAnswer)) {
            running.held = message;
        } else {
            settle(message);
        }
    }

    private void settle(M message) {
        Optional<Verdict> stopped = verdict(aborting, message);
        if (stopped.isPresent()) {
            stopped(message, stopped.get());
            return;
        }
        Optional<Verdict> ended = verdict(running, message);
        if (ended.isPresent()) {
            lastAnswer = message;
            ended(message, ended.get());
        } else if (owed != null && form.verdict(owed, message).isPresent()) {
            owed = null;
            odd("value", "a late answer, to a request that was given up");
        } else {
            odd("value", "an answer to something that was not asked");
        }
    }

    private Optional<Verdict> verdict(@Nullable Procedure procedure, M message) {
        return procedure == null ? Optional.empty() : form.verdict(procedure.request, message);
    }

    private void ended(M message, Verdict verdict) {
        Procedure procedure = running;
        if (procedure != null) {
            procedure.end(outcome(message, verdict, procedure.values));
        }
    }

    private void stopped(M message, Verdict verdict) {
        Procedure procedure = running;
        Procedure abort = aborting;
        if (verdict.isDone()) {
            owed = null;
            Outcome<M> outcome = new Outcome.Aborted<>(procedure == null ? 0 : procedure.values);
            if (procedure != null) {
                procedure.end(outcome);
            }
            if (abort != null) {
                abort.end(outcome);
            }
        } else if (abort != null) {
            abort.end(outcome(message, verdict, 0));
        }
    }

    private Outcome<M> outcome(M message, Verdict verdict, int values) {
        return verdict.isDone()
                ? new Outcome.Answered<>(message, values)
                : new Outcome.Refused<>(
                        RefusedBy.PROCEDURE, verdict.code(), verdict.reason(), Optional.empty(), Optional.of(message));
    }

    private void odd(String field, String reason) {
        gatt.context().odd(channel, List.of(new Warning(field, 0, reason)));
    }

    private void lost(String reason) {
        closedReason = closedReason == null ? reason : closedReason;
        LinkException fault = new LinkException("lost while waiting for " + channel + ": " + reason);
        Procedure stopped = running;
        Procedure abort = aborting;
        if (stopped != null) {
            stopped.fail(fault);
        }
        if (abort != null) {
            abort.fail(fault);
        }
    }

    /** Thrown in place of a write that is no longer wanted. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwanted(String objection) {
            super(objection, null, false, false);
        }
    }

    /** One request on its way, from the write to its end. */
    private final class Procedure {
        private final M request;
        private final CompletableFuture<Outcome<M>> end = new CompletableFuture<>();
        private Scheduler.Cancellable silence = () -> {};
        private Scheduler.Cancellable whole = () -> {};
        private int values;
        private boolean isWritten;
        private boolean isConfirmed;
        private @Nullable M held;

        Procedure(M request) {
            this.request = request;
        }

        CompletionStage<Outcome<M>> begin(Supplier<Optional<String>> objection) {
            if (closedReason != null) {
                fail(new LinkException(channel + " cannot be used: " + closedReason));
                return end;
            }
            waitAnew();
            whole = gatt.context().after(LONGEST, () -> giveUp(new Outcome.Endless<>(LONGEST, values)));
            gatt.writeInTurn(channel, form.codec(), () -> wanted(objection)).whenComplete((done, fault) -> {
                if (fault == null) {
                    confirmed();
                } else {
                    writeFailed(fault);
                }
            });
            return end;
        }

        /** In the moment of the write. What was given up before its turn came is not written. */
        private M wanted(Supplier<Optional<String>> objection) {
            Optional<String> unwanted = end.isDone() ? Optional.of("it was given up") : objection.get();
            if (unwanted.isPresent()) {
                throw new Unwanted(unwanted.get());
            }
            isWritten = true;
            return form.counted(request, ControlPointClient.this::nextCounter);
        }

        private void confirmed() {
            isConfirmed = true;
            waitAnew();
            if (held != null && !end.isDone()) {
                gatt.context().after(REPETITION, this::takeHeld);
            }
        }

        private void takeHeld() {
            M message = held;
            if (message != null && !end.isDone()) {
                settle(message);
            }
        }

        private void writeFailed(Throwable fault) {
            Throwable cause =
                    fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
            if (cause instanceof RefusedException refused) {
                int code = refused.code();
                end(new Outcome.Refused<>(
                        RefusedBy.ATTRIBUTE,
                        code,
                        AttError.describe(channel, code),
                        AttError.meaning(channel, code),
                        Optional.empty()));
            } else if (cause instanceof Unwanted unwanted) {
                end(refused(String.valueOf(unwanted.getMessage())));
            } else {
                fail(cause);
            }
        }

        void waitAnew() {
            silence.cancel();
            if (!end.isDone()) {
                silence = gatt.context().after(timeout, () -> giveUp(new Outcome.NoAnswer<>(timeout, values)));
            }
        }

        /** Ends without an answer, which may come all the same. */
        private void giveUp(Outcome<M> outcome) {
            if (!isWritten) {
                end(refused("the link was busy for " + timeout.toSeconds() + " s, and nothing was sent"));
                return;
            }
            if (running == this) {
                owed = request;
            }
            end(outcome);
        }

        void end(Outcome<M> outcome) {
            release();
            end.complete(outcome);
        }

        void fail(Throwable fault) {
            release();
            end.completeExceptionally(fault);
        }

        /** Makes room for the next procedure before anybody hears of the end and begins one. */
        private void release() {
            silence.cancel();
            whole.cancel();
            if (running == this) {
                running = null;
            }
            if (aborting == this) {
                aborting = null;
            }
        }
    }
}
