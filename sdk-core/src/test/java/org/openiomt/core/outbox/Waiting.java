package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;

/** Numbered records, and short words for what the tests of outboxes do. */
final class Waiting {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DeviceId DEVICE = DeviceId.of("device-1");

    private Waiting() {}

    static OutboxRecord record(int number, Lane lane, int length) {
        byte[] payload = new byte[length];
        new Random(number).nextBytes(payload);
        return OutboxRecord.of(ObservationId.of(7, number), DEVICE, lane, payload);
    }

    static OutboxRecord record(int number) {
        return record(number, Lane.CLINICAL, 100);
    }

    static int number(OutboxEntry entry) {
        return (int) entry.record().id().low();
    }

    /** Appends records with these numbers, one by one. */
    static void append(Outbox outbox, int from, int to) {
        for (int number = from; number < to; number++) {
            assertTaken(outbox, record(number));
        }
    }

    static void assertTaken(Outbox outbox, OutboxRecord record) {
        assertThat(future(outbox, record)).succeedsWithin(PATIENCE);
    }

    static OutboxException assertFails(Outbox outbox, OutboxRecord record) {
        List<OutboxException> faults = new ArrayList<>();
        assertThat(future(outbox, record))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .satisfies(cause -> faults.add((OutboxException) cause));
        return faults.get(0);
    }

    private static CompletableFuture<Void> future(Outbox outbox, OutboxRecord record) {
        return outbox.append(List.of(record)).toCompletableFuture();
    }

    static List<OutboxEntry> entries(Outbox outbox, Lane lane) {
        List<OutboxEntry> all = new ArrayList<>();
        long after = 0;
        for (List<OutboxEntry> some = outbox.read(lane, after, 64);
                !some.isEmpty();
                some = outbox.read(lane, after, 64)) {
            all.addAll(some);
            after = some.get(some.size() - 1).position();
        }
        return all;
    }

    static List<Integer> numbers(Outbox outbox) {
        return entries(outbox, Lane.CLINICAL).stream().map(Waiting::number).toList();
    }

    static List<Integer> range(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = from; number < to; number++) {
            numbers.add(number);
        }
        return numbers;
    }
}
