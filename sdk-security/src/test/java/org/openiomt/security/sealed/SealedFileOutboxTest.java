package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.sealed.Ward.CUFF;
import static org.openiomt.security.sealed.Ward.PUBLISHER;
import static org.openiomt.security.sealed.Ward.TOPIC;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;
import org.openiomt.core.sealing.SealedOutbox;
import org.openiomt.core.wire.DecodeException;

/** What a gateway has stored sealed, after its process ended, its disk was damaged, or its keys were lost. */
class SealedFileOutboxTest {
    @TempDir
    Path folder;

    private final ReaderKey clinic = ReaderKey.generate(SealedSuite.X25519);
    private Ward ward;
    private Outbox outbox;

    @BeforeEach
    void open() {
        ward = new Ward(folder.resolve("epochs"), clinic.publicKey());
        outbox = sealed();
    }

    @AfterEach
    void close() {
        outbox.close();
        ward.close();
    }

    private Outbox sealed() {
        FileOutbox stored = FileOutbox.open(
                folder.resolve("outbox"), FileOutbox.Options.defaults().withClock(ward.clock));
        return new SealedOutbox(stored, ward.publisher, (device, lane) -> TOPIC);
    }

    /** Ends the process and begins another, with what lies in the folder. */
    private void restart() {
        outbox.close();
        ward.publisher.close();
        ward.clock.advance(Ward.EPOCH.dividedBy(2));
        ward.publisher = ward.open(clinic.publicKey());
        outbox = sealed();
    }

    private void append(long... numbers) {
        List<OutboxRecord> records =
                LongStream.of(numbers).mapToObj(Ward::record).toList();
        outbox.append(records)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private List<OutboxEntry> stored() {
        return outbox.read(Lane.CLINICAL, 0, 100);
    }

    /** Sends what is stored, one message for each run of the outbox and epoch of keys, and returns what a reader finds in them. */
    private List<ObservationMessage.Item> delivered(SealedReader reader) {
        List<ObservationMessage.Item> items = new ArrayList<>();
        List<OutboxEntry> part = new ArrayList<>();
        for (OutboxEntry entry : stored()) {
            if (!part.isEmpty() && isOther(part.get(0), entry)) {
                items.addAll(delivered(reader, part));
                part.clear();
            }
            part.add(entry);
        }
        items.addAll(delivered(reader, part));
        return items;
    }

    private boolean isOther(OutboxEntry one, OutboxEntry other) {
        return one.epoch() != other.epoch()
                || ward.publisher.epochOf(one.record()) != ward.publisher.epochOf(other.record());
    }

    private List<ObservationMessage.Item> delivered(SealedReader reader, List<OutboxEntry> part) {
        ward.publisher.announcement(part.get(0).record()).ifPresent(header -> reader.learn(PUBLISHER, header.octets()));
        return reader.check(PUBLISHER, TOPIC, CUFF, ward.publisher.message(TOPIC, part))
                .open()
                .orElseThrow()
                .items();
    }

    private static List<Observation> observations(List<ObservationMessage.Item> items) {
        return items.stream().map(ObservationMessage.Item::observation).toList();
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".segment"))
                    .filter(file -> file.getFileName().toString().startsWith("clinical"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> audited(AuditEventType type) {
        return ward.audited.stream()
                .filter(event -> event.type() == type)
                .map(AuditEvent::subject)
                .toList();
    }

    @Test
    void whatEarlierProcessesStoredIsDeliveredByThisOneAndEachHasAnEpochOfItsOwn() {
        append(80, 81);
        restart();
        append(82);
        restart();
        append(83);

        Set<Long> epochs = new HashSet<>();
        stored().forEach(entry -> epochs.add(ward.publisher.epochOf(entry.record())));
        assertThat(epochs).hasSize(3);
        assertThat(observations(delivered(ward.reader(clinic))))
                .containsExactly(
                        Ward.observation(80), Ward.observation(81), Ward.observation(82), Ward.observation(83));
        assertThat(audited(AuditEventType.KEY_LOST)).isEmpty();
    }

    @Test
    void aTornLastRecordIsCutOffAndTheOthersOpen() throws IOException {
        append(80, 81, 82);
        byte[] third = stored().get(2).record().payload();
        outbox.close();
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.setLength(find(segment(), third) + 40); // the power went while the third record was written
        }
        restart();
        append(83);

        assertThat(observations(delivered(ward.reader(clinic))))
                .containsExactly(Ward.observation(80), Ward.observation(81), Ward.observation(83));
    }

    @Test
    void aDamagedRecordIsCountedAndTheOthersOpen() throws IOException {
        append(80, 81, 82);
        byte[] second = stored().get(1).record().payload();
        outbox.close();
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.seek(find(segment(), second));
            file.write(Ward.flipped(second, 8 * second.length - 1));
        }
        restart();

        assertThat(observations(delivered(ward.reader(clinic))))
                .containsExactly(Ward.observation(80), Ward.observation(82));
        assertThat(outbox.stats().dropped()).isEqualTo(Map.of(OutboxStats.DAMAGED, 1L));
    }

