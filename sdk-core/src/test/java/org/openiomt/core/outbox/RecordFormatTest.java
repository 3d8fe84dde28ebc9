package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;

/** The octets on the disk, which later versions must still read. */
final class RecordFormatTest {
    private static final long SALT = 0x1122_3344_5566_7788L;
    private static final long EPOCH = 1_767_225_600_000L;
    private static final OutboxEntry RECORD = entry(5, 1, 0xFEDC_BA98_7654_3210L, new byte[] {(byte) 0xA1, 1, 2});
    private static final OutboxEntry EMPTY = entry(16, 2, 0xFEDC_BA98_7654_3211L, new byte[0]);

    private final Map<String, byte[]> vectors = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    private static OutboxEntry entry(long position, long sequence, long id, byte[] payload) {
        ObservationId observation = ObservationId.of(0x0123_4567_89AB_CDEFL, id);
        return new OutboxEntry(
                position, EPOCH, sequence, OutboxRecord.of(observation, DeviceId.of("cuff-1"), Lane.CLINICAL, payload));
    }

    @BeforeEach
    void readVectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                RecordFormatTest.class.getResourceAsStream("/test-vectors/outbox-segment.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    vectors.put(line.substring(0, space), HexFormat.of().parseHex(line.substring(space + 1)));
                }
            }
        }
    }

    private byte[] vector(String name) {
        return Objects.requireNonNull(vectors.get(name), name);
    }

    @Test
    void aSegmentIsWrittenAsDeclared() {
        byte[] out = new byte[200];
        Arrays.fill(out, (byte) 0x55);
        int record = RecordFormat.write(out, 8, SALT, RECORD, EPOCH + 123);
        assertThat(Arrays.copyOfRange(out, 8, 8 + record)).isEqualTo(vector("record"));
        int empty = RecordFormat.write(out, 0, SALT, EMPTY, EPOCH + 1_123);
        assertThat(Arrays.copyOf(out, empty)).isEqualTo(vector("empty"));
        int gap = RecordFormat.writeGap(out, 0, SALT, 6, 10);
        assertThat(Arrays.copyOf(out, gap)).isEqualTo(vector("gap"));
        byte[] header = new byte[64];
        RecordFormat.writeSegmentHeader(header, 5, SALT, 90_000);
        assertThat(header).isEqualTo(vector("header"));
    }

    @Test
    void aSegmentOfTheseOctetsIsReadByAnOutbox() throws IOException {
        try (OutputStream out =
                Files.newOutputStream(directory.resolve("clinical-0000000000000005-1122334455667788.segment"))) {
            for (String part : List.of("header", "record", "gap", "empty")) {
                out.write(vector(part));
            }
        }
        try (FileOutbox outbox = FileOutbox.open(directory)) {
            assertThat(Waiting.entries(outbox, Lane.CLINICAL)).containsExactly(RECORD, EMPTY);
            assertThat(outbox.stats().dropped()).isEmpty();
            assertThat(outbox.stats().oldest().orElseThrow().toEpochMilli()).isEqualTo(EPOCH + 123);
        }
    }

    @Test
    void anyOctetThatIsChangedIsNoticed() {
        byte[] record = vector("record");
        int padding = 7; // 64 + 6 + 3 octets, then zeros up to 80
        for (int i = 0; i < record.length - padding; i++) {
            byte[] changed = record.clone();
            changed[i] ^= 0x10;
            boolean isTaken = RecordFormat.isHeader(changed, 0, SALT)
                    && RecordFormat.isBodyWhole(changed, 0, RecordFormat.readHeader(changed, 0));
            assertThat(isTaken).as("octet %d", i).isFalse();
        }
        assertThat(RecordFormat.isHeader(record, 0, SALT + 1)).isFalse();
    }
}
