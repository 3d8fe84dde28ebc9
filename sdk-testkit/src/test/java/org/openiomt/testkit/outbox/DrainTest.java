package org.openiomt.testkit.outbox;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.openiomt.core.outbox.Lane.CLINICAL;
import static org.openiomt.core.outbox.Lane.WAVEFORM;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.Backoff;
import org.openiomt.testkit.ManualClock;

final class DrainTest {
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), CAP);

    private final ManualClock clock = new ManualClock();
    private final MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(1_000_000, 1L << 30), clock);
    private final ScriptedSink sink = new ScriptedSink();
    private final Records records = new Records();

    private Drain start() {
        return start(64, 256);
    }

    private Drain start(int maxInFlight, int maxBatch) {
        Drain.Options options = new Drain.Options(maxInFlight, maxBatch, BACKOFF, new SplittableRandom(1));
        return Drain.start(outbox, sink, clock, options);
    }

    private List<OutboxRecord> append(List<OutboxRecord> added) {
        assertThat(outbox.append(added)).isCompleted();
        return added;
    }

    @Test
    void whatWaitsAndWhatComesIsDeliveredInOrderAndAcknowledged() {
        List<OutboxRecord> before = append(records.many(700, "cuff", CLINICAL));
        Drain drain = start();
        clock.runUntilIdle();
        List<OutboxRecord> after = append(records.many(3, "cuff", CLINICAL));
        clock.runUntilIdle();
        assertThat(Records.of(sink.taken)).containsExactlyElementsOf(concat(before, after));
        assertThat(sink.batches).extracting(List::size).containsExactly(256, 256, 188, 3);
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(drain.stats().delivered()).isEqualTo(703);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void recordsWaitForOthersUntilTheBatchIsFullOrItsFirstIsOldEnough() {
        Duration wait = Duration.ofSeconds(1);
        Drain.Options options = new Drain.Options(64, 4, BACKOFF, new SplittableRandom(1)).withLinger(WAVEFORM, wait);
        Drain.start(outbox, sink, clock, options);
        append(records.many(1, "cuff", CLINICAL));
        append(records.many(2, "ecg", WAVEFORM));
        clock.runUntilIdle();
        assertThat(sink.batches)
                .extracting(List::size)
                .as("a reading waits for nothing")
                .containsExactly(1);
        clock.advance(wait.dividedBy(2));
        append(records.many(1, "ecg", WAVEFORM));
        clock.advance(wait.dividedBy(2).minusMillis(1));
        assertThat(sink.batches).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(sink.batches).extracting(List::size).containsExactly(1, 3);
        append(records.many(6, "ecg", WAVEFORM));
        clock.runUntilIdle();
        assertThat(sink.batches).extracting(List::size).as("full").containsExactly(1, 3, 4, 2);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aBatchThatFailedWaitsForNoOthersWhenItComesAgain() {
        Duration wait = Duration.ofSeconds(30);
        Drain.Options options = new Drain.Options(64, 4, BACKOFF, new SplittableRandom(1)).withLinger(CLINICAL, wait);
        sink.answer(batch -> sink.batches.size() > 1);
        Drain.start(outbox, sink, clock, options);
        append(records.many(3, "cuff", CLINICAL));
        clock.advance(wait);
        assertThat(sink.batches).extracting(List::size).containsExactly(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(sink.batches).extracting(List::size).containsExactly(3, 3);
        assertThat(outbox.stats().waiting()).isZero();
    }

    @Test
    void aWaitHasBounds() {
        Drain.Options options = Drain.Options.defaults();
        assertThatThrownBy(() -> options.withLinger(CLINICAL, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withLinger(CLINICAL, Duration.ofMinutes(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBatchIsOfOneDeviceAndLane() {
        append(List.of(
                records.one("a", CLINICAL),
                records.one("b", CLINICAL),
                records.one("a", WAVEFORM),
                records.one("a", CLINICAL)));
        start();
        clock.runUntilIdle();
        assertThat(sink.batches)
                .allSatisfy(batch -> assertThat(batch)
                        .extracting(
                                entry -> entry.record().device(),
                                entry -> entry.record().lane())
                        .hasSameElementsAs(List.of(tuple(
                                batch.get(0).record().device(),
                                batch.get(0).record().lane()))));
        assertThat(sink.taken).hasSize(4);
    }

    @Test
    void aBatchIsCutByItsOctets() {
        List<OutboxRecord> large = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            large.add(records.one("a", CLINICAL, 100_000));
        }
        append(large);
        append(List.of(records.one("a", CLINICAL, OutboxRecord.MAX_PAYLOAD), records.one("a", CLINICAL)));
        start();
        clock.runUntilIdle();
        assertThat(sink.batches).extracting(List::size).containsExactly(2, 2, 2, 2, 2, 1, 1);
    }

    @Test
    void aDeviceHasOneBatchInFlightAndTheOthersGoOn() {
        append(records.many(600, "a", CLINICAL));
        append(records.many(10, "a", WAVEFORM));
        append(records.many(10, "b", CLINICAL));
        sink.hold();
        start();
        clock.runUntilIdle();
        assertThat(sink.open).extracting(call -> call.device().value()).containsExactly("a", "b");
        assertThat(sink.open.get(0).batch()).hasSize(256);
    }

    @Test
    void noMoreBatchesAreInFlightThanDeclared() {
        for (int device = 0; device < 10; device++) {
            append(records.many(5, "d" + device, CLINICAL));
        }
        sink.hold();
        start(3, 256);
        clock.runUntilIdle();
        assertThat(sink.open).hasSize(3);
        while (!sink.open.isEmpty()) {
            sink.take(sink.open.get(0));
            clock.runUntilIdle();
        }
        assertThat(sink.taken).hasSize(50);
        assertThat(sink.mostOpen).isEqualTo(3);
    }

    @Test
    void aBatchThatFailedComesAgainAsItWasBeforeWhatFollows() {
        List<OutboxRecord> first = append(records.many(3, "a", CLINICAL));
        sink.answer(batch -> false);
        start();
        clock.runUntilIdle();
        List<OutboxRecord> second = append(records.many(4, "a", CLINICAL));
        clock.advance(Duration.ofMinutes(10));
        assertThat(outbox.stats().waiting()).isEqualTo(7);
        assertThat(sink.batches)
                .allSatisfy(batch -> assertThat(Records.of(batch)).isEqualTo(first));
        sink.answer(batch -> true);
        clock.advance(CAP);
        assertThat(Records.of(sink.taken)).isEqualTo(concat(first, second));
        assertThat(sink.batches.get(sink.batches.size() - 2)).hasSize(3);
        assertThat(outbox.stats().waiting()).isZero();
    }

    @Test
    void pausesGrowToTheCapAndNothingSpins() {
        append(records.many(1, "a", CLINICAL));
        sink.answer(batch -> false);
        Drain drain = start();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sink.batches.size()).isBetween(3, 30);
        int early = sink.batches.size();
        clock.advance(Duration.ofHours(1));
        int late = sink.batches.size() - early;
        assertThat(late).isBetween(120, 400); // 15 s in the mean, 30 s at the most
        assertThat(drain.stats().failures()).isEqualTo(sink.batches.size());
    }

    @Test
    void aDeviceThatFailsHoldsUpNoOther() {
        for (int i = 0; i < 3_000; i++) {
            append(List.of(records.one("bad", CLINICAL), records.one("good", CLINICAL)));
        }
        sink.answer(batch -> !batch.get(0).record().device().value().equals("bad"));
        start();
        clock.advance(Duration.ofSeconds(1));
        assertThat(Records.of(sink.taken, "good", CLINICAL)).hasSize(3_000);
        assertThat(Records.of(sink.taken, "bad", CLINICAL)).isEmpty();
        append(records.many(5, "good", CLINICAL));
        clock.runUntilIdle();
        assertThat(Records.of(sink.taken, "good", CLINICAL)).hasSize(3_005);
        sink.answer(batch -> true);
        clock.advance(CAP);
        assertThat(sink.taken).hasSize(6_005);
        assertInOrder(sink.taken);
    }

    @Test
    void aLongBacklogOfManyDevicesIsDeliveredInOrderAfterAnOutage() {
        sink.answer(batch -> false);
        start();
        for (int minute = 0; minute < 60; minute++) {
            List<OutboxRecord> added = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                added.add(records.one("d" + i % 50, i % 3 == 0 ? WAVEFORM : CLINICAL));
            }
            append(added);
            clock.advance(Duration.ofMinutes(1));
        }
        sink.answer(batch -> true);
        clock.advance(CAP);
        assertThat(sink.taken).hasSize(60_000);
        assertInOrder(sink.taken);
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void manyFailedFullBatchesAreFetchedAgainWithinTheBoundOfMemory() {
        for (int i = 0; i < 300; i++) {
            for (int device = 0; device < 100; device++) {
                append(List.of(records.one("d" + device, CLINICAL, 400)));
            }
        }
        sink.hold();
        Drain drain = start();
        clock.runUntilIdle();
        sink.answer(batch -> false);
        List.copyOf(sink.open).forEach(sink::fail);
        clock.advance(Duration.ofMinutes(5));
        assertThat(drain.stats().failures()).isGreaterThan(100);
        sink.answer(batch -> true);
        clock.advance(CAP);
        assertThat(sink.taken).hasSize(30_000);
        assertInOrder(sink.taken);
    }

    @Test
    void oneLargeBacklogIsDeliveredThoughItDoesNotFitInMemory() {
        List<OutboxRecord> all = append(records.many(50_000, "a", CLINICAL));
        append(records.many(1, "b", CLINICAL));
        start();
        clock.runUntilIdle();
        assertThat(Records.of(sink.taken, "a", CLINICAL)).isEqualTo(all);
        assertThat(Records.of(sink.taken, "b", CLINICAL)).hasSize(1);
    }

    @Test
    void clinicalGoesBeforeWaveforms() {
        for (int device = 0; device < 6; device++) {
            append(List.of(records.one("w" + device, WAVEFORM), records.one("c" + device, CLINICAL)));
        }
        start(1, 256);
        clock.runUntilIdle();
        assertThat(sink.batches)
                .extracting(batch -> batch.get(0).record().lane())
                .containsExactly(
                        CLINICAL, CLINICAL, CLINICAL, CLINICAL, CLINICAL, CLINICAL, WAVEFORM, WAVEFORM, WAVEFORM,
                        WAVEFORM, WAVEFORM, WAVEFORM);
    }

    @Test
    void anEndlessClinicalStreamDoesNotStarveWaveformsOfTheSameDevice() {
        assertThat(shareOfWaveforms(List.of("a"), List.of("a"), 64)).isBetween(0.10, 0.15);
        assertThat(shareOfWaveforms(List.of("a", "b"), List.of("a", "b"), 64)).isBetween(0.10, 0.20);
    }

    @Test
    void anEndlessClinicalStreamDoesNotStarveWaveformsOfOtherDevices() {
        assertThat(shareOfWaveforms(List.of("a", "b"), List.of("c"), 1)).isBetween(0.10, 0.15);
    }

    /** Sends 800 batches of one record where both lanes always have more, and returns the part of wave forms. */
    private double shareOfWaveforms(List<String> clinical, List<String> waveform, int maxInFlight) {
        ScriptedSink shared = new ScriptedSink();
        MemoryOutbox full = new MemoryOutbox(OutboxBounds.of(1_000_000, 1L << 30), clock);
        clinical.forEach(device ->
                assertThat(full.append(records.many(900, device, CLINICAL))).isCompleted());
        waveform.forEach(device ->
                assertThat(full.append(records.many(900, device, WAVEFORM))).isCompleted());
        shared.hold();
        Drain.start(full, shared, clock, new Drain.Options(maxInFlight, 1, BACKOFF, new SplittableRandom(1)));
        clock.runUntilIdle();
        while (shared.taken.size() < 800) {
            shared.take(shared.open.get(0));
            clock.runUntilIdle();
        }
        return shared.taken.stream()
                        .filter(entry -> entry.record().lane() == WAVEFORM)
                        .count()
                / 800.0;
    }

    @Test
    void waveformsLeavePlacesForReadings() {
        for (int device = 0; device < 20; device++) {
            append(records.many(1, "w" + device, WAVEFORM));
        }
        sink.hold();
        start(8, 256);
        clock.runUntilIdle();
        assertThat(sink.open).hasSize(6);
        append(records.many(1, "c", CLINICAL));
        clock.runUntilIdle();
        assertThat(sink.open).hasSize(7);
    }

    @Test
    void aPausedDrainSendsNothingAndAResumedOneTriesAtOnce() {
        sink.answer(batch -> false);
        Drain drain = start();
        append(records.many(2, "a", CLINICAL));
        clock.advance(Duration.ofHours(1));
        drain.pause();
        clock.runUntilIdle();
        int before = sink.batches.size();
        append(records.many(2, "b", CLINICAL));
        clock.advance(Duration.ofHours(1));
        assertThat(sink.batches).hasSize(before);
        assertThat(drain.stats().isPaused()).isTrue();
        sink.answer(batch -> true);
        drain.resume();
        clock.runUntilIdle();
        assertThat(sink.taken).hasSize(4);
        assertThat(drain.stats().isPaused()).isFalse();
    }

    @Test
    void aStoppedDrainAcknowledgesWhatWasInFlightAndSendsNothingMore() {
        append(records.many(2, "a", CLINICAL));
        append(records.many(2, "b", CLINICAL));
        sink.hold();
        Drain drain = start();
        clock.runUntilIdle();
        CompletableFuture<Void> stopped = drain.stop().toCompletableFuture();
        append(records.many(2, "c", CLINICAL));
        clock.runUntilIdle();
        assertThat(sink.open).hasSize(2);
        assertThat(stopped).isNotDone();
        sink.take(sink.open.get(0));
        sink.fail(sink.open.get(0));
        clock.advance(Duration.ofHours(1));
        assertThat(stopped).isCompleted();
        assertThat(outbox.stats().acknowledged()).isEqualTo(2);
        assertThat(outbox.stats().waiting()).isEqualTo(4);
        assertThat(sink.batches).hasSize(2);
        assertThat(clock.waiting()).isZero();
        drain.close();
        clock.runUntilIdle();
    }

    @Test
    void aSinkThatThrowsOrGivesNoAnswerIsTriedAgain() {
        append(records.many(1, "a", CLINICAL));
        int[] calls = {0};
        Drain drain = Drain.start(
                outbox,
                batch -> {
                    calls[0]++;
                    if (calls[0] == 1) {
                        throw new IllegalStateException("thrown by the test's sink on purpose");
                    }
                    return calls[0] == 2 ? nothing() : sink.write(batch);
                },
                clock,
                new Drain.Options(1, 1, BACKOFF, new SplittableRandom(3)));
        clock.advance(CAP);
        assertThat(calls[0]).isEqualTo(3);
        assertThat(sink.taken).hasSize(1);
        assertThat(drain.stats().failures()).isEqualTo(2);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless sink does
    private static <T> T nothing() {
        return null;
    }

    @Test
    void recordsThatTheOutboxGaveUpWhileTheyWereToComeAgainAreForgotten() {
        MemoryOutbox small = new MemoryOutbox(OutboxBounds.of(5, 1 << 20), clock);
        sink.answer(batch -> false);
        Drain.start(small, sink, clock, new Drain.Options(4, 3, BACKOFF, new SplittableRandom(5)));
        assertThat(small.append(records.many(3, "a", WAVEFORM))).isCompleted();
        clock.advance(CAP);
        List<OutboxRecord> kept = records.many(5, "a", WAVEFORM);
        assertThat(small.append(kept)).isCompleted();
        clock.advance(Duration.ofMinutes(5));
        sink.answer(batch -> true);
        clock.advance(CAP);
        assertThat(Records.of(sink.taken)).isEqualTo(kept);
        assertThat(small.stats().waiting()).isZero();
    }

    @Test
    void optionsAreChecked() {
        SplittableRandom random = new SplittableRandom();
        assertThatThrownBy(() -> new Drain.Options(0, 1, BACKOFF, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Drain.Options(1, 0, BACKOFF, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Drain.Options(1, 1_025, BACKOFF, random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertInOrder(List<OutboxEntry> entries) {
        for (Lane lane : Lane.values()) {
            entries.stream()
                    .filter(entry -> entry.record().lane() == lane)
                    .collect(groupingBy(entry -> entry.record().device()))
                    .values()
                    .forEach(ofDevice -> {
                        for (int i = 0; i < ofDevice.size(); i++) {
                            assertThat(ofDevice.get(i).sequence()).isEqualTo(i + 1L);
                        }
                    });
        }
    }

    private static List<OutboxRecord> concat(List<OutboxRecord> first, List<OutboxRecord> second) {
        List<OutboxRecord> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
