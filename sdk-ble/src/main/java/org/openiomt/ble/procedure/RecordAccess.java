package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.RecordOutcome.By;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.ble.profile.recordaccess.ResponseCode;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Warning;

/**
 * The records that a device keeps: asks for them, counts and deletes them through a Record Access Control Point. One
 * procedure runs at a time. Used in the device's mailbox only.
 *
 * <pre>{@code
 * RecordAccess access = new RecordAccess(gatt, Gatt.channel("1808", "2a52"));
 * access.records(Gatt.channel("1808", "2a18"), GlucoseMeasurement.CODEC, measurement -> ...)
 *         .thenCompose(isThere -> access.open())
 *         .thenCompose(isThere -> access.reportFrom(lastNumber + 1));
 * }</pre>
 *
 * Records and details are subscribed to before {@link #open}, and the control point before the first request: a device refuses
 * requests, or loses records, when it is done the other way round. A procedure ends with the device's answer, or when nothing
 * has come for the time-out: each record begins the wait anew, so that a long report is no silence. Records that come after the
 * end, as they may after an abort, are delivered all the same. The control point has no numbers: a device that answers after
 * the time-out may answer the next request of the same kind, so a driver that must be sure closes the link first.
 */
public final class RecordAccess {
    /** How long a device may be silent while a procedure runs. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final int NO_CODE = -1;
    private static final Set<ResponseCode> FILTER_REFUSED = Set.of(
            ResponseCode.INVALID_OPERATOR,
            ResponseCode.OPERATOR_NOT_SUPPORTED,
            ResponseCode.INVALID_OPERAND,
            ResponseCode.OPERAND_NOT_SUPPORTED);

    private final GattSession gatt;
    private final Channel controlPoint;
    private final Duration timeout;
    private @Nullable Procedure running;
    private @Nullable Procedure aborting;
    private @Nullable String closedReason;

    /** Prepares the control point of a service; nothing is sent before {@link #open}. */
    public RecordAccess(GattSession gatt, Channel controlPoint) {
        this(gatt, controlPoint, DEFAULT_TIMEOUT);
    }

    /** Prepares the control point of a service with a time-out of its own. */
    public RecordAccess(GattSession gatt, Channel controlPoint, Duration timeout) {
        this.gatt = gatt;
        this.controlPoint = controlPoint;
        this.timeout = timeout;
        gatt.context().link().onClosed(this::lost);
        gatt.onClose(() -> lost("the session has ended"));
    }

    /**
     * Subscribes to a channel of records. Each one counts, also when it is asked for by nobody.
     *
     * @return whether the device has the channel
     */
    public <T> CompletionStage<Boolean> records(Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return gatt.subscribe(channel, codec, value -> {
            heard(1);
            values.accept(value);
        });
    }

    /**
     * Subscribes to a channel of details that belong to records and do not count, such as the context of a measurement.
     *
     * @return whether the device has the channel
     */
    public <T> CompletionStage<Boolean> details(Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return gatt.subscribe(channel, codec, value -> {
            heard(0);
            values.accept(value);
        });
    }

    /**
     * Subscribes to the control point, as the last of the channels.
     *
     * @return whether the device has it; without it, no request can be run
     */
    public CompletionStage<Boolean> open() {
        return gatt.subscribe(controlPoint, RecordAccessMessage.CODEC, this::answered);
    }

    /**
     * Runs a request. While another runs, this one is {@link RecordOutcome.Refused} and not sent.
     *
     * @return fails only when the link breaks
     * @throws IllegalArgumentException when it is an abort; use {@link #abort}
     */
    public CompletionStage<RecordOutcome> run(Request request) {
        if (request.opCode() == RecordAccessMessage.ABORT) {
            throw new IllegalArgumentException("an abort is no procedure of its own; use abort()");
        }
        if (running != null || aborting != null) {
            return refuse("another record access procedure runs");
        }
        Procedure procedure = new Procedure(request);
        running = procedure;
        return procedure.begin();
    }

    /** Asks for every record. */
    public CompletionStage<RecordOutcome> reportAll() {
        return run(Request.reportAll());
    }

    /**
     * Asks for the records from a number on, or for every record when the device knows no such filter: records before it then
     * come too.
     *
     * @param number 0 to 65,535
     */
    public CompletionStage<RecordOutcome> reportFrom(int number) {
        return run(Request.reportFrom(number))
                .thenCompose(
                        outcome -> isFilterRefused(outcome) ? reportAll() : CompletableFuture.completedFuture(outcome));
    }

    /**
     * Stops the procedure that runs, which then ends as {@link RecordOutcome.Aborted}; so does this stage. When the device
     * does not stop, this stage says so and the procedure goes on.
     *
     * @return fails only when the link breaks
     */
    public CompletionStage<RecordOutcome> abort() {
        if (aborting != null) {
            return aborting.end;
        }
        if (running == null) {
            return refuse("no record access procedure runs");
        }
        Procedure procedure = new Procedure(Request.abort());
        aborting = procedure;
        return procedure.begin();
    }

    /** Whether a procedure runs. */
    public boolean isRunning() {
        return running != null || aborting != null;
    }

