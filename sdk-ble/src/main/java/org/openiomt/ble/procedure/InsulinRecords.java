package org.openiomt.ble.procedure;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Filter;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.OpCode;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Operator;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Result;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Selection;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;

/** The IDD Record Access Control Point ({@code 2b27}): events of a pump's history, by sequence numbers from 0 to 4,294,967,295. */
public final class InsulinRecords extends RecordProcedures<InsulinRecordAccess> {
    /** Prepares the control point; nothing is sent before {@link #open}. */
    public InsulinRecords(GattSession gatt, Channel controlPoint, InsulinContext context) {
        super(gatt, controlPoint, new Form(context), ControlPointClient.DEFAULT_TIMEOUT);
    }

    private record Form(InsulinContext context) implements RecordForm<InsulinRecordAccess> {
        private static final Set<Result> FILTER_REFUSED = Set.of(
                Result.INVALID_OPERATOR,
                Result.OPERATOR_NOT_SUPPORTED,
                Result.INVALID_OPERAND,
                Result.OPERAND_NOT_SUPPORTED);

        @Override
        public Codec<InsulinRecordAccess> codec() {
            return InsulinRecordAccess.codec(context);
        }

        @Override
        public Optional<Verdict> verdict(InsulinRecordAccess request, InsulinRecordAccess message) {
            if (message.body() instanceof InsulinRecordAccess.Count) {
                return request.opCode().is(OpCode.COUNT) ? Optional.of(Verdict.DONE) : Optional.empty();
            }
            if (!(message.body() instanceof InsulinRecordAccess.Response response)
                    || !response.request().equals(request.opCode())) {
                return Optional.empty();
            }
            return Optional.of(
                    response.result().is(Result.SUCCESS)
                            ? Verdict.DONE
                            : Verdict.refused(
                                    response.result().code(), response.result().toString()));
        }

        @Override
        public InsulinRecordAccess counted(InsulinRecordAccess request, IntSupplier counter) {
            return context.e2e().presence() == E2eContext.Presence.PRESENT
                    ? new InsulinRecordAccess(
                            request.opCode(),
                            request.operator(),
                            request.body(),
                            E2eCheck.sound(counter.getAsInt()),
                            request.remainder())
                    : request;
        }

        @Override
        public E2eCheck check(InsulinRecordAccess message) {
            return message.check();
        }

        @Override
        public InsulinRecordAccess report(OptionalLong from) {
            return from(OpCode.REPORT, from);
        }

        @Override
        public InsulinRecordAccess count(OptionalLong from) {
            return from(OpCode.COUNT, from);
        }

        private static InsulinRecordAccess from(OpCode opCode, OptionalLong from) {
            return InsulinRecordAccess.of(
                    opCode,
                    from.isPresent() ? Operator.AT_LEAST : Operator.ALL,
                    new Selection(Coded.of(Filter.SEQUENCE_NUMBER), from, OptionalLong.empty()));
        }

        @Override
        public InsulinRecordAccess delete(OptionalLong upTo) {
            return InsulinRecordAccess.of(
                    OpCode.DELETE,
                    upTo.isPresent() ? Operator.AT_MOST : Operator.ALL,
                    new Selection(Coded.of(Filter.SEQUENCE_NUMBER), OptionalLong.empty(), upTo));
        }

        @Override
        public InsulinRecordAccess abort() {
            return InsulinRecordAccess.abort();
        }

        @Override
        public OptionalLong numberOf(InsulinRecordAccess answer) {
            return answer.body() instanceof InsulinRecordAccess.Count count
                    ? OptionalLong.of(count.count())
                    : OptionalLong.empty();
        }

        @Override
        public boolean isNoRecords(int code) {
            return code == Result.NO_RECORDS_FOUND.code();
        }

        @Override
        public boolean isFilterRefused(int code) {
            return new Coded<>(Result.class, code)
                    .known()
                    .filter(FILTER_REFUSED::contains)
                    .isPresent();
        }
    }
}
