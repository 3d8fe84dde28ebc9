package org.openiomt.ble.virtual;

import static org.openiomt.ble.virtual.VirtualInsulinPump.HISTORY_DATA;
import static org.openiomt.ble.virtual.VirtualInsulinPump.RECORD_ACCESS;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.openiomt.ble.profile.insulin.ClockHistory;
import org.openiomt.ble.profile.insulin.ClockHistory.RecordingReason;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.HistoryData;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Selection;
import org.openiomt.ble.virtual.RecordStore.Entry;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;

/**
 * The history of a pump behind the IDD Record Access Control Point: report and count by all, sequence number, first and last,
 * among all events, reference times or the others; abort. Nothing can be deleted. The time of an event is the seconds since the
 * reference time before it, which is recorded anew before these seconds no longer fit.
 */
final class PumpHistory {
    private static final int MOST_SECONDS = 0xFFFF;
    private static final DeviceDateTime NO_CLOCK = DeviceDateTime.of(0, 0, 0, 0, 0, 0);
    private static final Set<HistoryEventType> REFERENCES =
            EnumSet.of(HistoryEventType.REFERENCE_TIME, HistoryEventType.REFERENCE_TIME_BASE_OFFSET);

    private final VirtualInsulinPump pump;
    private final Scheduler scheduler;
    private final PumpProtection protection;
    private final RecordStore store;

    // Guarded by the pump.
    private final Set<Long> references = new HashSet<>();
    private long next;
    private Instant reference;

    PumpHistory(VirtualInsulinPump pump, Scheduler scheduler, PumpProtection protection) {
        this.pump = pump;
        this.scheduler = scheduler;
        this.protection = protection;
        this.store = new RecordStore(scheduler);
        this.reference = scheduler.clock().instant();
        pump.peripheral().onWrite(RECORD_ACCESS, this::written).onDisconnected(store::stop);
    }

    int size() {
        return store.size();
    }

    /** Records the clock. */
    void recordTime(Optional<DeviceDateTime> clock, RecordingReason reason) {
        reference = scheduler.clock().instant();
        Coded<RecordingReason> why = Coded.of(clock.isPresent() ? reason : RecordingReason.DATE_TIME_LOSS);
        DeviceDateTime shown = clock.orElse(NO_CLOCK);
        add(
                HistoryEventType.REFERENCE_TIME,
                new ClockHistory.ReferenceTime(why, shown, OptionalInt.empty(), OptionalInt.empty()));
    }

    /** Records an event that happens now. */
    void record(Optional<DeviceDateTime> clock, HistoryEventType type, HistoryData data) {
        if (seconds() > MOST_SECONDS) {
            recordTime(clock, RecordingReason.PERIODIC_RECORDING);
        }
        add(type, data);
    }

    private void add(HistoryEventType type, HistoryData data) {
        HistoryEvent event = HistoryEvent.of(type, next++, (int) seconds(), data);
        long number = event.sequenceNumber().orElseThrow();
        if (REFERENCES.contains(type)) {
            references.add(number);
        }
        store.store(new Entry(number, Optional.empty(), () -> send(event)));
    }

    private long seconds() {
        return Duration.between(reference, scheduler.clock().instant()).toSeconds();
    }

    private void send(HistoryEvent event) {
        HistoryEvent counted = new HistoryEvent(
                event.type(),
                event.sequenceNumber(),
                event.offsetSeconds(),
                event.data(),
                protection.next(HISTORY_DATA),
                event.remainder());
        pump.peripheral()
                .notify(HISTORY_DATA, HistoryEvent.codec(protection.context()).encode(counted));
    }

    private void written(byte[] octets) {
        synchronized (pump) {
            VirtualPeripheral peripheral = pump.peripheral();
            if (!peripheral.isSubscribed(RECORD_ACCESS) || !peripheral.isSubscribed(HISTORY_DATA)) {
                throw new RefusedException(ProcedureErrors.COMMON.notSubscribed(), "announcements are off");
            }
            int code = octets.length == 0 ? 0 : octets[0] & 0xFF;
            if (store.isReporting() && code != InsulinRecordAccess.OpCode.ABORT.code()) {
                throw new RefusedException(ProcedureErrors.COMMON.inProgress(), "a report runs");
            }
            Coded<InsulinRecordAccess.OpCode> opCode = new Coded<>(InsulinRecordAccess.OpCode.class, code);
            try {
                InsulinRecordAccess request = protection.accept(RECORD_ACCESS, octets, InsulinRecordAccess::codec);
                serve(opCode, request);
            } catch (DecodeException e) {
                answer(opCode, InsulinRecordAccess.Result.INVALID_OPERAND);
            }
        }
    }

