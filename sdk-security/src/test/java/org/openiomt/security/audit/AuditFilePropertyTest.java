package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;

/** Whatever is done to a closed log is found, and the entry named. */
@NullUnmarked // jqwik calls the set-up before any property
class AuditFilePropertyTest {
    private static final int COMMANDS = 22;
    private static final int SIZE = COMMANDS + 2;

    private static Path folder;
    private static Path file;
    private static byte[] log;
    private static List<Logs.Place> places;

    @BeforeContainer
    static void write() throws IOException {
        folder = Files.createTempDirectory("audit");
        file = Logs.write(folder, COMMANDS, 3);
        log = Logs.octets(file);
        places = Logs.places(log);
        assertThat(Logs.verify(file)).isInstanceOf(AuditFile.Verification.Good.class);
        assertThat(places.stream().filter(place -> place.kind() == LogFormat.ENTRY))
                .hasSize(SIZE);
    }

    @AfterContainer
    static void delete() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }

    private static AuditFile.Verification.Bad bad(byte[] changed) {
        Logs.put(file, changed);
        try {
            AuditFile.Verification found = Logs.verify(file);
            assertThat(found).isInstanceOf(AuditFile.Verification.Bad.class);
            return (AuditFile.Verification.Bad) found;
        } finally {
            Logs.put(file, log);
        }
    }

    private static Optional<Logs.Place> placeOf(int octet) {
        return places.stream()
                .filter(place -> place.start() <= octet && octet < place.end())
                .findFirst();
    }

    @Property(tries = 2_000)
    void anyFlippedBitIsFoundAndItsEntryNamed(@ForAll @IntRange(max = 1 << 20) int some) {
        int bit = some % (log.length * 8);
        byte[] changed = log.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);

        AuditFile.Verification.Bad bad = bad(changed);

        int expected = placeOf(bit / 8).map(Logs.Place::entry).orElse(-1);
        assertThat(bad.first()).isEqualTo(expected);
        assertThat(bad.last()).isEqualTo(expected);
        assertThat(bad.message()).contains(expected < 0 ? "header" : "entry " + expected);
    }

    @Property(tries = 500)
    void anyCutIsFoundAndTheFirstEntryThatIsMissingNamed(@ForAll @IntRange(max = 1 << 20) int some) {
        int length = some % log.length;

        AuditFile.Verification.Bad bad = bad(Arrays.copyOf(log, length));

        Optional<Logs.Place> cut = placeOf(length);
        if (cut.isEmpty()) {
            assertThat(bad.first()).isEqualTo(-1);
        } else if (cut.get().entry() == SIZE && length == cut.get().start()) {
            assertThat(bad.message())
                    .isEqualTo("the checkpoint behind entry " + (SIZE - 1) + " is missing: the log was cut");
        } else {
            assertThat(bad.first()).isEqualTo(cut.get().entry());
        }
    }

    @Property(tries = 500)
    void anySwapLossOrCopyOfRecordsIsFoundAndTheFirstEntryNamed(
            @ForAll @IntRange(max = 999) int some, @ForAll @IntRange(max = 999) int another) {
        List<byte[]> records =
                places.stream().map(place -> Logs.record(log, place)).toList();
        int i = some % records.size();
        int j = another % records.size();

        if (i != j) {
            List<byte[]> swapped = new ArrayList<>(records);
            Collections.swap(swapped, i, j);
            assertNamed(bad(Logs.of(log, swapped)), Math.min(i, j));
        }
        List<byte[]> left = new ArrayList<>(records);
        left.remove(i);
        boolean isCheckpoint = places.get(i).kind() == LogFormat.CHECKPOINT;
        if (!isCheckpoint) {
            assertNamed(bad(Logs.of(log, left)), i);
            List<byte[]> twice = new ArrayList<>(records);
            twice.add(j, records.get(i));
            assertNamed(bad(Logs.of(log, twice)), i == j ? i + 1 : j);
        }
    }

    /** The fault is at the entry at this record, or at that around a checkpoint there. */
    private static void assertNamed(AuditFile.Verification.Bad bad, int record) {
        int entry = record < places.size() ? places.get(record).entry() : SIZE;
        assertThat(bad.first()).as(bad.message()).isBetween(entry - 1L, entry + 0L);
    }

    @Property(tries = 1_000)
    void anEntryThatWasChangedWithItsCheckSumIsFoundByTheRoot(
            @ForAll @IntRange(max = SIZE - 1) int entry,
            @ForAll @IntRange(max = 999) int some,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        List<byte[]> records = new ArrayList<>();
        for (Logs.Place place : places) {
            byte[] record = Logs.record(log, place);
            if (place.kind() == LogFormat.ENTRY && place.entry() == entry) {
                int content = record.length - LogFormat.RECORD_HEADER - LogFormat.CHECK;
                record[LogFormat.RECORD_HEADER + some % content] ^= (byte) change;
                Logs.mend(record);
            }
            records.add(record);
        }

        AuditFile.Verification.Bad bad = bad(Logs.of(log, records));

        assertThat((long) entry).as(bad.message()).isBetween(bad.first(), bad.last());
        assertThat(bad.last() - bad.first()).isLessThanOrEqualTo(3);
    }

    @Property(tries = 300)
    void aCheckpointThatWasChangedWithItsCheckSumIsFound(
            @ForAll @IntRange(max = 999) int which,
            @ForAll @IntRange(max = LogFormat.CHECKPOINT_CONTENT - 1) int octet,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        List<Logs.Place> checkpoints = places.stream()
                .filter(place -> place.kind() == LogFormat.CHECKPOINT)
                .toList();
        Logs.Place chosen = checkpoints.get(which % checkpoints.size());
        List<byte[]> records = new ArrayList<>();
        for (Logs.Place place : places) {
            byte[] record = Logs.record(log, place);
            if (place.equals(chosen)) {
                record[LogFormat.RECORD_HEADER + octet] ^= (byte) change;
                Logs.mend(record);
            }
            records.add(record);
        }

        AuditFile.Verification.Bad bad = bad(Logs.of(log, records));

        assertThat(bad.last()).as(bad.message()).isBetween(chosen.entry() - 1L, chosen.entry() + 0L);
    }

    @Property(tries = 50)
    void everyEntryOfTheFileIsProven(@ForAll @IntRange(max = SIZE - 1) int entry) {
        InclusionProof proof =
                InclusionProof.parse(new AuditFile(file).prove(entry).toString());
        byte[] octets = Logs.entries(file).get(entry).encode();

        assertThat(proof.isProofOf(octets, Logs.SIGNER.key())).isTrue();
        octets[octets.length - 1] ^= 1;
        assertThat(proof.isProofOf(octets, Logs.SIGNER.key())).isFalse();
    }
}