    @Test
    void aRecordThatNamesAnotherEpochOrNumberStaysClosedAndKeepsItsPlace() {
        append(80);
        restart();
        append(81, 82);
        OutboxRecord early = stored().get(0).record();
        OutboxRecord late = stored().get(1).record();
        SealedReader reader = ward.reader(clinic);
        delivered(reader); // it knows both epochs
        SealedRecord sealed = SealedRecord.parse(late.payload());
        List<SealedRecord> forged = List.of(
                new SealedRecord(ward.publisher.epochOf(early), sealed.number(), sealed.sealed()),
                new SealedRecord(sealed.epoch(), sealed.number() + 1, sealed.sealed()));
        for (SealedRecord record : forged) {
            OutboxEntry entry =
                    new OutboxEntry(9, 9, 9, OutboxRecord.of(late.id(), CUFF, Lane.CLINICAL, record.octets()));
            ObservationMessage.Item item = delivered(reader, List.of(entry)).get(0);
            assertThat(item.isOpened()).isFalse();
            assertThat(item.sequence()).isEqualTo(9);
            assertThatThrownBy(item::observation).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void whatAnotherGatewaySealedOpensForNobodyHereAndThatIsToldOnce() {
        try (Ward other = new Ward(folder.resolve("other"), clinic.publicKey())) {
            other.clock.advance(Ward.EPOCH); // so that its epoch has another number
            OutboxEntry foreign = other.store(80).get(0);
            for (int i = 0; i < 2; i++) {
                assertThat(ward.publisher.announcement(foreign.record())).isEmpty();
            }
            assertThat(audited(AuditEventType.KEY_LOST))
                    .containsExactly("epoch " + ward.publisher.epochOf(foreign.record()));
            SealedReader reader = ward.reader(clinic);
            assertThat(reader.check(PUBLISHER, TOPIC, CUFF, ward.publisher.message(TOPIC, List.of(foreign)))
                            .open())
                    .as("it waits for an announcement, and is refused when none comes")
                    .isEmpty();
        }
    }

    @Test
    void whereTheHeadersAreLostReadersWhoKnowTheEpochReadOnAndTheLossIsTold() throws IOException {
        append(80);
        SealedReader knows = ward.reader(clinic);
        assertThat(delivered(knows)).hasSize(1);
        String epoch = "epoch " + ward.publisher.epochOf(stored().get(0).record());
        outbox.close();
        try (Stream<Path> files = Files.list(ward.folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        restart();
        append(81);

        assertThat(observations(delivered(knows))).containsExactly(Ward.observation(80), Ward.observation(81));
        assertThat(audited(AuditEventType.KEY_LOST)).containsExactly(epoch);
        SealedReader late = ward.reader(clinic);
        Optional<ObservationMessage> unknown = late.check(
                        PUBLISHER, TOPIC, CUFF, ward.publisher.message(TOPIC, stored().subList(0, 1)))
                .open();
        assertThat(unknown).isEmpty();
    }

    @Test
    void whatCannotBeSealedIsNotStoredAndTheCallerIsTold() throws IOException {
        ward.publisher.endEpoch();
        Files.delete(ward.folder);
        assertThatThrownBy(() -> append(80)).hasCauseInstanceOf(OutboxException.class);
        assertThat(stored()).isEmpty();
        Files.createDirectory(ward.folder);
        append(81);
        assertThat(observations(delivered(ward.reader(clinic)))).containsExactly(Ward.observation(81));
        ward.publisher.close();
        assertThatThrownBy(() -> append(82)).hasCauseInstanceOf(OutboxException.class);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void oldHeadersAreForgottenWhenAnEpochBeginsAndNothingWaitsForThem() {
        append(80);
        outbox.acknowledge(stored());
        append(81);
        OutboxEntry waits = stored().get(0);
        ward.clock.advance(SealedPublisher.HEADERS_KEPT.plusSeconds(1));
        append(82);
        assertThat(ward.publisher.announcement(waits.record())).isPresent();
        outbox.acknowledge(List.of(waits));
        ward.clock.advance(Ward.EPOCH);
        append(83);
        assertThat(ward.publisher.announcement(waits.record())).isEmpty();
        assertThat(observations(delivered(ward.reader(clinic))))
                .containsExactly(Ward.observation(82), Ward.observation(83));
    }

    /** Returns where octets stand in a file. */
    private static long find(Path file, byte[] octets) throws IOException {
        int at = latin(Files.readAllBytes(file)).indexOf(latin(octets));
        assertThat(at).isPositive();
        return at;
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
