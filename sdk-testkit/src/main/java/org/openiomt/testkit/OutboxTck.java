package org.openiomt.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.LaneBound;
import org.openiomt.core.outbox.LaneStats;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;
import org.openiomt.core.outbox.WhenFull;

/**
 * The laws of {@link Outbox}, for every implementation. Extend it with one method:
 *
 * <pre>{@code
 * final class MyOutboxTest extends OutboxTck {
 *     @Override
 *     protected Outbox open(Path directory, OutboxBounds bounds, Clock clock) {
 *         return MyOutbox.open(directory, bounds, clock);
 *     }
 * }
 * }</pre>
 *
 * The kit asks for bounds of 64 records to 1,000,000 records and of 1 MiB to 1 GiB for each lane.
 */
public abstract class OutboxTck extends OutboxFixture {
    private static final Duration AGE = Duration.ofHours(8);
    private static final Duration HOUR = Duration.ofHours(1);

    /** For those who extend it. */
    protected OutboxTck() {}

    // --- append, read, acknowledge
    // ---------------------------------------------------------------------------------------

    @Test
    final void anEmptyOutboxHoldsNothing() {
        assertEquals(List.of(), readAll(Lane.CLINICAL));
        assertEquals(List.of(), readAll(Lane.WAVEFORM));
        OutboxStats stats = outbox.stats();
        assertEquals(0, stats.waiting());
        assertEquals(Optional.empty(), stats.oldest());
        assertEquals(Map.of(), stats.dropped());
        assertTrue(stats.capacity() > 0, "the capacity is known");
    }

    @Test
    final void recordsAreReadAsTheyWereAppended() {
        List<OutboxRecord> records = new ArrayList<>();
        for (int length : new int[] {0, 1, 7, 8, 9, 300, 65_536, OutboxRecord.MAX_PAYLOAD}) {
            records.add(record(CUFF, Lane.CLINICAL, length));
        }
        append(records);
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        assertEquals(records, records(entries));
        assertArrayEquals(records.get(6).payload(), entries.get(6).record().payload());
    }

    @Test
    final void recordsOfManyAppendsKeepTheirOrder() {
        List<OutboxRecord> records = records(1_000, CUFF, Lane.CLINICAL);
        List<CompletionStage<Void>> stages =
                records.stream().map(record -> outbox.append(List.of(record))).toList();
        stages.forEach(OutboxFixture::await);
        assertEquals(records, records(readAll(Lane.CLINICAL)));
    }

    @Test
    final void anEmptyAppendCompletes() {
        append(List.of());
        assertEquals(0, outbox.stats().appended());
    }

    @Test
    final void readingRemovesNothingAndGoesOnBehindAPosition() {
        List<OutboxRecord> records = records(10, CUFF, Lane.CLINICAL);
        append(records);
        List<OutboxEntry> first = outbox.read(Lane.CLINICAL, 0, 4);
        assertTrue(!first.isEmpty() && first.size() <= 4, "1 to 4 records are returned");
        assertEquals(first, outbox.read(Lane.CLINICAL, 0, 4));
        assertEquals(records, records(readAll(Lane.CLINICAL)));
        long last = readAll(Lane.CLINICAL).get(9).position();
        assertEquals(List.of(), outbox.read(Lane.CLINICAL, last, 4));
    }

    @Test
    final void readingNeedsRoomForOneRecord() {
        assertThrows(IllegalArgumentException.class, () -> outbox.read(Lane.CLINICAL, 0, 0));
    }

    @Test
    final void positionsGrow() {
        append(records(100, CUFF, Lane.CLINICAL));
        assertPositionsGrow(readAll(Lane.CLINICAL));
    }

    @Test
    final void acknowledgedRecordsAreGone() {
        List<OutboxRecord> records = records(10, CUFF, Lane.CLINICAL);
        append(records);
        outbox.acknowledge(readAll(Lane.CLINICAL).subList(0, 6));
        assertEquals(records.subList(6, 10), records(readAll(Lane.CLINICAL)));
        assertEquals(4, outbox.stats().waiting());
    }

