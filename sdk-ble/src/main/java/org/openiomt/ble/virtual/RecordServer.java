package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.ABORT;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.ALL;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.COUNT;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.DELETE;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.FIRST;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.LAST;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.NULL;
import static org.openiomt.ble.profile.recordaccess.RecordAccessMessage.REPORT;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Count;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Response;
import org.openiomt.ble.profile.recordaccess.RecordFilter;
import org.openiomt.ble.profile.recordaccess.ResponseCode;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;

/**
 * Stored records behind a Record Access Control Point, as a glucose meter has them: report, delete and count by all, number,
 * time, first and last; abort. A record is sent each millisecond, so that an abort can come between two and no central is
 * flooded. Refusals at the attribute level are those of the Glucose Service.
 */
final class RecordServer {
    private static final int MAX_NUMBER = 0xFFFF;
    private static final Duration PACE = Duration.ofMillis(1);
    private static final Comparator<DeviceDateTime> BY_CLOCK = Comparator.comparingInt(DeviceDateTime::year)
            .thenComparingInt(DeviceDateTime::month)
            .thenComparingInt(DeviceDateTime::day)
            .thenComparingInt(DeviceDateTime::hour)
            .thenComparingInt(DeviceDateTime::minute)
            .thenComparingInt(DeviceDateTime::second);

    private final VirtualPeripheral peripheral;
    private final Scheduler scheduler;
    private final Channel controlPoint;
    private final Channel measurement;

    // Guarded by this.
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();
    private @Nullable Queue<Entry> report;

    /** One value of a record, on its channel. */
    static final class Part {
        final Channel channel;
        final byte[] octets;

        Part(Channel channel, byte[] octets) {
            this.channel = channel;
            this.octets = octets;
        }
    }

    private record Entry(int number, DeviceDateTime userTime, List<Part> parts) {}

    RecordServer(VirtualPeripheral peripheral, Scheduler scheduler, Channel controlPoint, Channel measurement) {
        this.peripheral = peripheral;
        this.scheduler = scheduler;
        this.controlPoint = controlPoint;
        this.measurement = measurement;
        peripheral.onWrite(controlPoint, this::written).onDisconnected(this::stop);
    }

    synchronized void store(int number, DeviceDateTime userTime, List<Part> parts) {
        entries.put(number, new Entry(number, userTime, List.copyOf(parts)));
    }

    /** Returns the number behind the highest one, from 1. */
    synchronized int nextNumber() {
        int next = entries.isEmpty() ? 1 : entries.lastKey() + 1;
        if (next > MAX_NUMBER) {
            throw new IllegalStateException("the meter has used all its 65,535 numbers");
        }
        return next;
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized int size() {
        return entries.size();
    }

    private synchronized void stop() {
        report = null;
    }

    private synchronized void written(byte[] octets) {
        if (!peripheral.isSubscribed(controlPoint) || !peripheral.isSubscribed(measurement)) {
            throw new RefusedException(AttError.GLUCOSE_CCCD_IMPROPERLY_CONFIGURED, "announcements are off");
        }
        int opCode = octets.length == 0 ? NULL : octets[0] & 0xFF;
        if (report != null && opCode != ABORT) {
            throw new RefusedException(AttError.GLUCOSE_PROCEDURE_ALREADY_IN_PROGRESS, "a report runs");
        }
        if (opCode < REPORT || opCode > COUNT) {
            answer(opCode, ResponseCode.OP_CODE_NOT_SUPPORTED);
            return;
        }
        try {
            serve((Request) RecordAccessMessage.CODEC.decode(octets));
        } catch (DecodeException e) {
            answer(opCode, ResponseCode.INVALID_OPERAND);
        }
    }

    private void serve(Request request) {
        int opCode = request.opCode();
        if (opCode == ABORT) {
            report = null;
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
            chosen.forEach(entry -> entries.remove(entry.number()));
            answer(opCode, ResponseCode.SUCCESS);
        } else {
            Queue<Entry> begun = new ArrayDeque<>(chosen);
            report = begun;
            scheduler.execute(() -> sendNext(begun));
        }
    }

    private static Optional<ResponseCode> fault(Request request) {
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
        if (filter instanceof RecordFilter.Other) {
            return Optional.of(ResponseCode.OPERAND_NOT_SUPPORTED);
        }
        boolean isBackwards = filter instanceof RecordFilter.ByNumber number
                && number.minimum().orElse(0) > number.maximum().orElse(MAX_NUMBER);
        return isBackwards ? Optional.of(ResponseCode.INVALID_OPERAND) : Optional.empty();
    }

    private List<Entry> choose(Request request) {
        return switch (request.operator()) {
            case ALL -> List.copyOf(entries.values());
            case FIRST -> end(entries.firstEntry());
            case LAST -> end(entries.lastEntry());
            default ->
                entries.values().stream()
                        .filter(within(request.filter().orElseThrow()))
                        .toList();
        };
    }

    private static List<Entry> end(Map.@Nullable Entry<Integer, Entry> found) {
        return found == null ? List.of() : List.of(found.getValue());
    }

    private static Predicate<Entry> within(RecordFilter filter) {
        if (filter instanceof RecordFilter.ByNumber bounds) {
            return entry -> entry.number() >= bounds.minimum().orElse(0)
                    && entry.number() <= bounds.maximum().orElse(MAX_NUMBER);
        }
        if (filter instanceof RecordFilter.ByTime bounds) {
            return entry -> bounds.minimum().stream().allMatch(from -> BY_CLOCK.compare(entry.userTime(), from) >= 0)
                    && bounds.maximum().stream().allMatch(to -> BY_CLOCK.compare(entry.userTime(), to) <= 0);
        }
        throw new AssertionError(filter);
    }

    private synchronized void sendNext(Queue<Entry> begun) {
        if (report != begun) {
            return;
        }
        Entry next = begun.poll();
        if (next == null) {
            report = null;
            answer(REPORT, ResponseCode.SUCCESS);
            return;
        }
        for (Part part : next.parts()) {
            peripheral.notify(part.channel, part.octets);
        }
        scheduler.schedule(PACE, () -> sendNext(begun));
    }

    private void answer(int opCode, ResponseCode code) {
        indicate(Response.of(opCode, code));
    }

    private void indicate(RecordAccessMessage message) {
        peripheral.notify(controlPoint, RecordAccessMessage.CODEC.encode(message));
    }
}
