package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.ABORT;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.ALL;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.COMBINED_ANSWER;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.COMBINED_REPORT;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.COUNT;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.DELETE;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.FIRST;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.LAST;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.NULL;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.REPORT;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Count;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Response;
import org.openiomt.ble.profile.recordaccess.RecordFilter;
import org.openiomt.ble.profile.recordaccess.ResponseCode;
import org.openiomt.ble.virtual.RecordStore.Entry;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;

/**
 * Stored records behind a Record Access Control Point: report, delete and count by all, number, time, first and last; abort.
 * What a service makes of it is in {@link Rules}.
 */
final class RecordServer {
    private static final int MAX_NUMBER = 0xFFFF;
    private static final Comparator<DeviceDateTime> BY_CLOCK = Comparator.comparingInt(DeviceDateTime::year)
            .thenComparingInt(DeviceDateTime::month)
            .thenComparingInt(DeviceDateTime::day)
            .thenComparingInt(DeviceDateTime::hour)
            .thenComparingInt(DeviceDateTime::minute)
            .thenComparingInt(DeviceDateTime::second);

    private final VirtualPeripheral peripheral;
    private final Channel controlPoint;
    private final Channel measurement;
    private final Rules rules;
    private final RecordStore store;

    /**
     * How a service wants its records asked for.
     *
     * @param errors the ATT errors of a request that cannot begin
     * @param isByTime whether records are found by the time that the user sees, and not by number alone
     * @param isCombining whether it knows the combined report
     * @param codec how requests are read
     */
    record Rules(ProcedureErrors errors, boolean isByTime, boolean isCombining, Codec<RecordAccessMessage> codec) {
        /** The Glucose Service. */
        static final Rules GLUCOSE = new Rules(ProcedureErrors.OLDER, true, false, RecordAccessMessage.CODEC);

        /** Newer services that find records by their number. */
        static final Rules NUMBERED = new Rules(ProcedureErrors.COMMON, false, false, RecordAccessMessage.CODEC);

        /** The Generic Health Sensor Service. */
        static final Rules HEALTH_SENSOR =
                new Rules(ProcedureErrors.COMMON, false, true, RecordAccessMessage.LONG_NUMBERS_CODEC);
    }

    /**
     * Serves a control point that was added to the peripheral.
     *
     * @param measurement where the records come; it must be subscribed to before a request
     */
    RecordServer(
            VirtualPeripheral peripheral, Scheduler scheduler, Channel controlPoint, Channel measurement, Rules rules) {
        this.peripheral = peripheral;
        this.controlPoint = controlPoint;
        this.measurement = measurement;
        this.rules = rules;
        this.store = new RecordStore(scheduler);
        peripheral.onWrite(controlPoint, this::written).onDisconnected(store::stop);
    }

    RecordStore store() {
        return store;
    }

    /** Returns the number behind the highest one, from 1. */
    int nextNumber() {
        long next = store.lastNumber().orElse(0) + 1;
        if (next > MAX_NUMBER) {
            throw new IllegalStateException(peripheral.address() + " has used all its 65,535 numbers");
        }
        return (int) next;
    }

    private synchronized void written(byte[] octets) {
        if (!peripheral.isSubscribed(controlPoint) || !peripheral.isSubscribed(measurement)) {
            throw new RefusedException(rules.errors().notSubscribed(), "announcements are off");
        }
        int opCode = octets.length == 0 ? NULL : octets[0] & 0xFF;
        if (store.isReporting() && opCode != ABORT) {
            throw new RefusedException(rules.errors().inProgress(), "a report runs");
        }
        boolean isKnown = (opCode >= REPORT && opCode <= COUNT) || (opCode == COMBINED_REPORT && rules.isCombining());
        if (!isKnown) {
            answer(opCode, ResponseCode.OP_CODE_NOT_SUPPORTED);
            return;
        }
        try {
            serve((Request) rules.codec().decode(octets));
        } catch (DecodeException e) {
            answer(opCode, ResponseCode.INVALID_OPERAND);
        }
    }