    private void serve(Coded<InsulinRecordAccess.OpCode> opCode, InsulinRecordAccess request) {
        Coded<InsulinRecordAccess.Operator> operator = request.operator();
        if (opCode.is(InsulinRecordAccess.OpCode.ABORT)) {
            store.stop();
            answer(
                    opCode,
                    operator.is(InsulinRecordAccess.Operator.NULL)
                            ? InsulinRecordAccess.Result.SUCCESS
                            : InsulinRecordAccess.Result.INVALID_OPERATOR);
        } else if (!opCode.is(InsulinRecordAccess.OpCode.REPORT) && !opCode.is(InsulinRecordAccess.OpCode.COUNT)) {
            answer(opCode, InsulinRecordAccess.Result.OP_CODE_NOT_SUPPORTED);
        } else if (operator.is(InsulinRecordAccess.Operator.NULL)) {
            answer(opCode, InsulinRecordAccess.Result.INVALID_OPERATOR);
        } else if (operator.known().isEmpty()) {
            answer(opCode, InsulinRecordAccess.Result.OPERATOR_NOT_SUPPORTED);
        } else if (!request.remainder().isEmpty()) {
            answer(opCode, InsulinRecordAccess.Result.INVALID_OPERAND);
        } else {
            serve(opCode, operator, (Selection) request.body());
        }
    }

    private void serve(
            Coded<InsulinRecordAccess.OpCode> opCode,
            Coded<InsulinRecordAccess.Operator> operator,
            Selection selection) {
        long from = selection.minimum().orElse(0);
        long to = selection.maximum().orElse(Long.MAX_VALUE);
        if (selection.filter().known().isEmpty()) {
            answer(opCode, InsulinRecordAccess.Result.OPERAND_NOT_SUPPORTED);
            return;
        }
        if (from > to) {
            answer(opCode, InsulinRecordAccess.Result.INVALID_OPERAND);
            return;
        }
        Predicate<Entry> among = among(selection.filter());
        List<Entry> found = store.find(entry -> entry.number() >= from && entry.number() <= to && among.test(entry));
        List<Entry> chosen = found;
        if (operator.is(InsulinRecordAccess.Operator.FIRST)) {
            chosen = found.subList(0, Math.min(1, found.size()));
        } else if (operator.is(InsulinRecordAccess.Operator.LAST)) {
            chosen = found.subList(Math.max(0, found.size() - 1), found.size());
        }
        if (opCode.is(InsulinRecordAccess.OpCode.COUNT)) {
            indicate(InsulinRecordAccess.OpCode.COUNT_ANSWER, new InsulinRecordAccess.Count(chosen.size()));
        } else if (chosen.isEmpty()) {
            answer(opCode, InsulinRecordAccess.Result.NO_RECORDS_FOUND);
        } else {
            store.report(chosen, () -> answer(opCode, InsulinRecordAccess.Result.SUCCESS));
        }
    }

    private Predicate<Entry> among(Coded<InsulinRecordAccess.Filter> filter) {
        Set<Long> times = Set.copyOf(references);
        return switch (filter.known().orElseThrow()) {
            case SEQUENCE_NUMBER -> entry -> true;
            case REFERENCE_TIMES -> entry -> times.contains(entry.number());
            case OTHERS -> entry -> !times.contains(entry.number());
        };
    }

    private void answer(Coded<InsulinRecordAccess.OpCode> request, InsulinRecordAccess.Result result) {
        indicate(InsulinRecordAccess.OpCode.RESPONSE, new InsulinRecordAccess.Response(request, Coded.of(result)));
    }

    private void indicate(InsulinRecordAccess.OpCode opCode, InsulinRecordAccess.Body body) {
        InsulinRecordAccess plain = InsulinRecordAccess.of(opCode, InsulinRecordAccess.Operator.NULL, body);
        InsulinRecordAccess counted = new InsulinRecordAccess(
                plain.opCode(), plain.operator(), body, protection.next(RECORD_ACCESS), plain.remainder());
        pump.peripheral()
                .notify(
                        RECORD_ACCESS,
                        InsulinRecordAccess.codec(protection.context()).encode(counted));
    }
}
