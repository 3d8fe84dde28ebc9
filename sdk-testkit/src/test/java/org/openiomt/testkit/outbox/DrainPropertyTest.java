package org.openiomt.testkit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.Backoff;
import org.openiomt.testkit.ManualClock;

/** Whatever the sink does and whenever records come: each is taken once, in order, and only what was taken is acknowledged. */
final class DrainPropertyTest {
    enum Kind {
        APPEND,
        APPEND_MANY,
        TAKE,
        FAIL,
        WAIT,
        PAUSE,
        RESUME
    }

    record Step(Kind kind, int amount) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Kind.class)
                .flatMap(kind -> Arbitraries.integers().between(0, 1_000).map(amount -> new Step(kind, amount)))
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void everyRecordIsTakenOnceAndInOrder(
            @ForAll("steps") List<Step> steps,
            @ForAll("inFlight") int maxInFlight,
            @ForAll("batch") int maxBatch,
            @ForAll @IntRange(max = 2_000) int lingerMillis) {
        ManualClock clock = new ManualClock();
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(1_000_000, 1L << 30), clock);
        ScriptedSink sink = new ScriptedSink();
        sink.hold();
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
        Drain.Options options = new Drain.Options(maxInFlight, maxBatch, backoff, new SplittableRandom(9))
                .withLinger(Lane.CLINICAL, Duration.ofMillis(lingerMillis / 10))
                .withLinger(Lane.WAVEFORM, Duration.ofMillis(lingerMillis));
        Drain drain = Drain.start(outbox, sink, clock, options);
        Records records = new Records();
        Map<String, List<OutboxEntry>> failed = new HashMap<>();
        int appended = 0;
        for (Step step : steps) {
            int batchesBefore = sink.batches.size();
            int amount = step.amount();
            switch (step.kind()) {
                case APPEND, APPEND_MANY -> {
                    List<OutboxRecord> added = new ArrayList<>();
                    int count = step.kind() == Kind.APPEND ? 1 + amount % 5 : amount;
                    for (int i = 0; i < count; i++) {
                        Lane lane = (amount + i) % 3 == 0 ? Lane.WAVEFORM : Lane.CLINICAL;
                        added.add(records.one("d" + (amount + i * 7) % 9, lane));
                    }
                    appended += count;
                    assertThat(outbox.append(added)).isCompleted();
                }
                case TAKE -> {
                    if (!sink.open.isEmpty()) {
                        sink.take(sink.open.get(amount % sink.open.size()));
                    }
                }
                case FAIL -> {
                    if (!sink.open.isEmpty()) {
                        ScriptedSink.Call call = sink.open.get(amount % sink.open.size());
                        failed.put(key(call.batch()), call.batch());
                        sink.fail(call);
                    }
                }
                case WAIT -> clock.advance(Duration.ofMillis(50L * amount));
                case PAUSE -> drain.pause();
                case RESUME -> drain.resume();
            }
            clock.runUntilIdle();
            for (List<OutboxEntry> batch : sink.batches.subList(batchesBefore, sink.batches.size())) {
                List<OutboxEntry> again = failed.remove(key(batch));
                assertThat(again == null || again.equals(batch))
                        .as("a batch that failed comes again as it was")
                        .isTrue();
            }
            assertThat(sink.mostOpen).isLessThanOrEqualTo(maxInFlight);
            assertThat(outbox.stats().acknowledged()).isEqualTo(sink.taken.size());
        }
        drain.resume();
        sink.answer(batch -> true);
        List.copyOf(sink.open).forEach(sink::take);
        clock.advance(Duration.ofMinutes(1));
        assertThat(sink.taken).hasSize(appended);
        assertInOrder(sink.taken);
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(clock.waiting()).isZero();
    }

    @Provide
    Arbitrary<Integer> inFlight() {
        return Arbitraries.of(1, 2, 5, 64);
    }

    @Provide
    Arbitrary<Integer> batch() {
        return Arbitraries.of(1, 3, 256);
    }

    private static String key(List<OutboxEntry> batch) {
        OutboxRecord first = batch.get(0).record();
        return first.device() + " " + first.lane();
    }

    private static void assertInOrder(List<OutboxEntry> taken) {
        Map<String, Long> last = new HashMap<>();
        for (OutboxEntry entry : taken) {
            long sequence = last.merge(key(List.of(entry)), 1L, Long::sum);
            assertThat(entry.sequence()).isEqualTo(sequence);
        }
    }
}
