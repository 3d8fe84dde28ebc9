package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.sealed.Ward.CUFF;
import static org.openiomt.security.sealed.Ward.PUBLISHER;
import static org.openiomt.security.sealed.Ward.TOPIC;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.IomtException;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

class SealedMessagesTest {
    @TempDir
    Path folder;

    private final ReaderKey clinic = ReaderKey.generate(SealedSuite.X25519);
    private final ReaderKey colleague = ReaderKey.generate(SealedSuite.X25519);
    private Ward ward;

    @BeforeEach
    void open() {
        ward = new Ward(folder.resolve("epochs"), clinic.publicKey(), colleague.publicKey());
    }

    @AfterEach
    void close() {
        ward.close();
    }

    private static List<Observation> open(SealedReader reader, byte[] message) {
        return reader.check(PUBLISHER, TOPIC, CUFF, message).open().orElseThrow().items().stream()
                .map(ObservationMessage.Item::observation)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyReaderOpensWhatThePublisherSealed(SealedSuite suite) {
        try (ReaderKey first = ReaderKey.generate(suite);
                ReaderKey second = ReaderKey.generate(suite);
                Ward other = new Ward(folder.resolve("other"), first.publicKey(), second.publicKey())) {
            List<OutboxEntry> entries = other.store(80, 81);
            byte[] message = other.publisher.message(TOPIC, entries);
            for (ReaderKey key : List.of(first, second)) {
                SealedReader reader = other.reader(key);
                reader.learn(PUBLISHER, other.announcement(entries.get(0)).octets());
                assertThat(open(reader, message)).containsExactly(Ward.observation(80), Ward.observation(81));
            }
        }
    }

    @Test
    void numbersAreKnownBeforeTheKeyAndTheContentAfterIt() {
        List<OutboxEntry> entries = ward.store(80);
        SealedReader reader = ward.reader(clinic);
        var checked = reader.check(PUBLISHER, TOPIC, CUFF, ward.publisher.message(TOPIC, entries));

        assertThat(checked.epoch()).isEqualTo(3);
        assertThat(checked.firstSequence()).isEqualTo(1);
        assertThat(checked.open()).isEmpty();
        reader.learn(PUBLISHER, ward.announcement(entries.get(0)).octets());
        assertThat(checked.open()).isPresent();
    }

    @Test
    void messagesOfEveryEpochOpenInAnyOrder() {
        List<OutboxEntry> early = ward.store(80);
        ward.clock.advance(Ward.EPOCH);
        List<OutboxEntry> late = ward.store(81);
        ward.publisher.close();
        ward.publisher = ward.open(clinic.publicKey()); // the process ended
        List<OutboxEntry> latest = ward.store(82);

        Set<Long> epochs = new HashSet<>();
        SealedReader reader = ward.reader(clinic);
        for (List<OutboxEntry> entries : List.of(latest, early, late)) {
            epochs.add(ward.publisher.epochOf(entries.get(0).record()));
            reader.learn(PUBLISHER, ward.announcement(entries.get(0)).octets());
        }
        assertThat(epochs).hasSize(3);
        assertThat(open(reader, ward.publisher.message(TOPIC, late))).containsExactly(Ward.observation(81));
        assertThat(open(reader, ward.publisher.message(TOPIC, early))).containsExactly(Ward.observation(80));
        assertThat(open(reader, ward.publisher.message(TOPIC, latest))).containsExactly(Ward.observation(82));
    }

    @Test
    void epochNumbersGrowWithinAMillisecondAndWhenTheFolderIsLost() {
        OutboxRecord first = ward.store(80).get(0).record();
        ward.publisher.close();
        ward.publisher = ward.open(clinic.publicKey()); // in the same millisecond
        OutboxRecord second = ward.store(81).get(0).record();
        ward.clock.advance(Duration.ofMillis(5));
        SealedPublisher elsewhere = SealedPublisher.open(
                SealedPublisher.Settings.of("ward", "gw-1", folder.resolve("lost")),
                ward.signer,
                List.of(clinic.publicKey()),
                ward.clock,
                AuditSink.NONE);
        OutboxRecord third = elsewhere.seal(Ward.record(82), TOPIC);

        assertThat(ward.publisher.epochOf(second)).isGreaterThan(ward.publisher.epochOf(first));
        assertThat(ward.publisher.epochOf(third)).isGreaterThan(ward.publisher.epochOf(second));
    }

    @Test
    void readersAreAddedAndRemovedAtTheEndOfAnEpoch() {
        List<OutboxEntry> before = ward.store(80);
        ward.publisher.setReaders(List.of(clinic.publicKey()));
        List<OutboxEntry> after = ward.store(81);
        SealedReader stays = ward.reader(clinic);
        SealedReader removed = ward.reader(colleague);
        for (SealedReader reader : List.of(stays, removed)) {
            reader.learn(PUBLISHER, ward.announcement(before.get(0)).octets());
            reader.learn(PUBLISHER, ward.announcement(after.get(0)).octets());
        }

        assertThat(open(removed, ward.publisher.message(TOPIC, before))).containsExactly(Ward.observation(80));
        assertThatThrownBy(() -> open(removed, ward.publisher.message(TOPIC, after)))
                .isInstanceOf(IomtException.class)
                .hasMessageStartingWith("sealed for others: this reader is none of epoch ");
        assertThat(open(stays, ward.publisher.message(TOPIC, after))).containsExactly(Ward.observation(81));
    }

    @Test
    void epochsAndTheirReadersAreAccountedFor() {
        ReaderKey third = ReaderKey.generate(SealedSuite.X25519);
        String first = "epoch " + ward.publisher.epochOf(ward.store(80).get(0).record());
        ward.store(81);
        ward.publisher.close();
        ward.publisher = ward.open(clinic.publicKey(), third.publicKey()); // others were chosen while no process ran
        String second = "epoch " + ward.publisher.epochOf(ward.store(82).get(0).record());

        assertThat(ward.audited.stream().map(event -> event.type() + " " + event.subject() + " " + event.detail()))
                .startsWith("KEY_CREATED " + first + " ")
                .containsExactlyInAnyOrder(
                        "KEY_CREATED " + first + " ",
                        "READER_ADDED " + clinic.publicKey().fingerprint() + " " + first,
                        "READER_ADDED " + colleague.publicKey().fingerprint() + " " + first,
                        "KEY_WIPED " + first + " ",
                        "KEY_CREATED " + second + " ",
                        "READER_REMOVED " + colleague.publicKey().fingerprint() + " " + second,
                        "READER_ADDED " + third.publicKey().fingerprint() + " " + second);
        third.close();
    }

    @Test
    void aReaderWhoIsAddedOpensWhatIsSealedFromTheNextEpochOn() {
        try (ReaderKey third = ReaderKey.generate(SealedSuite.X25519)) {
            List<OutboxEntry> before = ward.store(80);
            ward.publisher.setReaders(List.of(clinic.publicKey(), colleague.publicKey(), third.publicKey()));
            List<OutboxEntry> after = ward.store(81);
            SealedReader added = ward.reader(third);
            added.learn(PUBLISHER, ward.announcement(before.get(0)).octets());
            added.learn(PUBLISHER, ward.announcement(after.get(0)).octets());

            assertThat(open(added, ward.publisher.message(TOPIC, after))).containsExactly(Ward.observation(81));
            assertThatThrownBy(() -> open(added, ward.publisher.message(TOPIC, before)))
                    .hasMessageStartingWith("sealed for others: this reader is none of epoch ");
        }
    }

    @Test
    void whoeverHasALeakedReadersKeyCannotForge() {
        List<OutboxEntry> entries = ward.store(80);
        byte[] header = ward.announcement(entries.get(0)).octets();
        byte[] genuine = ward.publisher.message(TOPIC, entries);
        ReaderKey leaked = ReaderKey.of(SealedSuite.X25519, clinic.secret());
        SealedReader victim = ward.reader(clinic);
        SealedReader thief = ward.reader(leaked);
        victim.learn(PUBLISHER, header);
        thief.learn(PUBLISHER, header);
        assertThat(open(thief, genuine)).as("the thief can read").containsExactly(Ward.observation(80));

        // The thief has the key of the content, and begins an epoch of its own too: for either it needs the publisher's
        // signature.
        try (Signer own = Signer.generate(SignatureAlgorithm.ED25519);
                SealedPublisher impostor = SealedPublisher.open(
                        SealedPublisher.Settings.of(Ward.SITE, Ward.GATEWAY, folder.resolve("impostor")),
                        own,
                        List.of(leaked.publicKey()),
                        ward.clock,
                        AuditSink.NONE)) {
            byte[] resigned = SealedMessage.parse(genuine).sign(own, PUBLISHER, TOPIC, CUFF.value());
            assertNotAuthentic(() -> victim.check(PUBLISHER, TOPIC, CUFF, resigned));
            OutboxRecord forged = impostor.seal(Ward.record(200), TOPIC);
            byte[] forgedHeader = impostor.announcement(forged).orElseThrow().octets();
            assertNotAuthentic(() -> victim.learn(PUBLISHER, forgedHeader));
            byte[] forgedMessage = impostor.message(TOPIC, List.of(new OutboxEntry(2, 3, 2, forged)));
            assertNotAuthentic(() -> victim.check(PUBLISHER, TOPIC, CUFF, forgedMessage));
        }
        assertThat(open(victim, genuine)).containsExactly(Ward.observation(80));
    }

    @Test
    void aMessageOpensAtItsOwnTopicDeviceAndPublisherOnly() {
        List<OutboxEntry> entries = ward.store(80);
        byte[] message = ward.publisher.message(TOPIC, entries);
        SealedReader reader = ward.reader(clinic);
        reader.learn(PUBLISHER, ward.announcement(entries.get(0)).octets());
        reader.trust("ward/gw-2", List.of(ward.signer.publicKey()));

        String swapped = TOPIC.replace("cuff-1", "cuff-2");
        assertNotAuthentic(() -> reader.check(PUBLISHER, swapped, DeviceId.of("cuff-2"), message));
        assertNotAuthentic(() -> reader.check(PUBLISHER, swapped, CUFF, message));
        assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC, DeviceId.of("cuff-2"), message));
        assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC.replace("obs", "wave"), CUFF, message));
        assertNotAuthentic(() -> reader.check("ward/gw-2", TOPIC, CUFF, message));
        assertNotAuthentic(() -> reader.check("ward/gw-3", TOPIC, CUFF, message));
        assertThat(open(reader, message)).containsExactly(Ward.observation(80));
    }

    @Test
    void aRecordThatWasMovedInTheOutboxIsRefusedAndKeepsItsPlace() {
        OutboxEntry good = ward.store(80).get(0);
        OutboxRecord elsewhere = ward.publisher.seal(Ward.record(81), TOPIC.replace("cuff-1", "cuff-2"));
        OutboxEntry moved = new OutboxEntry(2, 3, 2, elsewhere);
        SealedReader reader = ward.reader(clinic);
        reader.learn(PUBLISHER, ward.announcement(good).octets());

        List<ObservationMessage.Item> items = reader.check(
                        PUBLISHER, TOPIC, CUFF, ward.publisher.message(TOPIC, List.of(good, moved)))
                .open()
                .orElseThrow()
                .items();
        assertThat(items.get(0).observation()).isEqualTo(Ward.observation(80));
        assertThat(items.get(1).sequence()).isEqualTo(2);
        assertThatThrownBy(() -> items.get(1).observation())
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("not authentic");
    }

    @Test
    void aFellowReaderWhoKnowsTheKeyCannotForge() {
        List<OutboxEntry> entries = ward.store(80);
        byte[] header = ward.announcement(entries.get(0)).octets();
        EpochHeader epoch = EpochHeader.parse(header);
        byte[] contentKey = epoch.unwrap(colleague).orElseThrow(); // it is a reader, so it has the key
        ContentKey key = ContentKey.of(contentKey);
        byte[] content = Ward.record(200).payload();
        SealedRecord forged = SealedRecord.seal(epoch, key, 7, TOPIC, CUFF.value(), content);
        SealedReader reader = ward.reader(clinic);
        reader.learn(PUBLISHER, header);
        SealedMessage message =
                new SealedMessage(epoch.number(), 3, List.of(new SealedMessage.Frame(2, 7, forged.sealed())));

        try (Signer own = Signer.generate(SignatureAlgorithm.ED25519)) {
            assertNotAuthentic(
                    () -> reader.check(PUBLISHER, TOPIC, CUFF, message.sign(own, PUBLISHER, TOPIC, CUFF.value())));
            byte[] genuine = ward.publisher.message(TOPIC, entries);
            byte[] borrowed = message.sign(own, PUBLISHER, TOPIC, CUFF.value());
            System.arraycopy(genuine, genuine.length - 64, borrowed, borrowed.length - 64, 64);
            assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC, CUFF, borrowed));
            byte[] header2 = EpochHeader.create(
                            EpochHeader.Purpose.MESSAGES,
                            epoch.number() + 1,
                            epoch.startedAt(),
                            PUBLISHER,
                            List.of(clinic.publicKey()),
                            contentKey,
                            own)
                    .octets();
            assertNotAuthentic(() -> reader.learn(PUBLISHER, header2));
        }
        // Even the publisher's own key gives nothing to whom it is not bound: the forgery opens only when it signs.
        byte[] signed = message.sign(ward.signer, PUBLISHER, TOPIC, CUFF.value());
        assertThat(open(reader, signed)).containsExactly(Ward.observation(200));
    }

    @Test
    void aStrangerIsNotBelieved() {
        try (Ward stranger = new Ward(folder.resolve("stranger"), clinic.publicKey())) {
            List<OutboxEntry> entries = stranger.store(80);
            SealedReader reader = ward.reader(clinic);
            byte[] header = stranger.announcement(entries.get(0)).octets();
            assertNotAuthentic(() -> reader.learn(PUBLISHER, header));
            byte[] message = stranger.publisher.message(TOPIC, entries);
            assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC, CUFF, message));
        }
    }

    @Test
    void whatIsNotSealedIsRefused() {
        byte[] plain = ObservationMessage.encode(
                3, List.of(ObservationMessage.Item.of(1, Ward.record(80).payload())));
        assertThatThrownBy(() -> ward.reader(clinic).check(PUBLISHER, TOPIC, CUFF, plain))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("it is not sealed");
    }

    @Test
    void aSecondHeaderOfANumberIsRefusedAndTheFirstGoesOn() {
        List<OutboxEntry> entries = ward.store(80);
        EpochHeader first = EpochHeader.parse(ward.announcement(entries.get(0)).octets());
        SealedReader reader = ward.reader(clinic);
        reader.learn(PUBLISHER, first.octets());
        reader.learn(PUBLISHER, first.octets());
        byte[] second = header(first.number()).octets();

        assertNotAuthentic(() -> reader.learn(PUBLISHER, second));
        assertThat(open(reader, ward.publisher.message(TOPIC, entries))).containsExactly(Ward.observation(80));
    }

    @Test
    void aReaderIsNotTurnedBackToEpochsOlderThanAllItKnows() {
        SealedReader reader = ward.reader(clinic);
        for (long number = 10; number < 11 + SealedReader.MAX_EPOCHS; number++) {
            reader.learn(PUBLISHER, header(number).octets());
        }
        byte[] forgotten = header(10).octets();
        assertNotAuthentic(() -> reader.learn(PUBLISHER, forgotten));
        reader.learn(PUBLISHER, header(20_000).octets());
    }

    private EpochHeader header(long number) {
        return EpochHeader.create(
                EpochHeader.Purpose.MESSAGES,
                number,
                ward.clock.instant(),
                PUBLISHER,
                List.of(clinic.publicKey()),
                new byte[32],
                ward.signer);
    }

    @Test
    void whatTheGatewayKeepsTellsNothingOfTheContent() throws IOException {
        OutboxRecord record = Ward.record(200);
        OutboxRecord sealed = ward.publisher.seal(record, TOPIC);

        assertThat(sealed.id()).as("an id is made of what was measured").isNotEqualTo(record.id());
        assertThat(sealed.payloadLength())
                .as("the number of digits does not show")
                .isEqualTo(ward.publisher.seal(Ward.record(2), TOPIC).payloadLength());
        try (Stream<Path> files = Files.list(ward.folder)) {
            assertThat(files.toList()).hasSize(1).allSatisfy(file -> {
                assertThat(file.getFileName().toString()).endsWith(".epoch");
                assertThat(Files.readAllBytes(file))
                        .isEqualTo(ward.announcement(new OutboxEntry(1, 1, 1, sealed))
                                .octets());
            });
        }
        // All that the gateway has on its disk and its own key open nothing.
        try (ReaderKey thief = ReaderKey.generate(SealedSuite.X25519)) {
            SealedReader reader = ward.reader(thief);
            OutboxEntry entry = new OutboxEntry(1, 3, 1, sealed);
            reader.learn(PUBLISHER, ward.announcement(entry).octets());
            assertThatThrownBy(() -> open(reader, ward.publisher.message(TOPIC, List.of(entry))))
                    .hasMessageStartingWith("sealed for others");
        }
    }

    @Test
    void aKeyIsExchangedWhileBothAreBelieved() {
        List<OutboxEntry> old = ward.store(80);
        byte[] oldMessage = ward.publisher.message(TOPIC, old);
        try (Signer next = Signer.generate(SignatureAlgorithm.ED25519)) {
            SealedReader reader =
                    SealedReader.of(clinic, Map.of(PUBLISHER, List.of(ward.signer.publicKey(), next.publicKey())));
            ward.publisher.close();
            SealedPublisher exchanged = SealedPublisher.open(
                    SealedPublisher.Settings.of("ward", "gw-1", ward.folder),
                    next,
                    List.of(clinic.publicKey()),
                    ward.clock,
                    AuditSink.NONE);
            reader.learn(
                    PUBLISHER,
                    exchanged.announcement(old.get(0).record()).orElseThrow().octets());
            assertThat(open(reader, oldMessage)).containsExactly(Ward.observation(80));
            assertThat(open(reader, exchanged.message(TOPIC, old))).containsExactly(Ward.observation(80));
            reader.trust(PUBLISHER, List.of(next.publicKey()));
            assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC, CUFF, oldMessage));
            exchanged.close();
        }
    }

    @Test
    void oldHeadersAreForgottenWhenNothingWaitsForThem() throws IOException {
        List<OutboxEntry> old = ward.store(80);
        ward.clock.advance(SealedPublisher.HEADERS_KEPT.plusSeconds(1));
        List<OutboxEntry> young = ward.store(81);

        ward.publisher.retain(List.of(old.get(0).record(), young.get(0).record()));
        assertThat(ward.publisher.announcement(old.get(0).record())).isPresent();
        ward.publisher.retain(List.of(young.get(0).record()));
        assertThat(ward.publisher.announcement(old.get(0).record())).isEmpty();
        ward.publisher.retain(List.of());
        assertThat(ward.publisher.announcement(young.get(0).record())).isPresent();
        try (Stream<Path> files = Files.list(ward.folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aDamagedHeaderIsLeftOutAndTheOthersServe() throws IOException {
        List<OutboxEntry> damaged = ward.store(80);
        ward.publisher.endEpoch();
        List<OutboxEntry> sound = ward.store(81);
        try (Stream<Path> files = Files.list(ward.folder)) {
            Path first = files.sorted().findFirst().orElseThrow();
            Files.write(first, Ward.flipped(Files.readAllBytes(first), 400));
        }
        ward.publisher.close();
        ward.publisher = ward.open(clinic.publicKey());

        assertThat(ward.publisher.announcement(damaged.get(0).record())).isEmpty();
        assertThat(ward.publisher.announcement(sound.get(0).record())).isPresent();
        assertThat(ward.publisher.message(TOPIC, damaged)).isNotEmpty();
    }

    @Test
    void nothingIsSealedWhenTheHeaderCannotBeStored() throws IOException {
        ward.publisher.endEpoch();
        Files.delete(ward.folder);
        assertThatThrownBy(() -> ward.publisher.seal(Ward.record(80), TOPIC))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("cannot be stored");
        Files.createDirectory(ward.folder);
        assertThat(ward.publisher.isSealed(ward.publisher.seal(Ward.record(80), TOPIC)))
                .isTrue();
    }

    @Test
    void readersOfTwoSuitesAreRefused() {
        try (ReaderKey hybrid = ReaderKey.generate(SealedSuite.X25519_MLKEM768)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ward.publisher.setReaders(List.of(clinic.publicKey(), hybrid.publicKey())))
                    .withMessageContaining("of two suites");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ward.publisher.setReaders(List.of()))
                    .withMessageContaining("1 to 256 readers");
        }
    }

    @Test
    void closedEndsRefuse() {
        List<OutboxEntry> entries = ward.store(80);
        byte[] message = ward.publisher.message(TOPIC, entries);
        byte[] header = ward.announcement(entries.get(0)).octets();
        SealedReader reader = ward.reader(clinic);
        reader.learn(PUBLISHER, header);
        reader.close();
        assertNotAuthentic(() -> reader.learn(PUBLISHER, header));
        assertNotAuthentic(() -> reader.check(PUBLISHER, TOPIC, CUFF, message));
        ward.publisher.close();
        assertThatThrownBy(() -> ward.publisher.seal(Ward.record(80), TOPIC)).isInstanceOf(IllegalStateException.class);
        assertThat(reader + " " + ward.publisher)
                .isEqualTo("SealedReader[hidden] SealedPublisher[ward/gw-1]")
                .doesNotContain(new String(message, StandardCharsets.ISO_8859_1));
    }

    private static void assertNotAuthentic(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AuthenticationException.class);
    }
}
