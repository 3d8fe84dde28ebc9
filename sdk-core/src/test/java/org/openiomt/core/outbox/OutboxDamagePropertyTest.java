package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.entries;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;

/** What damage in closed segments took is told by lane, device, epoch and number, exactly; the rest is delivered. */
final class OutboxDamagePropertyTest {
    private static final int SEGMENT = 64 << 10;
    private static final int HEADER = 64;
    private static final int DEVICES = 5;

    private record Numbered(DeviceId device, long epoch, long sequence) {
        static Numbered of(OutboxEntry entry) {
            return new Numbered(entry.record().device(), entry.epoch(), entry.sequence());
        }
    }

    @Property(tries = 150)
    void whatIsLostIsToldExactly(@ForAll Random random) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        try {
            List<OutboxEntry> before = fill(directory, random);
            damage(directory, random);
            try (FileOutbox outbox = open(directory)) {
                assertTold(outbox, before, entries(outbox, Lane.CLINICAL));
            }
        } finally {
            delete(directory);
        }
    }

    @Property(tries = 60)
    void whatIsLostWhileTheOutboxIsOpenIsToldWhenItIsRead(@ForAll Random random) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        try {
            List<OutboxEntry> before = fill(directory, random);
            try (FileOutbox outbox = open(directory)) {
                damage(directory, random);
                assertTold(outbox, before, entries(outbox, Lane.CLINICAL));
            }
        } finally {
            delete(directory);
        }
    }

    @Property(tries = 80)
    void whatIsLostIsAmongWhatIsToldAlsoWhenSomeWasAcknowledged(@ForAll Random random) throws IOException {
        Path directory = Files.createTempDirectory("outbox");
        try {
            List<OutboxEntry> before = fill(directory, random);
            int gone = random.nextInt(before.size() / 2);
            try (FileOutbox outbox = open(directory)) {
                outbox.acknowledge(before.subList(0, gone));
            }
            damage(directory, random);
            try (FileOutbox outbox = open(directory)) {
                Set<Numbered> lost = numbered(before.subList(gone, before.size()));
                lost.removeAll(numbered(entries(outbox, Lane.CLINICAL)));
                Set<Numbered> told = told(outbox);
                assertThat(told).containsAll(lost);
                assertThat(outbox.damages().stream()
                                .mapToLong(OutboxDamage::count)
                                .sum())
                        .isEqualTo(lost.size());
            }
        } finally {
            delete(directory);
        }
    }

    private static void assertTold(FileOutbox outbox, List<OutboxEntry> before, List<OutboxEntry> left) {
        assertThat(before).containsSubsequence(left);
        Set<Numbered> lost = numbered(before);
        lost.removeAll(numbered(left));
        assertThat(lost).as("the damage took something").isNotEmpty();
        assertThat(told(outbox)).isEqualTo(lost);
        assertThat(outbox.stats().of(Lane.CLINICAL).dropped())
                .containsExactlyEntriesOf(Map.of(OutboxStats.DAMAGED, (long) lost.size()));
        assertThat(outbox.damages()).allSatisfy(damage -> {
            assertThat(damage.lane()).isEqualTo(Lane.CLINICAL);
            assertThat(damage.runs().stream().mapToLong(OutboxDamage.Run::count).sum())
                    .isEqualTo(damage.count());
            assertThat(damage.to() - damage.from() + 1).isGreaterThanOrEqualTo(damage.count());
        });
    }

    private static Set<Numbered> numbered(List<OutboxEntry> entries) {
        return new HashSet<>(entries.stream().map(Numbered::of).toList());
    }

    private static Set<Numbered> told(FileOutbox outbox) {
        Set<Numbered> told = new HashSet<>();
        for (OutboxDamage damage : outbox.damages()) {
            for (OutboxDamage.Run run : damage.runs()) {
                for (long sequence = run.first(); sequence <= run.last(); sequence++) {
                    assertThat(told.add(new Numbered(run.device(), run.epoch(), sequence)))
                            .as("told once")
                            .isTrue();
                }
            }
        }
        return told;
    }

    /** Fills several segments in several epochs; returns all that waits. */
    private static List<OutboxEntry> fill(Path directory, Random random) {
        int number = 0;
        List<OutboxEntry> all = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            try (FileOutbox outbox = open(directory)) {
                List<OutboxRecord> records = new ArrayList<>();
                for (int i = 0; i < 700; i++) {
                    DeviceId device = DeviceId.of("device-" + random.nextInt(DEVICES));
                    records.add(OutboxRecord.of(
                            ObservationId.of(9, number++), device, Lane.CLINICAL, new byte[random.nextInt(200)]));
                }
                outbox.append(records).toCompletableFuture().join();
                all = entries(outbox, Lane.CLINICAL);
            }
        }
        return all;
    }

    /** Damages records, never the list behind them, in segments other than the newest. */
    private static void damage(Path directory, Random random) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(directory)) {
            segments = files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
        assertThat(segments).hasSizeGreaterThan(3);
        for (int i = 0; i <= random.nextInt(4); i++) {
            Path file = segments.get(random.nextInt(segments.size() - 1));
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                byte[] part = new byte[100 + random.nextInt(3_000)];
                random.nextBytes(part);
                open.seek(HEADER + random.nextInt(SEGMENT - 8_000));
                open.write(part);
            }
        }
    }

    private static FileOutbox open(Path directory) {
        return FileOutbox.open(
                directory,
                FileOutbox.Options.defaults()
                        .withSegmentOctets(SEGMENT)
                        .withBounds(OutboxBounds.of(1_000_000, 1L << 40)));
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