    private void serve(Request request) {
        int opCode = request.opCode();
        if (opCode == ABORT) {
            store.stop();
            answer(opCode, request.operator() == NULL ? ResponseCode.SUCCESS : ResponseCode.INVALID_OPERATOR);
            return;
        }
        Optional<ResponseCode> fault = fault(request);
        if (fault.isPresent()) {
            answer(opCode, fault.get());
            return;
        }
        List<Entry> chosen = choose(request);
        if (opCode == COUNT) {
            indicate(Count.of(chosen.size()));
        } else if (chosen.isEmpty()) {
            answer(opCode, ResponseCode.NO_RECORDS_FOUND);
        } else if (opCode == DELETE) {
            store.delete(chosen);
            answer(opCode, ResponseCode.SUCCESS);
        } else if (opCode == REPORT) {
            store.report(chosen, () -> answer(REPORT, ResponseCode.SUCCESS));
        } else {
            store.report(chosen, () -> indicate(new Count(COMBINED_ANSWER, NULL, chosen.size(), Integer.BYTES)));
        }
    }

    private Optional<ResponseCode> fault(Request request) {
        int operator = request.operator();
        if (operator == NULL) {
            return Optional.of(ResponseCode.INVALID_OPERATOR);
        }
        if (operator > LAST) {
            return Optional.of(ResponseCode.OPERATOR_NOT_SUPPORTED);
        }
        if (request.remainder().trailing().length > 0) {
            return Optional.of(ResponseCode.INVALID_OPERAND);
        }
        RecordFilter filter = request.filter().orElse(null);
        if (filter instanceof RecordFilter.Other || (filter instanceof RecordFilter.ByTime && !rules.isByTime())) {
            return Optional.of(ResponseCode.OPERAND_NOT_SUPPORTED);
        }
        boolean isBackwards = (filter instanceof RecordFilter.ByNumber number
                        && number.minimum().orElse(0) > number.maximum().orElse(MAX_NUMBER))
                || (filter instanceof RecordFilter.ByLongNumber wide
                        && wide.minimum().orElse(0) > wide.maximum().orElse(Long.MAX_VALUE));
        return isBackwards ? Optional.of(ResponseCode.INVALID_OPERAND) : Optional.empty();
    }

    private List<Entry> choose(Request request) {
        List<Entry> all = store.find(entry -> true);
        return switch (request.operator()) {
            case ALL -> all;
            case FIRST -> all.subList(0, Math.min(1, all.size()));
            case LAST -> all.subList(Math.max(0, all.size() - 1), all.size());
            default -> store.find(within(request.filter().orElseThrow()));
        };
    }

    private static Predicate<Entry> within(RecordFilter filter) {
        if (filter instanceof RecordFilter.ByNumber bounds) {
            return entry -> entry.number() >= bounds.minimum().orElse(0)
                    && entry.number() <= bounds.maximum().orElse(MAX_NUMBER);
        }
        if (filter instanceof RecordFilter.ByLongNumber bounds) {
            return entry -> entry.number() >= bounds.minimum().orElse(0)
                    && entry.number() <= bounds.maximum().orElse(Long.MAX_VALUE);
        }
        if (filter instanceof RecordFilter.ByTime bounds) {
            return entry -> entry.userTime()
                    .filter(time -> bounds.minimum().stream().allMatch(from -> BY_CLOCK.compare(time, from) >= 0))
                    .filter(time -> bounds.maximum().stream().allMatch(to -> BY_CLOCK.compare(time, to) <= 0))
                    .isPresent();
        }
        throw new AssertionError(filter);
    }

    private void answer(int opCode, ResponseCode code) {
        indicate(Response.of(opCode, code));
    }

    private void indicate(RecordAccessMessage message) {
        peripheral.notify(controlPoint, RecordAccessMessage.CODEC.encode(message));
    }
}
