package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.core.outbox.FaultyStorage.Operation.CREATE;
import static org.openiomt.core.outbox.FaultyStorage.Operation.DELETE;
import static org.openiomt.core.outbox.FaultyStorage.Operation.FORCE;
import static org.openiomt.core.outbox.FaultyStorage.Operation.READ;
import static org.openiomt.core.outbox.FaultyStorage.Operation.TRUNCATE;
import static org.openiomt.core.outbox.FaultyStorage.Operation.WRITE;
import static org.openiomt.core.outbox.Waiting.append;
import static org.openiomt.core.outbox.Waiting.assertFails;
import static org.openiomt.core.outbox.Waiting.assertTaken;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.numbers;
import static org.openiomt.core.outbox.Waiting.range;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outbox does while its disk is full or broken. */
final class FileOutboxFaultTest {
    private static final int SEGMENT = 64 << 10;

    private final FaultyStorage storage = new FaultyStorage();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private FileOutbox outbox;

    private static boolean isSegment(String name) {
        return name.contains(".segment");
    }

    private static boolean isCursor(String name) {
        return name.endsWith(".cursor");
    }

    @BeforeEach
    void open() {
        outbox = FileOutbox.open(directory, FileOutbox.Options.defaults().withSegmentOctets(SEGMENT), storage);
    }

    @AfterEach
    void close() {
        storage.work();
        outbox.close();
    }

    private void reopen() {
        outbox.close();
        open();
    }

    @Test
    void theWriterLivesOnWhenTimeRunsOutWhileItLooksAtTheClock() {
        storage.jump(Duration.ofMillis(600));
        for (int number = 0; number < 20; number++) {
            append(outbox, number, number + 1);
            outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        }
        assertThat(numbers(outbox)).isEmpty();
    }

    @Test
    void anAppendIsReportedAndReadOnlyAfterTheSyncAndThoseThatComeMeanwhileShareTheNext() {
        append(outbox, 0, 1);
        CountDownLatch release = new CountDownLatch(1);
        storage.holdSyncs(release);
        int before = storage.syncs();
        CompletableFuture<Void> first = outbox.append(List.of(record(1))).toCompletableFuture();
        long deadline = System.nanoTime() + Waiting.PATIENCE.toNanos();
        while (storage.syncs() == before && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int number = 2; number < 100; number++) {
            others.add(outbox.append(List.of(record(number))).toCompletableFuture());
        }
        assertThat(first).isNotDone();
        assertThat(numbers(outbox)).isEqualTo(range(0, 1));
        release.countDown();
        others.forEach(other -> assertThat(other).succeedsWithin(Waiting.PATIENCE));
        assertThat(storage.syncs()).isEqualTo(before + 2);
        assertThat(numbers(outbox)).isEqualTo(range(0, 100));
    }

    @Test
    void anAppendAloneCostsOneSync() {
        append(outbox, 0, 1);
        int before = storage.syncs();
        append(outbox, 1, 51);
        assertThat(storage.syncs()).isEqualTo(before + 50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullDiskFailsAppendsUntilThereIsSpace(boolean isSpaceKnown) throws IOException {
        if (!isSpaceKnown) {
            storage.hideSpace();
        }
        storage.free(2 * SEGMENT + 1_000);
        int taken = 0;
        while (taken < 10_000) {
            CompletableFuture<Void> stage =
                    outbox.append(List.of(record(taken))).toCompletableFuture();
            assertThat(stage.handle((nothing, fault) -> fault)).succeedsWithin(Waiting.PATIENCE);
            if (stage.isCompletedExceptionally()) {
                break;
            }
            taken++;
        }
        assertThat(taken).isBetween(2 * SEGMENT / 250, 2 * SEGMENT / 150);
        for (int attempt = 0; attempt < 3; attempt++) {
            OutboxException fault = assertFails(outbox, record(taken));
            assertThat(fault)
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("Free at least " + SEGMENT + " octets");
        }
        assertThat(numbers(outbox)).isEqualTo(range(0, taken));
        assertThat(outbox.stats().dropped()).isEqualTo(Map.of(OutboxStats.REJECTED, 4L));

        storage.free(10 * SEGMENT);
        append(outbox, taken, taken + 50);
        assertThat(numbers(outbox)).isEqualTo(range(0, taken + 50));
        assertThat(sequences()).isEqualTo(range(1, taken + 51));
        reopen();
        assertThat(numbers(outbox)).isEqualTo(range(0, taken + 50));
        assertThat(outbox.stats().dropped()).isEmpty();
    }

    @Test
    void aFullDiskIsEmptiedByAcknowledging() {
        storage.free(2 * SEGMENT + 1_000);
        List<OutboxRecord> tooMany =
                range(0, 1_000).stream().map(Waiting::record).toList();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        tooMany.forEach(record -> stages.add(outbox.append(List.of(record)).toCompletableFuture()));
        stages.forEach(
                stage -> assertThat(stage.handle((nothing, fault) -> fault)).succeedsWithin(Waiting.PATIENCE));
        assertFails(outbox, record(5_000));
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        append(outbox, 6_000, 6_100);
        assertThat(numbers(outbox)).isEqualTo(range(6_000, 6_100));
    }

    @Test
    void anOutboxOpensOnAFullDiskAndGivesWhatItHas() {
        append(outbox, 0, 1_000);
        outbox.close();
        storage.free(0);
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 1_000));
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        append(outbox, 1_000, 1_100);
        assertThat(numbers(outbox)).isEqualTo(range(1_000, 1_100));
    }

