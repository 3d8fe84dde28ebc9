package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The laws of a file outbox, against a list. */
final class FileOutboxPropertyTest {
    private static final int SEGMENT = 64 << 10;

    /** One thing that happens to an outbox. */
    enum Kind {
        APPEND,
        APPEND_LARGE,
        ACKNOWLEDGE_OLDEST,
        ACKNOWLEDGE_SOME,
        REOPEN,
        TEAR
    }

    record Step(Kind kind, int amount) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Kind.class)
                .flatMap(kind -> Arbitraries.integers().between(1, 60).map(amount -> new Step(kind, amount)))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.BOUNDED)
    void anySequenceOfStepsEqualsAList(@ForAll("steps") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        try {
            play(directory, steps);
        } finally {
            delete(directory);
        }
    }

    private static void play(Path directory, List<Step> steps) throws IOException {
        List<OutboxRecord> waiting = new ArrayList<>();
        Set<OutboxRecord> acknowledgedBeyondGap = new HashSet<>();
        int number = 0;
        FileOutbox outbox = open(directory);
        try {
            for (Step step : steps) {
                switch (step.kind()) {
                    case APPEND, APPEND_LARGE -> {
                        List<OutboxRecord> records = new ArrayList<>();
                        for (int i = 0; i < step.amount(); i++) {
                            int length = step.kind() == Kind.APPEND ? number % 90 : 2_000 + 1_000 * (number % 70);
                            records.add(record(number++, Lane.CLINICAL, length));
                        }
                        outbox.append(records).toCompletableFuture().join();
                        waiting.addAll(records);
                    }
                    case ACKNOWLEDGE_OLDEST -> {
                        List<OutboxEntry> all = entries(outbox, Lane.CLINICAL);
                        List<OutboxEntry> oldest = all.subList(0, Math.min(step.amount(), all.size()));
                        outbox.acknowledge(oldest);
                        waiting.subList(0, oldest.size()).clear();
                        if (waiting.isEmpty()) {
                            acknowledgedBeyondGap.clear();
                        }
                    }
                    case ACKNOWLEDGE_SOME -> {
                        Random random = new Random(step.amount());
                        List<OutboxEntry> some = new ArrayList<>(entries(outbox, Lane.CLINICAL));
                        some.removeIf(entry -> random.nextInt(3) > 0);
                        outbox.acknowledge(some);
                        some.forEach(entry -> acknowledgedBeyondGap.add(entry.record()));
                        waiting.removeAll(new HashSet<>(
                                some.stream().map(OutboxEntry::record).toList()));
                    }
                    case REOPEN, TEAR -> {
                        outbox.close();
                        if (step.kind() == Kind.TEAR) {
                            tear(directory, step.amount());
                        }
                        outbox = open(directory);
                        // what was acknowledged beyond a record that waits may come again, in its place
                        List<OutboxRecord> again = records(outbox);
                        List<OutboxRecord> left = new ArrayList<>(again);
                        left.removeAll(acknowledgedBeyondGap);
                        assertThat(left).isEqualTo(waiting);
                        waiting = new ArrayList<>(again);
                        acknowledgedBeyondGap.clear();
                    }
                }
                assertThat(records(outbox)).isEqualTo(waiting);
                assertThat(outbox.stats().waiting()).isEqualTo(waiting.size());
                assertThat(outbox.stats().oldest().isPresent()).isEqualTo(!waiting.isEmpty());
                assertThat(outbox.stats().dropped()).isEmpty();
                assertThat(entries(outbox, Lane.CLINICAL))
                        .isSortedAccordingTo(Comparator.comparingLong(OutboxEntry::position));
            }
        } finally {
            outbox.close();
        }
    }

    @Property(tries = 150)
    void anyDamageIsSurvivedAndNothingWrongIsDelivered(@ForAll Random random) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        try {
            List<OutboxRecord> all = new ArrayList<>();
            for (int number = 0; number < 900; number++) {
                all.add(record(number, Lane.CLINICAL, random.nextInt(300)));
            }
            try (FileOutbox outbox = open(directory)) {
                outbox.append(all).toCompletableFuture().join();
            }
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                damage(directory, random);
            }
            try (FileOutbox outbox = open(directory)) {
                List<OutboxRecord> left = records(outbox);
                assertThat(all).containsSubsequence(left);
                long damaged = outbox.stats().dropped().getOrDefault(OutboxStats.DAMAGED, 0L);
                OutboxRecord last = left.isEmpty() ? all.get(0) : left.get(left.size() - 1);
                long tornOff = left.isEmpty() ? all.size() : all.size() - 1 - all.indexOf(last);
                assertThat(left.size() + damaged).isBetween(all.size() - tornOff, (long) all.size());
                OutboxRecord next = record(5_000);
                outbox.append(List.of(next)).toCompletableFuture().join();
                List<OutboxRecord> after = records(outbox);
                assertThat(after.get(after.size() - 1)).isEqualTo(next);
                outbox.acknowledge(entries(outbox, Lane.CLINICAL));
                assertThat(records(outbox)).isEmpty();
            }
            try (FileOutbox outbox = open(directory)) {
                assertThat(records(outbox)).isEmpty();
            }
        } finally {
            delete(directory);
        }
    }

    private static FileOutbox open(Path directory) {
        return FileOutbox.open(
                directory,
                FileOutbox.Options.defaults()
                        .withSegmentOctets(SEGMENT)
                        .withBounds(OutboxBounds.of(1_000_000, 1L << 40)));
    }

    private static List<OutboxRecord> records(FileOutbox outbox) {
        return entries(outbox, Lane.CLINICAL).stream().map(OutboxEntry::record).toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** Leaves what a write that the end of the process cut short leaves: octets behind the last record of the newest segment. */
    private static void tear(Path directory, int length) throws IOException {
        List<Path> segments = files(directory).stream()
                .filter(file -> file.toString().endsWith(".segment"))
                .toList();
        if (segments.isEmpty()) {
            return;
        }
        try (RandomAccessFile newest =
                new RandomAccessFile(segments.get(segments.size() - 1).toFile(), "rw")) {
            byte[] octets = new byte[(int) newest.length()];
            newest.readFully(octets);
            int used = octets.length;
            while (octets[used - 1] == 0) {
                used--;
            }
            byte[] torn = new byte[length];
            new Random(length).nextBytes(torn);
            newest.seek((used + 71L) / 8 * 8); // behind what may be zeros of the last record
            newest.write(torn);
        }
    }

    /** Changes, zeroes, repeats or cuts a part of some file. */
    private static void damage(Path directory, Random random) throws IOException {
        List<Path> files = files(directory);
        Path file = files.get(random.nextInt(files.size()));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            if (open.length() == 0) {
                return;
            }
            byte[] part = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 9_000)];
            switch (random.nextInt(4)) {
                case 0 -> random.nextBytes(part);
                case 1 -> open.read(part);
                case 2 -> open.setLength(random.nextInt((int) open.length()));
                default -> part[0] = 0; // the rest is zero already
            }
            open.seek(random.nextInt((int) Math.max(1, open.length())));
            open.write(part);
        }
    }

    private static void delete(Path directory) {
        try {
            for (Path file : files(directory)) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