    @Test
    final void acknowledgementsComeInAnyOrder() {
        int count = 3_000;
        append(records(count, CUFF, Lane.CLINICAL));
        List<OutboxEntry> shuffled = new ArrayList<>(readAll(Lane.CLINICAL));
        Collections.shuffle(shuffled, new Random(7));
        Set<OutboxEntry> expected = new HashSet<>(shuffled);
        for (int from = 0; from < count; from += 500) {
            List<OutboxEntry> part = shuffled.subList(from, from + 500);
            outbox.acknowledge(part);
            part.forEach(expected::remove);
            List<OutboxEntry> left = readAll(Lane.CLINICAL);
            assertPositionsGrow(left);
            assertEquals(expected, new HashSet<>(left));
        }
        assertEquals(0, outbox.stats().waiting());
    }

    @Test
    final void acknowledgingTwiceCountsOnce() {
        append(records(3, CUFF, Lane.CLINICAL));
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        outbox.acknowledge(entries.subList(1, 2));
        outbox.acknowledge(entries);
        outbox.acknowledge(entries);
        assertEquals(3, outbox.stats().acknowledged());
        assertEquals(0, outbox.stats().waiting());
    }

    @Test
    final void acknowledgingWhatWasNeverTakenDoesNothing() {
        append(records(1, CUFF, Lane.CLINICAL));
        OutboxEntry entry = readAll(Lane.CLINICAL).get(0);
        outbox.acknowledge(List.of(new OutboxEntry(entry.position() + 5, entry.epoch(), 6, entry.record())));
        assertEquals(1, outbox.stats().waiting());
        List<OutboxRecord> later = records(10, CUFF, Lane.CLINICAL);
        append(later);
        assertEquals(11, readAll(Lane.CLINICAL).size());
    }

    @Test
    final void lanesAreApart() {
        OutboxRecord reading = record(CUFF, Lane.CLINICAL, 10);
        OutboxRecord wave = record(CUFF, Lane.WAVEFORM, 10);
        append(List.of(wave, reading));
        assertEquals(List.of(reading), records(readAll(Lane.CLINICAL)));
        assertEquals(List.of(wave), records(readAll(Lane.WAVEFORM)));
        outbox.acknowledge(readAll(Lane.WAVEFORM));
        assertEquals(List.of(reading), records(readAll(Lane.CLINICAL)));
        assertEquals(List.of(), readAll(Lane.WAVEFORM));
    }

    @Test
    final void sequencesCountEachDeviceAndLaneWithoutGaps() {
        for (int i = 0; i < 50; i++) {
            append(List.of(
                    record(CUFF, Lane.CLINICAL, 5),
                    record(OXIMETER, Lane.CLINICAL, 5),
                    record(OXIMETER, Lane.CLINICAL, 5),
                    record(OXIMETER, Lane.WAVEFORM, 5)));
        }
        assertSequences(readAll(Lane.CLINICAL), Map.of(CUFF, 50L, OXIMETER, 100L));
        assertSequences(readAll(Lane.WAVEFORM), Map.of(OXIMETER, 50L));
    }

