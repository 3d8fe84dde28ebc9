package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever the disk does, in whatever order, under bounds of records, octets and age: what was accepted waits in order, was
 * acknowledged, or was given up by a bound and counted; the numbers add up after each step.
 */
final class FileOutboxFaultPropertyTest {
    private static final int SEGMENT = 64 << 10;
    private static final Duration AGE = Duration.ofHours(4);

    /** One thing that happens. */
    enum Kind {
        APPEND,
        APPEND_LARGE,
        ACKNOWLEDGE_OLDEST,
        FILL_DISK,
        FREE_DISK,
        FAIL_WRITES,
        FAIL_SYNCS,
        FAIL_CREATIONS,
        MEND,
        WAIT,
        JUMP,
        REOPEN
    }

    record Step(Kind kind, int amount) {}

    /** A clock that the test moves. */
    private static final class Moved extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Kind.class)
                .flatMap(kind -> Arbitraries.integers().between(1, 60).map(amount -> new Step(kind, amount)))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.BOUNDED)
    void nothingThatWasAcceptedIsLostByADiskThatFails(
            @ForAll("steps") List<Step> steps, @ForAll WhenFull whenFull, @ForAll boolean isAged) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        Run run = new Run(directory, whenFull, isAged);
        try {
            for (Step step : steps) {
                run.take(step);
                run.check();
            }
            run.storage.work();
            run.storage.free(Long.MAX_VALUE / 2);
            run.reopen();
            run.check();
        } finally {
            run.storage.work();
            run.outbox.close();
            delete(directory);
        }
    }

    private static final class Run {
        private final FaultyStorage storage = new FaultyStorage();
        private final Moved clock = new Moved();
        private final Path directory;
        private final FileOutbox.Options options;

        /** What was accepted and not acknowledged, oldest first; its beginning may have been given up. */
        private final List<OutboxRecord> accepted = new ArrayList<>();

        /** What waited when this run of the outbox was opened. */
        private long opened;

        private int number;
        private FileOutbox outbox;

        Run(Path directory, WhenFull whenFull, boolean isAged) {
            this.directory = directory;
            LaneBound bound = new LaneBound(150, 5L * SEGMENT, whenFull);
            bound = isAged ? bound.withAge(AGE) : bound;
            this.options = FileOutbox.Options.defaults()
                    .withSegmentOctets(SEGMENT)
                    .withClock(clock)
                    .withBounds(new OutboxBounds(bound, bound));
            this.outbox = FileOutbox.open(directory, options, storage);
        }

        void take(Step step) {
            switch (step.kind()) {
                case APPEND -> append(step.amount(), 50);
                case APPEND_LARGE -> append(1 + step.amount() / 10, 9_000);
                case ACKNOWLEDGE_OLDEST -> {
                    List<OutboxEntry> all = entries(outbox, Lane.CLINICAL);
                    List<OutboxEntry> oldest = all.subList(0, Math.min(step.amount(), all.size()));
                    outbox.acknowledge(oldest);
                    accepted.removeAll(oldest.stream().map(OutboxEntry::record).toList());
                }
                case FILL_DISK -> storage.free(step.amount() * 1_000L);
                case FREE_DISK -> storage.free(Long.MAX_VALUE / 2);
                case FAIL_WRITES -> fail(FaultyStorage.Operation.WRITE);
                case FAIL_SYNCS -> fail(FaultyStorage.Operation.FORCE);
                case FAIL_CREATIONS -> fail(FaultyStorage.Operation.CREATE);
                case MEND -> storage.work();
                case WAIT -> clock.now = clock.now.plus(Duration.ofMinutes(step.amount()));
                case JUMP -> clock.now = clock.now.plus(Duration.ofDays(step.amount() % 2 == 0 ? 900 : -900));
                case REOPEN -> {
                    storage.work(); // one that cannot be read or synced is refused, which FileOutboxOpenTest shows
                    reopen();
                }
            }
        }

        private void fail(FaultyStorage.Operation operation) {
            storage.fail(name -> name.contains(".segment"), operation);
        }

        private void append(int count, int length) {
            List<OutboxRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(record(number++, Lane.CLINICAL, length));
            }
            CompletableFuture<Void> stage = outbox.append(records).toCompletableFuture();
            assertThat(stage.handle((nothing, fault) -> fault)).succeedsWithin(Waiting.PATIENCE);
            if (stage.isCompletedExceptionally()) {
                // some of them may be there; those then count as accepted
                List<OutboxRecord> there = entries(outbox, Lane.CLINICAL).stream()
                        .map(OutboxEntry::record)
                        .toList();
                records.retainAll(there);
            }
            accepted.addAll(records);
        }

        void reopen() {
            outbox.close();
            outbox = FileOutbox.open(directory, options, storage);
            List<OutboxRecord> left = left();
            opened = left.size();
            // what failed and could not be cut off may be found, in its place
            List<OutboxRecord> known = new ArrayList<>(left);
            known.retainAll(accepted);
            assertThat(known).isEqualTo(accepted.subList(accepted.size() - known.size(), accepted.size()));
            accepted.clear();
            accepted.addAll(left);
        }

        private List<OutboxRecord> left() {
            return entries(outbox, Lane.CLINICAL).stream()
                    .map(OutboxEntry::record)
                    .toList();
        }

        /** What waits is the end of what was accepted, and as much is missing of it as was counted. */
        void check() {
            List<OutboxRecord> left = left();
            assertThat(left).isEqualTo(accepted.subList(accepted.size() - left.size(), accepted.size()));
            LaneStats stats = outbox.stats().of(Lane.CLINICAL);
            Map<String, Long> dropped = stats.dropped();
            assertThat(dropped).doesNotContainKey(OutboxStats.DAMAGED);
            long givenUp = dropped.getOrDefault(OutboxStats.OVER_RECORDS, 0L)
                    + dropped.getOrDefault(OutboxStats.OVER_OCTETS, 0L)
                    + dropped.getOrDefault(OutboxStats.OVER_AGE, 0L);
            assertThat(opened + stats.appended() - stats.acknowledged() - givenUp)
                    .isEqualTo(left.size());
            assertThat(stats.waiting()).isEqualTo(left.size()).isLessThanOrEqualTo(150);
            assertThat(outbox.damages()).isEmpty();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
