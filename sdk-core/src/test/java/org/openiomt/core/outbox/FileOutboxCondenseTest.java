package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.FaultyStorage.Operation.CREATE;
import static org.openiomt.core.outbox.FaultyStorage.Operation.DELETE;
import static org.openiomt.core.outbox.Waiting.assertTaken;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.numbers;
import static org.openiomt.core.outbox.Waiting.range;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be delivered for long do not keep the others' room. */
final class FileOutboxCondenseTest {
    private static final int SEGMENT = 64 << 10;
    private static final long BOUND = 8 * SEGMENT;
    private static final int MANY = 20_000; // records of 176 octets: more than six times the bound

    private final FaultyStorage storage = new FaultyStorage();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private FileOutbox outbox;

    @BeforeEach
    void open() {
        outbox = FileOutbox.open(
                directory,
                FileOutbox.Options.defaults().withSegmentOctets(SEGMENT).withBounds(OutboxBounds.of(MANY, BOUND)),
                storage);
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

    private long octetsOnDisk() throws IOException {
        long sum = 0;
        for (String name : storage.list(directory)) {
            sum += name.endsWith(".segment") ? Files.size(directory.resolve(name)) : 0;
        }
        return sum;
    }

    /** Appends many records, and acknowledges those that do not stay as soon as they can be read. */
    private List<Integer> flow(int from, int to, IntPredicate stays) {
        List<Integer> staying = new ArrayList<>();
        for (int begin = from; begin < to; begin += 50) {
            List<OutboxRecord> records =
                    range(begin, begin + 50).stream().map(Waiting::record).toList();
            assertThat(outbox.append(records).toCompletableFuture()).succeedsWithin(Waiting.PATIENCE);
            List<OutboxEntry> taken = new ArrayList<>();
            for (OutboxEntry entry : entries(outbox, Lane.CLINICAL)) {
                if (!stays.test(Waiting.number(entry))) {
                    taken.add(entry);
                } else if (Waiting.number(entry) >= begin) {
                    staying.add(Waiting.number(entry));
                }
            }
            outbox.acknowledge(taken);
        }
        return staying;
    }

    @Test
    void oneRecordThatStaysKeepsNoRoomOfOthers() throws IOException {
        List<Integer> staying = flow(0, MANY, number -> number == 0);
        assertThat(numbers(outbox)).isEqualTo(staying);
        assertTaken(outbox, record(MANY));
        assertThat(octetsOnDisk()).isLessThanOrEqualTo(3 * SEGMENT);
        reopen();
        // what was acknowledged in the last segments, beyond the record that stays, may come again
        assertThat(numbers(outbox)).startsWith(0).endsWith(MANY).hasSizeLessThan(1_000);
        assertThat(outbox.stats().dropped()).isEmpty();
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        assertTaken(outbox, record(MANY + 1));
        assertThat(octetsOnDisk()).isLessThanOrEqualTo(2 * SEGMENT);
    }

    @Test
    void fewRecordsOfEachSegmentThatStayArePutTogether() throws IOException {
        List<Integer> staying = flow(0, MANY, number -> number % 100 == 7);
        assertThat(staying).hasSize(MANY / 100);
        assertThat(numbers(outbox)).isEqualTo(staying);
        assertThat(outbox.stats().waiting()).isEqualTo(staying.size());
        assertThat(outbox.stats().oldest()).isPresent();
        assertThat(octetsOnDisk()).isLessThanOrEqualTo(BOUND);
        List<OutboxEntry> before = entries(outbox, Lane.CLINICAL);
        reopen();
        assertThat(entries(outbox, Lane.CLINICAL)).containsAll(before);
        assertThat(outbox.stats().dropped()).isEmpty();
        List<Integer> more = flow(MANY, 2 * MANY, number -> number % 100 == 7);
        staying.addAll(more);
        assertThat(numbers(outbox)).isEqualTo(staying);
        assertThat(outbox.stats().dropped()).isEmpty();
    }

    @Test
    void segmentsThatCannotBePutTogetherStayAsTheyAre() throws IOException {
        flow(0, 50, number -> number == 0);
        storage.fail(name -> name.contains("-0000000000000001-"), CREATE);
        List<Integer> staying = flow(50, 1_000, number -> number == 0 || number == 60);
        assertThat(numbers(outbox)).isEqualTo(List.of(0, 60));
        assertThat(staying).isEqualTo(List.of(60));
        storage.work();
        flow(1_000, 5_000, number -> number == 0 || number == 60);
        assertThat(numbers(outbox)).isEqualTo(List.of(0, 60));
        assertThat(octetsOnDisk()).isLessThanOrEqualTo(4 * SEGMENT);
    }

    @Test
    void whenTheProcessEndsWhileSegmentsArePutTogetherNothingIsLost() {
        storage.fail(name -> name.endsWith(".segment"), DELETE); // the last step does not happen
        List<Integer> staying = flow(0, 2_000, number -> number % 300 == 7);
        assertThat(numbers(outbox)).isEqualTo(staying);
        outbox.close();
        storage.work();
        open();
        assertThat(numbers(outbox)).containsSubsequence(staying).isSorted().doesNotHaveDuplicates();
        assertThat(outbox.stats().dropped()).isEmpty();
        outbox.acknowledge(entries(outbox, Lane.CLINICAL));
        reopen();
        assertThat(numbers(outbox)).isEmpty();
        assertThat(outbox.stats().dropped()).isEmpty();
    }
}
