package org.openiomt.testkit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;

/** The whole way on real threads and a real disk: appenders, outbox, drain, and a sink that fails one batch in four. */
final class FileOutboxDrainTest {
    private static final int DEVICES = 8;
    private static final int EACH = 2_000;

    @Test
    void everythingArrivesOnceAndInOrderThoughTheSinkFailsAndTheOutboxIsOpenedAgain(@TempDir Path directory)
            throws InterruptedException {
        FileOutbox.Options options = FileOutbox.Options.defaults()
                .withSegmentOctets(64 << 10)
                .withBounds(OutboxBounds.of(1_000_000, 1L << 30));
        Map<String, List<Long>> arrived = new HashMap<>();
        Random random = new Random(3);
        try (FileOutbox outbox = FileOutbox.open(directory, options)) {
            append(outbox, 0, EACH / 2);
            run(outbox, new CountDownLatch(DEVICES * EACH / 8), arrived, random); // not all of it
        }
        try (FileOutbox outbox = FileOutbox.open(directory, options)) {
            CountDownLatch left = new CountDownLatch((int) outbox.stats().waiting() + DEVICES * EACH / 2);
            Thread appender = new Thread(() -> append(outbox, EACH / 2, EACH));
            appender.start();
            run(outbox, left, arrived, random);
            appender.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(outbox.stats().waiting()).isZero();
            assertThat(outbox.stats().dropped()).isEmpty();
        }
        assertThat(arrived).hasSize(DEVICES);
        assertThat(arrived.values())
                .allSatisfy(numbers ->
                        assertThat(numbers.stream().distinct()).hasSize(EACH).isSorted());
    }

    private static void append(FileOutbox outbox, int from, int to) {
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int number = from; number < to; number++) {
            for (int device = 0; device < DEVICES; device++) {
                Lane lane = device % 2 == 0 ? Lane.CLINICAL : Lane.WAVEFORM;
                stages.add(outbox.append(List.of(Records.numbered(number, "d" + device, lane)))
                        .toCompletableFuture());
            }
        }
        CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new)).join();
    }

    /** Drains until so many records were taken, and stops in good order. */
    private static void run(FileOutbox outbox, CountDownLatch until, Map<String, List<Long>> arrived, Random random)
            throws InterruptedException {
        List<OutboxEntry> taken = Collections.synchronizedList(new ArrayList<>());
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));
        try (Scheduler scheduler = Scheduler.system("drain-test", 3)) {
            RecordSink sink = batch -> {
                CompletableFuture<Ack> answer = new CompletableFuture<>();
                scheduler.execute(() -> {
                    if (random.nextInt(4) == 0) {
                        answer.completeExceptionally(new IllegalStateException("failed by the test on purpose"));
                    } else {
                        taken.addAll(batch);
                        answer.complete(Ack.STORED);
                        batch.forEach(entry -> until.countDown());
                    }
                });
                return answer;
            };
            Drain drain =
                    Drain.start(outbox, sink, scheduler, new Drain.Options(4, 50, backoff, new SplittableRandom(1)));
            assertThat(until.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(drain.stop().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
        }
        synchronized (taken) {
            for (OutboxEntry entry : taken) {
                arrived.computeIfAbsent(entry.record().device().value(), device -> new ArrayList<>())
                        .add(entry.record().id().low());
            }
        }
    }
}
