package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.ble.profile.recordaccess.RecordFilter;
import org.openiomt.ble.profile.recordaccess.ResponseCode;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A Record Access Control Point ({@code 2a52}): glucose, continuous glucose, oximeter, cuff and health sensor records.
 *
 * <pre>{@code
 * RecordAccess access = new RecordAccess(gatt, Gatt.channel("1808", "2a52"));
 * access.records(Gatt.channel("1808", "2a18"), GlucoseMeasurement.CODEC, measurement -> ...)
 *         .thenCompose(isThere -> access.open())
 *         .thenCompose(isThere -> access.reportFrom(lastNumber + 1));
 * }</pre>
 */
public final class RecordAccess extends RecordProcedures<RecordAccessMessage> {
    /** How long a device may be silent while a procedure runs. */
    public static final Duration DEFAULT_TIMEOUT = ControlPointClient.DEFAULT_TIMEOUT;

    /** Prepares the control point of a service whose numbers have 2 octets; nothing is sent before {@link #open}. */
    public RecordAccess(GattSession gatt, Channel controlPoint) {
        this(gatt, controlPoint, DEFAULT_TIMEOUT);
    }

    /** Prepares the control point of a service with a time-out of its own. */
    public RecordAccess(GattSession gatt, Channel controlPoint, Duration timeout) {
        this(gatt, controlPoint, new Form(RecordAccessMessage.CODEC, false), timeout);
    }

    private RecordAccess(GattSession gatt, Channel controlPoint, Form form, Duration timeout) {
        super(gatt, controlPoint, form, timeout);
    }

    /** Prepares a control point where the numbers of records have 4 octets, as in the Generic Health Sensor Service. */
    public static RecordAccess ofLongNumbers(GattSession gatt, Channel controlPoint) {
        return new RecordAccess(
                gatt, controlPoint, new Form(RecordAccessMessage.LONG_NUMBERS_CODEC, true), DEFAULT_TIMEOUT);
    }

    /**
     * Runs a request that the methods of this class have no name for, such as one by time.
     *
     * @return fails only when the link breaks
     * @throws IllegalArgumentException when it is an abort; use {@link #abort}
     */
    public CompletionStage<RecordOutcome> run(Request request) {
        if (request.opCode() == RecordAccessMessage.ABORT) {
            throw new IllegalArgumentException("an abort is no procedure of its own; use abort()");
        }
        return perform(request);
    }

    private record Form(Codec<RecordAccessMessage> codec, boolean hasLongNumbers)
            implements RecordForm<RecordAccessMessage> {
        private static final Set<ResponseCode> FILTER_REFUSED = Set.of(
                ResponseCode.INVALID_OPERATOR,
                ResponseCode.OPERATOR_NOT_SUPPORTED,
                ResponseCode.INVALID_OPERAND,
                ResponseCode.OPERAND_NOT_SUPPORTED);

        @Override
        public Optional<Verdict> verdict(RecordAccessMessage request, RecordAccessMessage message) {
            if (message instanceof RecordAccessMessage.Count count) {
                boolean isAnswer = (request.opCode() == RecordAccessMessage.COUNT
                                && count.opCode() == RecordAccessMessage.COUNT_ANSWER)
                        || (request.opCode() == RecordAccessMessage.COMBINED_REPORT
                                && count.opCode() == RecordAccessMessage.COMBINED_ANSWER);
                return isAnswer ? Optional.of(Verdict.DONE) : Optional.empty();
            }
            if (!(message instanceof RecordAccessMessage.Response response)
                    || response.requestOpCode() != request.opCode()) {
                return Optional.empty();
            }
            int code = response.responseCode();
            return Optional.of(
                    code == ResponseCode.SUCCESS.code()
                            ? Verdict.DONE
                            : Verdict.refused(
                                    code,
                                    ResponseCode.of(code)
                                            .map(ResponseCode::toString)
                                            .orElse("unknown response code " + code)));
        }

        @Override
        public RecordAccessMessage report(OptionalLong from) {
            return from(RecordAccessMessage.REPORT, from);
        }

        @Override
        public RecordAccessMessage count(OptionalLong from) {
            return from(RecordAccessMessage.COUNT, from);
        }

        private Request from(int opCode, OptionalLong from) {
            return request(
                    opCode,
                    from.isPresent() ? RecordAccessMessage.AT_LEAST : RecordAccessMessage.ALL,
                    from,
                    OptionalLong.empty());
        }

        @Override
        public RecordAccessMessage delete(OptionalLong upTo) {
            return request(
                    RecordAccessMessage.DELETE,
                    upTo.isPresent() ? RecordAccessMessage.AT_MOST : RecordAccessMessage.ALL,
                    OptionalLong.empty(),
                    upTo);
        }

        @Override
        public RecordAccessMessage abort() {
            return Request.abort();
        }

        private Request request(int opCode, int operator, OptionalLong minimum, OptionalLong maximum) {
            boolean hasFilter = minimum.isPresent() || maximum.isPresent();
            return new Request(
                    opCode,
                    operator,
                    hasFilter ? Optional.of(filter(minimum, maximum)) : Optional.empty(),
                    Remainder.NONE);
        }

        private RecordFilter filter(OptionalLong minimum, OptionalLong maximum) {
            return hasLongNumbers
                    ? new RecordFilter.ByLongNumber(minimum, maximum)
                    : new RecordFilter.ByNumber(shorten(minimum), shorten(maximum));
        }

        private static OptionalInt shorten(OptionalLong number) {
            return number.isPresent() ? OptionalInt.of(Math.toIntExact(number.getAsLong())) : OptionalInt.empty();
        }

        @Override
        public OptionalLong numberOf(RecordAccessMessage answer) {
            return answer instanceof RecordAccessMessage.Count count
                            && count.opCode() == RecordAccessMessage.COUNT_ANSWER
                    ? OptionalLong.of(count.count())
                    : OptionalLong.empty();
        }

        @Override
        public boolean isNoRecords(int code) {
            return code == ResponseCode.NO_RECORDS_FOUND.code();
        }

        @Override
        public boolean isFilterRefused(int code) {
            return ResponseCode.of(code).filter(FILTER_REFUSED::contains).isPresent();
        }
    }
}