    private static boolean isFilterRefused(RecordOutcome outcome) {
        return outcome instanceof RecordOutcome.Refused refused
                && refused.by() == By.PROCEDURE
                && ResponseCode.of(refused.code())
                        .filter(FILTER_REFUSED::contains)
                        .isPresent();
    }

    private static CompletionStage<RecordOutcome> refuse(String reason) {
        return CompletableFuture.completedFuture(new RecordOutcome.Refused(By.CLIENT, NO_CODE, reason));
    }

    /** Something came that shows that the device works on the procedure. */
    private void heard(int records) {
        if (running != null) {
            running.records += records;
            running.waitAnew();
        }
    }

    private void answered(RecordAccessMessage message) {
        if (message instanceof RecordAccessMessage.Response response) {
            ended(response);
        } else if (message instanceof RecordAccessMessage.Count count) {
            counted(count);
        } else {
            odd("opCode", 0, "op code " + message.opCode() + " is no answer");
        }
    }

    private void ended(RecordAccessMessage.Response response) {
        Optional<ResponseCode> code = ResponseCode.of(response.responseCode());
        boolean isSuccess = code.equals(Optional.of(ResponseCode.SUCCESS));
        if (aborting != null && response.requestOpCode() == RecordAccessMessage.ABORT) {
            Procedure stopped = running;
            int records = stopped == null ? 0 : stopped.records;
            RecordOutcome outcome = isSuccess ? new RecordOutcome.Aborted(records) : refusal(response, code);
            Procedure abort = aborting;
            if (isSuccess && stopped != null) {
                stopped.end(outcome);
            }
            abort.end(outcome);
        } else if (running != null && response.requestOpCode() == running.request.opCode()) {
            running.end(
                    isSuccess
                            ? new RecordOutcome.Done(running.records)
                            : code.equals(Optional.of(ResponseCode.NO_RECORDS_FOUND))
                                    ? new RecordOutcome.NoRecords()
                                    : refusal(response, code));
        } else {
            odd("requestOpCode", 2, "op code " + response.requestOpCode() + " is answered and was not asked");
        }
    }

    private void counted(RecordAccessMessage.Count count) {
        if (running != null
                && running.request.opCode() == RecordAccessMessage.COUNT
                && count.opCode() == RecordAccessMessage.COUNT_ANSWER) {
            running.end(new RecordOutcome.Count(count.count()));
        } else if (running != null
                && running.request.opCode() == RecordAccessMessage.COMBINED_REPORT
                && count.opCode() == RecordAccessMessage.COMBINED_ANSWER) {
            running.end(new RecordOutcome.Done(running.records));
        } else {
            odd("opCode", 0, "a count that was not asked for");
        }
    }

    private static RecordOutcome refusal(RecordAccessMessage.Response response, Optional<ResponseCode> code) {
        return new RecordOutcome.Refused(
                By.PROCEDURE,
                response.responseCode(),
                code.map(ResponseCode::toString).orElse("unknown response code " + response.responseCode()));
    }

    private void odd(String field, int at, String reason) {
        gatt.context().odd(controlPoint, List.of(new Warning(field, at, reason)));
    }

    private void lost(String reason) {
        closedReason = closedReason == null ? reason : closedReason;
        LinkException fault = new LinkException("lost while waiting for " + controlPoint + ": " + reason);
        for (Procedure procedure : new @Nullable Procedure[] {running, aborting}) {
            if (procedure != null) {
                procedure.fail(fault);
            }
        }
    }

    /** One request on its way, from the write to its end. */
    private final class Procedure {
        private final Request request;
        private final CompletableFuture<RecordOutcome> end = new CompletableFuture<>();
        private Scheduler.@Nullable Cancellable timer;
        private int records;

        Procedure(Request request) {
            this.request = request;
        }

        CompletionStage<RecordOutcome> begin() {
            if (closedReason != null) {
                fail(new LinkException(controlPoint + " cannot be used: " + closedReason));
                return end;
            }
            waitAnew();
            gatt.write(controlPoint, RecordAccessMessage.CODEC, request).whenComplete((done, fault) -> {
                if (fault == null) {
                    waitAnew();
                } else {
                    writeFailed(fault);
                }
            });
            return end;
        }

        private void writeFailed(Throwable fault) {
            Throwable cause =
                    fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
            if (cause instanceof RefusedException refused) {
                int code = refused.code();
                String reason = AttError.describe(controlPoint, code);
                end(new RecordOutcome.Refused(By.ATTRIBUTE, code, reason, AttError.meaning(controlPoint, code)));
            } else {
                fail(cause);
            }
        }

        void waitAnew() {
            stopWaiting();
            if (!end.isDone()) {
                timer = gatt.context().after(timeout, () -> end(new RecordOutcome.NoAnswer(timeout, records)));
            }
        }

        void end(RecordOutcome outcome) {
            release();
            end.complete(outcome);
        }

        void fail(Throwable fault) {
            release();
            end.completeExceptionally(fault);
        }

        /** Makes room for the next procedure before anybody hears of the end and begins one. */
        private void release() {
            stopWaiting();
            if (running == this) {
                running = null;
            }
            if (aborting == this) {
                aborting = null;
            }
        }

        private void stopWaiting() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