    @Test
    void aShortWriteIsNeverRead() {
        append(outbox, 0, 10);
        storage.fail(FileOutboxFaultTest::isSegment, WRITE);
        assertFails(outbox, record(99, Lane.CLINICAL, 5_000));
        assertFails(outbox, record(98, Lane.CLINICAL, 5_000));
        assertThat(numbers(outbox)).isEqualTo(range(0, 10));
        storage.work();
        append(outbox, 10, 20);
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
        assertThat(sequences()).isEqualTo(range(1, 21));
        reopen();
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
    }

    @Test
    void afterAFailedSyncTheSegmentIsNeverWrittenAgain() throws IOException {
        append(outbox, 0, 10);
        storage.fail(FileOutboxFaultTest::isSegment, FORCE);
        assertFails(outbox, record(99));
        storage.work();
        append(outbox, 10, 20);
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
        assertThat(storage.list(directory).stream().filter(FileOutboxFaultTest::isSegment))
                .hasSize(2);
        reopen();
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
        assertThat(outbox.stats().dropped()).isEmpty();
    }

    @Test
    void recordsThatFailedAndCannotBeCutOffTakeNobodysPlace() {
        append(outbox, 0, 10);
        storage.fail(FileOutboxFaultTest::isSegment, FORCE, TRUNCATE);
        assertFails(outbox, record(99));
        storage.work();
        append(outbox, 10, 20);
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
        reopen();
        List<Integer> again = new ArrayList<>(numbers(outbox));
        assertThat(again).containsSubsequence(range(0, 20));
        again.removeIf(number -> number == 99); // durable by chance, which an append that fails may be
        assertThat(again).isEqualTo(range(0, 20));
        assertThat(entries(outbox, Lane.CLINICAL))
                .extracting(OutboxEntry::position)
                .doesNotHaveDuplicates();
        assertThat(entries(outbox, Lane.CLINICAL))
                .extracting(OutboxEntry::sequence)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSegmentThatCannotBeMadeLeavesNothingBehind() throws IOException {
        for (FaultyStorage.Operation operation : List.of(CREATE, WRITE, FORCE)) {
            storage.fail(FileOutboxFaultTest::isSegment, operation);
            assertFails(outbox, record(1));
            storage.work();
        }
        storage.fail(directory.getFileName().toString()::equals, FORCE);
        assertFails(outbox, record(1));
        storage.work();
        assertThat(storage.list(directory)).noneMatch(FileOutboxFaultTest::isSegment);
        append(outbox, 0, 10);
        assertThat(numbers(outbox)).isEqualTo(range(0, 10));
    }

    @Test
    void aFaultOfOneLaneLeavesTheOtherAlone() {
        assertTaken(outbox, record(0, Lane.WAVEFORM, 10));
        storage.fail(name -> name.startsWith("waveform"), WRITE);
        assertFails(outbox, record(1, Lane.WAVEFORM, 10));
        append(outbox, 0, 10);
        assertThat(numbers(outbox)).isEqualTo(range(0, 10));
        assertThat(entries(outbox, Lane.WAVEFORM)).hasSize(1);
    }

    @Test
    void acknowledgementsThatCannotBeWrittenDownHoldInThisRun() {
        append(outbox, 0, 2_000);
        storage.fail(FileOutboxFaultTest::isCursor, WRITE, FORCE);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 1_500));
        append(outbox, 2_000, 2_100);
        assertThat(numbers(outbox)).isEqualTo(range(1_500, 2_100));
        storage.work();
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 100));
        reopen();
        assertThat(numbers(outbox)).isEqualTo(range(1_600, 2_100));
    }

    @Test
    void segmentsThatCannotBeDeletedAreDeletedLater() throws IOException {
        append(outbox, 0, 2_000);
        storage.fail(FileOutboxFaultTest::isSegment, DELETE);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        append(outbox, 2_000, 2_001);
        assertThat(storage.list(directory).stream().filter(FileOutboxFaultTest::isSegment))
                .hasSizeGreaterThan(3);
        storage.work();
        append(outbox, 2_001, 2_002);
        assertThat(storage.list(directory).stream().filter(FileOutboxFaultTest::isSegment))
                .hasSize(1);
        assertThat(numbers(outbox)).isEqualTo(range(2_000, 2_002));
    }

    @Test
    void whatCannotBeReadNowIsReadLater() {
        append(outbox, 0, 10);
        storage.fail(FileOutboxFaultTest::isSegment, READ);
        assertThatThrownBy(() -> outbox.read(Lane.CLINICAL, 0, 10))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("cannot read from the outbox");
        storage.work();
        assertThat(numbers(outbox)).isEqualTo(range(0, 10));
        assertThat(outbox.stats().dropped()).isEmpty();
    }

    @Test
    void aQueueThatGrowsFasterThanTheDiskIsRefused() {
        outbox.close();
        FileOutbox.Options defaults = FileOutbox.Options.defaults();
        FileOutbox.Options small = new FileOutbox.Options(defaults.bounds(), SEGMENT, 50_000, defaults.clock());
        outbox = FileOutbox.open(directory, small, storage);
        CountDownLatch release = new CountDownLatch(1);
        storage.holdSyncs(release);
        List<OutboxRecord> records = range(0, 200).stream().map(Waiting::record).toList();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stages.add(outbox.append(records).toCompletableFuture());
        }
        release.countDown();
        stages.forEach(
                stage -> assertThat(stage.handle((nothing, fault) -> fault)).succeedsWithin(Waiting.PATIENCE));
        long failed = stages.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        assertThat(failed).isPositive();
        assertThat(outbox.stats().dropped()).containsEntry(OutboxStats.REJECTED, 200 * failed);
        assertThat(outbox.stats().appended()).isEqualTo(200 * (200 - failed));
    }

    private List<Integer> sequences() {
        return entries(outbox, Lane.CLINICAL).stream()
                .map(entry -> (int) entry.sequence())
                .toList();
    }
}
