package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.append;
import static org.openiomt.core.outbox.Waiting.assertTaken;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.numbers;
import static org.openiomt.core.outbox.Waiting.range;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening finds and saves when octets were torn or damaged. */
final class FileOutboxDamageTest {
    private static final int SEGMENT = 64 << 10;
    private static final int FIRST = 64;
    private static final int SIZE = 64 + 8 + 100 + 4; // header, "device-1", payload, up to a multiple of 8
    private static final int PER_SEGMENT = (SEGMENT - FIRST) / SIZE;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private FileOutbox outbox;

    @BeforeEach
    void open() {
        open(Clock.systemUTC());
    }

    private void open(Clock clock) {
        outbox = FileOutbox.open(
                directory,
                FileOutbox.Options.defaults().withSegmentOctets(SEGMENT).withClock(clock));
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }

    private static void overwrite(Path file, long at, byte[] octets) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(octets);
        }
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static long offset(int recordInSegment) {
        return FIRST + (long) SIZE * recordInSegment;
    }

    private void assertDamaged(long count) {
        assertThat(outbox.stats().dropped()).isEqualTo(count == 0 ? Map.of() : Map.of(OutboxStats.DAMAGED, count));
    }

    private static List<Integer> without(List<Integer> numbers, int from, int to) {
        List<Integer> left = new ArrayList<>(numbers);
        left.removeAll(range(from, to));
        return left;
    }

    @Test
    void aTornTailIsCutOffAndReportedWithItsOctets() throws IOException {
        append(outbox, 0, 20);
        outbox.close();
        overwrite(segments().get(0), offset(20), noise(700));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            open();
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("WARN")
                .contains("700 octets behind the last whole record of "
                        + segments().get(0));
        assertThat(segments().get(0)).hasSize(offset(20));
        assertDamaged(0);
        append(outbox, 20, 30);
        assertThat(numbers(outbox)).isEqualTo(range(0, 30));
        outbox.close();
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 30));
        assertDamaged(0);
    }

    @Test
    void aTornLastRecordIsCutOffWhole() throws IOException {
        for (int part : new int[] {1, 4, 63, 64, 70, 100, SIZE - 5}) {
            outbox.acknowledge(entries(outbox, Lane.CLINICAL));
            append(outbox, 0, 20);
            long end = Files.size(segments().get(0));
            outbox.close();
            Path newest = segments().get(segments().size() - 1);
            try (RandomAccessFile open = new RandomAccessFile(newest.toFile(), "rw")) {
                long last = lastRecord(open);
                open.setLength(last + part);
                open.setLength(end);
            }
            open();
            assertThat(numbers(outbox))
                    .as("the last record has %d octets", part)
                    .isEqualTo(range(0, 19));
            assertDamaged(0);
        }
    }

    /** Where the last record begins: all have the same size. */
    private static long lastRecord(RandomAccessFile file) throws IOException {
        long at = FIRST;
        for (long next = at; next + SIZE <= file.length(); next += SIZE) {
            file.seek(next);
            if (file.readLong() != 0) {
                at = next;
            }
        }
        return at;
    }

    @Test
    void aRecordDamagedBeforeOthersIsReportedAndTheOthersAreDelivered() throws IOException {
        append(outbox, 0, 20);
        outbox.close();
        overwrite(segments().get(0), offset(5) + 100, noise(3)); // in the payload
        overwrite(segments().get(0), offset(10) + 9, noise(3)); // in the header
        overwrite(segments().get(0), offset(12) - 40, noise(80)); // across two
        open();
        assertThat(numbers(outbox)).isEqualTo(without(without(without(range(0, 20), 5, 6), 10, 11), 11, 13));
        assertDamaged(4);
        assertThat(outbox.stats().waiting()).isEqualTo(16);
        append(outbox, 20, 25);
        assertThat(numbers(outbox).subList(16, 21)).isEqualTo(range(20, 25));
    }

    @Test
    void aPageThatWasNeverWrittenIsReported() throws IOException {
        append(outbox, 0, 100);
        outbox.close();
        overwrite(segments().get(0), 4_096, new byte[4_096]);
        open();
        int from = (4_096 - FIRST) / SIZE;
        int to = (8_192 - FIRST) / SIZE + 1;
        assertThat(numbers(outbox)).isEqualTo(without(range(0, 100), from, to));
        assertDamaged(to - from);
    }

    @Test
    void damageInAnOlderSegmentIsCountedExactlyWhereverItIs() throws IOException {
        int count = 3 * PER_SEGMENT + 10;
        append(outbox, 0, count);
        outbox.close();
        assertThat(segments()).hasSize(4);
        overwrite(segments().get(0), offset(0), noise(2 * SIZE)); // the first two of all
        overwrite(segments().get(1), offset(PER_SEGMENT - 3) + 1, noise(3 * SIZE - 1)); // the last three of a segment
        overwrite(segments().get(2), 0, noise(30)); // a segment's header: nothing is lost
        open();
        List<Integer> left = without(range(0, count), 0, 2);
        assertThat(numbers(outbox)).isEqualTo(without(left, 2 * PER_SEGMENT - 3, 2 * PER_SEGMENT));
        assertDamaged(5);
    }

    @Test
    void segmentsThatAreGoneAreCounted() throws IOException {
        int count = 4 * PER_SEGMENT + 10;
        append(outbox, 0, count);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 10));
        outbox.close();
        List<Path> all = segments();
        Files.delete(all.get(0));
        Files.delete(all.get(2));
        open();
        assertThat(numbers(outbox))
                .isEqualTo(without(without(range(0, count), 0, PER_SEGMENT), 2 * PER_SEGMENT, 3 * PER_SEGMENT));
        assertDamaged(2 * PER_SEGMENT - 10);
    }

    @Test
    void aSegmentThatWasCutShortIsCounted() throws IOException {
        int count = 2 * PER_SEGMENT + 10;
        append(outbox, 0, count);
        outbox.close();
        try (RandomAccessFile open = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
            open.setLength(offset(100) + 20);
        }
        open();
        assertThat(numbers(outbox)).isEqualTo(without(range(0, count), 100, PER_SEGMENT));
        assertDamaged(PER_SEGMENT - 100);
    }

    @Test
    void damageThatComesWhileTheOutboxIsOpenIsCountedWhenItIsRead() throws IOException {
        append(outbox, 0, 200);
        overwrite(segments().get(0), offset(50) + 80, noise(5));
        overwrite(segments().get(0), offset(60), noise(3 * SIZE));
        overwrite(segments().get(0), offset(199), noise(SIZE));
        List<Integer> left = without(without(without(range(0, 200), 50, 51), 60, 63), 199, 200);
        assertThat(numbers(outbox)).isEqualTo(left);
        assertDamaged(5);
        assertThat(outbox.stats().waiting()).isEqualTo(195);
        assertThat(numbers(outbox)).isEqualTo(left);
        assertDamaged(5);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        assertThat(outbox.stats().waiting()).isZero();
    }

    @Test
    void aRecordInsideAPayloadIsNeverTakenForOne() throws IOException {
        append(outbox, 0, 3);
        byte[] whole = Files.readAllBytes(segments().get(0));
        byte[] copies = new byte[10 * SIZE];
        for (int i = 0; i < 10; i++) {
            System.arraycopy(whole, (int) offset(1), copies, i * SIZE, SIZE);
        }
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        outbox.close();
        Files.delete(segments().get(0)); // so that the next one has a salt of its own
        open();
        OutboxRecord carrier = OutboxRecord.of(record(7).id(), record(7).device(), Lane.CLINICAL, copies);
        assertTaken(outbox, carrier);
        append(outbox, 8, 10);
        outbox.close();
        overwrite(segments().get(0), FIRST, noise(40)); // the carrier's header
        open();
        assertThat(numbers(outbox)).isEqualTo(range(8, 10));
        assertDamaged(1);
    }

    @Test
    void aDamagedCursorDeliversAgainWhatIsThere() throws IOException {
        append(outbox, 0, 20);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 15));
        outbox.close();
        overwrite(directory.resolve("clinical.cursor"), 0, noise(8_192));
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 20));
        assertDamaged(0);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 15));
        outbox.close();
        open();
        assertThat(numbers(outbox)).isEqualTo(range(15, 20));
    }

    @Test
    void aCursorThatWasTornIsTheOneBefore() throws IOException {
        append(outbox, 0, 20);
        for (int i = 0; i < 5; i++) {
            outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 2));
            outbox.close();
            byte[] slots = Files.readAllBytes(directory.resolve("clinical.cursor"));
            int newer = slots[15] > slots[4_096 + 15] ? 0 : 4_096;
            slots[newer + 20] ^= 1;
            overwrite(directory.resolve("clinical.cursor"), 0, slots);
            open();
            assertThat(numbers(outbox)).isEqualTo(range(2 * i, 20));
            outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 2));
            outbox.close();
            open();
            assertThat(numbers(outbox)).isEqualTo(range(2 * i + 2, 20));
        }
    }

    @Test
    void newRecordsNeverGetPositionsThatAreAlreadyAcknowledged() throws IOException {
        append(outbox, 0, 20);
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        outbox.close();
        overwrite(segments().get(0), offset(10), noise(10 * SIZE)); // acknowledged records, as a torn tail
        open();
        append(outbox, 20, 25);
        assertThat(numbers(outbox)).isEqualTo(range(20, 25));
        outbox.close();
        open();
        assertThat(numbers(outbox)).isEqualTo(range(20, 25));
        assertDamaged(0);
    }

    @Test
    void theEpochGrowsWhateverTheClockAndTheEpochFileSay() throws IOException {
        append(outbox, 0, 1);
        long before = entries(outbox, Lane.CLINICAL).get(0).epoch();
        outbox.close();
        Clock past = Clock.fixed(Instant.parse("1999-01-01T00:00:00Z"), ZoneOffset.UTC);
        open(past);
        append(outbox, 1, 2);
        long second = entries(outbox, Lane.CLINICAL).get(1).epoch();
        outbox.close();
        overwrite(directory.resolve("epoch"), 0, noise(8_192));
        open(past);
        append(outbox, 2, 3);
        long third = entries(outbox, Lane.CLINICAL).get(2).epoch();
        outbox.close();
        Files.delete(directory.resolve("epoch"));
        open(past);
        append(outbox, 3, 4);
        assertThat(List.of(
                        before,
                        second,
                        third,
                        entries(outbox, Lane.CLINICAL).get(3).epoch()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        append(outbox, 0, 5);
        outbox.close();
        Path stray = Files.writeString(directory.resolve("readme.txt"), "a user's note");
        Path odd = Files.writeString(directory.resolve("clinical-1-2.segment"), "not ours");
        Path unfinished = Files.writeString(
                directory.resolve(Segment.name(Lane.CLINICAL, 6, 1) + LaneRecovery.UNFINISHED), "half made");
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 5));
        assertThat(stray).exists();
        assertThat(odd).exists();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void anEmptySegmentDoesNoHarm() throws IOException {
        append(outbox, 0, 5);
        outbox.close();
        Files.write(directory.resolve(Segment.name(Lane.CLINICAL, 6, 1)), new byte[0]);
        Files.write(directory.resolve(Segment.name(Lane.CLINICAL, 1, 1)), new byte[0]);
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 5));
        append(outbox, 5, 9);
        outbox.close();
        open();
        assertThat(numbers(outbox)).isEqualTo(range(0, 9));
        assertDamaged(0);
    }
}