    @Test
    final void theListenerHearsOfRecords() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        outbox.onAppended(() -> {
            if (!outbox.read(Lane.CLINICAL, 0, 1).isEmpty()) {
                heard.countDown();
            }
        });
        append(records(1, CUFF, Lane.CLINICAL));
        assertTrue(heard.await(SECONDS, TimeUnit.SECONDS), "the listener is called once the record can be read");
    }

    @Test
    final void aListenerThatThrowsStopsNothing() {
        outbox.onAppended(() -> {
            throw new IllegalStateException("thrown by the test's listener on purpose");
        });
        append(records(1, CUFF, Lane.CLINICAL));
        append(records(1, CUFF, Lane.CLINICAL));
        assertEquals(2, readAll(Lane.CLINICAL).size());
    }

    // --- bounds
    // ----------------------------------------------------------------------------------------------------------

    @Test
    final void aLaneThatRejectsRefusesRecordsBeyondItsBound() {
        reopen(bounds(64, ROOMY, WhenFull.REJECT));
        List<OutboxRecord> taken = records(64, CUFF, Lane.CLINICAL);
        append(taken);
        assertRejected(records(1, CUFF, Lane.CLINICAL));
        assertEquals(taken, records(readAll(Lane.CLINICAL)));
        assertEquals(Map.of(OutboxStats.REJECTED, 1L), outbox.stats().dropped());

        outbox.acknowledge(readAll(Lane.CLINICAL).subList(0, 2));
        List<OutboxRecord> next = records(2, CUFF, Lane.CLINICAL);
        append(next);
        assertRejected(records(3, CUFF, Lane.CLINICAL));
        assertEquals(next, records(readAll(Lane.CLINICAL)).subList(62, 64));
        assertSequences(readAll(Lane.CLINICAL).subList(0, 1), Map.of(), 3);
        assertEquals(Map.of(OutboxStats.REJECTED, 4L), outbox.stats().dropped());
    }

    @Test
    final void aLaneThatRejectsRefusesOctetsBeyondItsBoundUntilThereIsRoom() {
        reopen(bounds(MANY, TIGHT, WhenFull.REJECT));
        List<OutboxRecord> taken = fillUntilRejected(Lane.CLINICAL);
        assertEquals(taken, records(readAll(Lane.CLINICAL)));
        assertTrue(taken.size() * (long) LARGE_PAYLOAD > TIGHT / 4, "a good part of the room can be used");
        outbox.acknowledge(readAll(Lane.CLINICAL));
        List<OutboxRecord> again = fillUntilRejected(Lane.CLINICAL);
        assertEquals(again, records(readAll(Lane.CLINICAL)));
        assertEquals(2, outbox.stats().dropped().get(OutboxStats.REJECTED));
    }

    @Test
    final void aLaneThatDropsGivesUpTheOldestBeyondItsRecords() {
        reopen(bounds(64, ROOMY, WhenFull.DROP_OLDEST));
        List<OutboxRecord> records = records(100, CUFF, Lane.WAVEFORM);
        records.forEach(record -> append(List.of(record)));
        assertEquals(records.subList(36, 100), records(readAll(Lane.WAVEFORM)));
        assertEquals(Map.of(OutboxStats.OVER_RECORDS, 36L), outbox.stats().dropped());
        assertEquals(64, outbox.stats().waiting());
    }

    @Test
    final void acknowledgingWhatWasGivenUpCountsNothing() {
        reopen(bounds(64, ROOMY, WhenFull.DROP_OLDEST));
        append(records(64, CUFF, Lane.WAVEFORM));
        List<OutboxEntry> inFlight = readAll(Lane.WAVEFORM);
        append(records(10, CUFF, Lane.WAVEFORM));
        outbox.acknowledge(inFlight);
        OutboxStats stats = outbox.stats();
        assertEquals(54, stats.acknowledged());
        assertEquals(10, stats.waiting());
        assertEquals(Map.of(OutboxStats.OVER_RECORDS, 10L), stats.dropped());
    }

    @Test
    final void aLaneThatDropsGivesUpTheOldestBeyondItsOctets() {
        reopen(bounds(MANY, TIGHT, WhenFull.DROP_OLDEST));
        int count = (int) (3 * TIGHT / LARGE_PAYLOAD);
        List<OutboxRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(CUFF, Lane.WAVEFORM, LARGE_PAYLOAD));
            append(records.subList(i, i + 1));
            assertTrue(outbox.stats().octets() <= outbox.stats().capacity(), "never above the capacity");
        }
        List<OutboxRecord> left = records(readAll(Lane.WAVEFORM));
        assertTrue(left.size() * (long) LARGE_PAYLOAD > TIGHT / 4, "a good part of the room is used");
        assertEquals(records.subList(count - left.size(), count), left);
        assertEquals(
                Map.of(OutboxStats.OVER_OCTETS, (long) count - left.size()),
                outbox.stats().dropped());
    }

    @Test
    final void whatHasWaitedForTooLongIsGivenUpAndCountedWhateverTheLaneDoesWhenFull() {
        for (WhenFull whenFull : WhenFull.values()) {
            LaneBound bound = new LaneBound(MANY, ROOMY, whenFull).withAge(AGE);
            reopen(new OutboxBounds(new LaneBound(MANY, ROOMY, whenFull), bound));
            List<OutboxRecord> readings = records(5, CUFF, Lane.CLINICAL);
            append(readings);
            assertAges();
            assertEquals(readings, records(readAll(Lane.CLINICAL)));
            outbox.acknowledge(readAll(Lane.CLINICAL));
            outbox.acknowledge(readAll(Lane.WAVEFORM));
        }
    }

    /** Appends a wave form every half hour: each is kept for its age, and given up a quarter later. */
    private void assertAges() {
        int half = 30;
        int keep = (int) AGE.toMinutes() / half;
        List<OutboxRecord> records = records(3 * keep, CUFF, Lane.WAVEFORM);
        for (int i = 0; i < records.size(); i++) {
            append(records.subList(i, i + 1));
            List<OutboxRecord> left = records(readAll(Lane.WAVEFORM));
            assertEquals(records.subList(i + 1 - left.size(), i + 1), left);
            assertTrue(left.size() > Math.min(i, keep), "what is not too old is kept, but " + left.size() + " wait");
            assertTrue(left.size() <= keep + keep / 4 + 1, "what is too old is given up, but " + left.size() + " wait");
            assertEquals(
                    i + 1 == left.size() ? Map.of() : Map.of(OutboxStats.OVER_AGE, (long) i + 1 - left.size()),
                    outbox.stats().of(Lane.WAVEFORM).dropped());
            clock.advance(Duration.ofMinutes(half));
        }
    }

    @Test
    final void aClockThatJumpsMakesNothingOld() {
        LaneBound bound = new LaneBound(MANY, ROOMY, WhenFull.DROP_OLDEST).withAge(AGE);
        reopen(new OutboxBounds(bound, bound));
        List<OutboxRecord> records = records(4, CUFF, Lane.WAVEFORM);
        for (int i = 0; i < 4; i++) {
            append(records.subList(i, i + 1));
            clock.jump(Duration.ofDays(i % 2 == 0 ? 20_000 : -20_001));
        }
        append(List.of());
        assertEquals(records, records(readAll(Lane.WAVEFORM)));
        assertEquals(Map.of(), outbox.stats().dropped());
    }

    @Test
    final void agesGoOnAcrossRestarts() {
        requireDurable();
        LaneBound bound = new LaneBound(MANY, ROOMY, WhenFull.DROP_OLDEST).withAge(AGE);
        List<OutboxRecord> records = records(20, CUFF, Lane.WAVEFORM);
        for (int i = 0; i < 20; i++) {
            reopen(new OutboxBounds(bound, bound));
            append(records.subList(i, i + 1));
            clock.advance(Duration.ofHours(1));
            outbox.stats();
        }
        List<OutboxRecord> left = records(readAll(Lane.WAVEFORM));
        assertEquals(records.subList(20 - left.size(), 20), left);
        long keep = AGE.toHours();
        assertTrue(left.size() >= keep && left.size() <= keep + keep / 4 + 1, left.size() + " wait");
    }

    @Test
    final void theTimeThatIsLeftIsThatOfTheNearestBound() {
        reopen(new OutboxBounds(
                new LaneBound(1_000, ROOMY, WhenFull.REJECT), new LaneBound(MANY, TIGHT, WhenFull.DROP_OLDEST)));
        OutboxStats before = outbox.stats();
        assertEquals(Optional.empty(), before.of(Lane.CLINICAL).remaining(before.of(Lane.CLINICAL), HOUR));
        append(records(100, CUFF, Lane.CLINICAL));
        for (int i = 0; i < 40; i++) {
            append(List.of(record(CUFF, Lane.WAVEFORM, LARGE_PAYLOAD)));
        }
        OutboxStats stats = outbox.stats();
        Duration left = stats.of(Lane.CLINICAL)
                .remaining(before.of(Lane.CLINICAL), HOUR)
                .orElseThrow();
        assertEquals(9, left.plusSeconds(1).toHours(), "900 records of room at 100 an hour");
        LaneStats wave = stats.of(Lane.WAVEFORM);
        double octets = (double) wave.octets() / wave.waiting();
        Duration waveLeft = wave.remaining(before.of(Lane.WAVEFORM), HOUR).orElseThrow();
        assertEquals(
                (TIGHT - wave.octets()) / (40 * octets), waveLeft.toSeconds() / 3_600.0, 0.01, "octets are the bound");
        assertEquals(Duration.ofSeconds(90), stats.of(Lane.CLINICAL).remainingAt(10, 1));
        assertThrows(IllegalArgumentException.class, () -> wave.remainingAt(0, 1));
        assertEquals(140, stats.waiting());
        assertEquals(ROOMY + TIGHT, stats.capacity());
    }

    @Test
    final void aFullLaneLeavesTheOtherAlone() {
        reopen(OutboxBounds.of(64, TIGHT));
        List<OutboxRecord> readings = records(64, CUFF, Lane.CLINICAL);
        append(readings);
        for (int i = 0; i < 300; i++) {
            append(List.of(record(CUFF, Lane.WAVEFORM, LARGE_PAYLOAD)));
        }
        assertRejected(records(1, CUFF, Lane.CLINICAL));
        append(records(1, CUFF, Lane.WAVEFORM));
        assertEquals(readings, records(readAll(Lane.CLINICAL)));
    }

    // --- several threads
    // ---------------------------------------------------------------------------------------------------

    @Test
    final void appendingReadingAndAcknowledgingGoOnTogether() throws InterruptedException {
        int devices = 4;
        int each = 1_000;
        List<Thread> appenders = new ArrayList<>();
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        for (int d = 0; d < devices; d++) {
            DeviceId device = DeviceId.of("device-" + d);
            Lane lane = d % 2 == 0 ? Lane.CLINICAL : Lane.WAVEFORM;
            List<OutboxRecord> records = records(each, device, lane);
            appenders.add(thread(faults, () -> {
                for (int i = 0; i < each; i += 10) {
                    append(records.subList(i, i + 10));
                }
            }));
        }
        Map<DeviceId, List<Long>> taken = new HashMap<>();
        Thread taker = thread(faults, () -> {
            int count = 0;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (count < devices * each) {
                assertTrue(System.nanoTime() < deadline, "all records come");
                for (Lane lane : Lane.values()) {
                    List<OutboxEntry> entries = outbox.read(lane, 0, 64);
                    entries.forEach(
                            entry -> taken.computeIfAbsent(entry.record().device(), device -> new ArrayList<>())
                                    .add(entry.sequence()));
                    outbox.acknowledge(entries);
                    count += entries.size();
                }
            }
        });
        List<Thread> all = new ArrayList<>(appenders);
        all.add(taker);
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
        }
        assertEquals(List.of(), faults);
        List<Long> expected = new ArrayList<>();
        for (long sequence = 1; sequence <= each; sequence++) {
            expected.add(sequence);
        }
        assertEquals(devices, taken.size());
        taken.values().forEach(sequences -> assertEquals(expected, sequences));
        assertEquals((long) devices * each, outbox.stats().acknowledged());
    }

    @Test
    final void theNumbersAddUp() {
        reopen(OutboxBounds.of(64, ROOMY));
        Random random = new Random(11);
        long rejected = 0;
        for (int i = 0; i < 300; i++) {
            Lane lane = random.nextBoolean() ? Lane.CLINICAL : Lane.WAVEFORM;
            List<OutboxRecord> records = records(1 + random.nextInt(5), CUFF, lane);
            try {
                outbox.append(records).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                rejected += records.size();
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
            if (random.nextInt(30) == 0) {
                List<OutboxEntry> entries = readAll(lane);
                outbox.acknowledge(entries.subList(0, random.nextInt(entries.size() + 1)));
            }
            OutboxStats stats = outbox.stats();
            long givenUp = stats.dropped().getOrDefault(OutboxStats.OVER_RECORDS, 0L);
            assertEquals(stats.appended(), stats.waiting() + stats.acknowledged() + givenUp);
            assertEquals(rejected, stats.dropped().getOrDefault(OutboxStats.REJECTED, 0L));
            assertEquals(
                    stats.waiting(),
                    readAll(Lane.CLINICAL).size() + readAll(Lane.WAVEFORM).size());
            assertEquals(stats.waiting() > 0, stats.oldest().isPresent());
        }
        assertTrue(rejected > 0, "the bound was reached");
    }

    // --- the end
    // ---------------------------------------------------------------------------------------------------------

    @Test
    final void aClosedOutboxTakesAndGivesNothing() {
        append(records(1, CUFF, Lane.CLINICAL));
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        outbox.close();
        outbox.close();
        assertFails(outbox.append(records(1, CUFF, Lane.CLINICAL)));
        assertThrows(OutboxException.class, () -> outbox.read(Lane.CLINICAL, 0, 1));
        outbox.acknowledge(entries);
        assertEquals(0, outbox.stats().acknowledged());
    }

    @Test
    final void closingMakesWhatWasAppendedDurable() {
        requireDurable();
        List<OutboxRecord> records = records(500, CUFF, Lane.CLINICAL);
        List<CompletionStage<Void>> stages =
                records.stream().map(record -> outbox.append(List.of(record))).toList();
        outbox.close();
        stages.forEach(OutboxFixture::await);
        reopen();
        assertEquals(records, records(readAll(Lane.CLINICAL)));
    }

    // --- across restarts
    // -------------------------------------------------------------------------------------------------

    @Test
    final void recordsSurviveARestartInOrder() {
        requireDurable();
        List<OutboxRecord> readings = records(300, CUFF, Lane.CLINICAL);
        List<OutboxRecord> waves = records(300, OXIMETER, Lane.WAVEFORM);
        append(readings);
        append(waves);
        List<OutboxEntry> before = readAll(Lane.CLINICAL);
        reopen();
        assertEquals(before, readAll(Lane.CLINICAL));
        assertEquals(waves, records(readAll(Lane.WAVEFORM)));
        assertEquals(600, outbox.stats().waiting());
        assertEquals(0, outbox.stats().appended());
        assertTrue(outbox.stats().oldest().isPresent(), "the oldest waiting record has a time");
    }

    @Test
    final void acknowledgedRecordsStayGoneAfterARestart() {
        requireDurable();
        List<OutboxRecord> records = records(100, CUFF, Lane.CLINICAL);
        append(records);
        outbox.acknowledge(readAll(Lane.CLINICAL).subList(0, 60));
        reopen();
        assertEquals(records.subList(60, 100), records(readAll(Lane.CLINICAL)));
        outbox.acknowledge(readAll(Lane.CLINICAL));
        reopen();
        assertEquals(List.of(), readAll(Lane.CLINICAL));
        assertEquals(0, outbox.stats().waiting());
    }

    @Test
    final void whatWasNotAcknowledgedIsReadAgainAfterARestart() {
        requireDurable();
        append(records(100, CUFF, Lane.CLINICAL));
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        List<OutboxEntry> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 9) {
                kept.add(entries.get(i));
            } else {
                outbox.acknowledge(entries.subList(i, i + 1));
            }
        }
        reopen();
        List<OutboxEntry> again = readAll(Lane.CLINICAL);
        assertPositionsGrow(again);
        assertTrue(again.containsAll(kept), "nothing that was not acknowledged is missing");
        assertTrue(entries.containsAll(again), "nothing that was never taken is there");
    }

    @Test
    final void positionsAndEpochsGrowAcrossRestarts() {
        requireDurable();
        List<OutboxRecord> records = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            List<OutboxRecord> more = records(20, CUFF, Lane.CLINICAL);
            append(more);
            records.addAll(more);
            reopen();
        }
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        assertEquals(records, records(entries));
        assertPositionsGrow(entries);
        for (int run = 1; run < 5; run++) {
            long before = entries.get((20 * run) - 1).epoch();
            long after = entries.get(20 * run).epoch();
            assertTrue(after > before, "epoch " + after + " comes after " + before);
        }
    }

    @Test
    final void positionsGrowAlthoughAllWasAcknowledged() {
        requireDurable();
        long last = 0;
        for (int run = 0; run < 5; run++) {
            append(records(20, CUFF, Lane.CLINICAL));
            List<OutboxEntry> entries = readAll(Lane.CLINICAL);
            assertEquals(20, entries.size());
            assertTrue(entries.get(0).position() > last, "positions go on");
            last = entries.get(19).position();
            outbox.acknowledge(entries);
            reopen();
        }
    }

    @Test
    final void sequencesBeginAgainWithTheEpoch() {
        requireDurable();
        append(records(7, CUFF, Lane.CLINICAL));
        reopen();
        append(records(5, CUFF, Lane.CLINICAL));
        List<OutboxEntry> entries = readAll(Lane.CLINICAL);
        assertSequences(entries.subList(0, 7), Map.of(CUFF, 7L));
        assertSequences(entries.subList(7, 12), Map.of(CUFF, 5L));
    }
}
