package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.testkit.ManualClock;

class AuditLogTest {
    private static final DeviceId A1 = DeviceId.of("A1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path folder;

    private final ManualClock clock = new ManualClock();
    private AuditOptions options = AuditOptions.defaults().withScheduler(clock);

    private Path file() {
        return folder.resolve("audit.log");
    }

    private AuditLog open() {
        AuditLog log = AuditLog.open(file(), Logs.SIGNER, options);
        clock.runUntilIdle();
        return log;
    }

    private static CompletableFuture<Void> record(AuditLog log, AuditEvent event) {
        return log.record(event).toCompletableFuture();
    }

    private static AuditEvent forged(String device, String channel) {
        return AuditEvent.of(AuditEventType.FRAME_NOT_AUTHENTIC, DeviceId.of(device), channel);
    }

    private void assertGood(long size) {
        assertThat(Logs.verify(file())).isInstanceOfSatisfying(AuditFile.Verification.Good.class, good -> {
            assertThat(good.size()).isEqualTo(size);
            assertThat(good.unsigned()).isZero();
            assertThat(good.key()).isEqualTo(Logs.SIGNER.key());
        });
    }

    @Test
    void anEventIsReportedWhenItIsDurableAndSigned() {
        AuditLog log = open();

        CompletableFuture<Void> written = record(log, Logs.command(1));
        assertThat(written).isNotDone();
        clock.runUntilIdle();

        assertThat(written).isCompleted();
        assertThat(Checkpoint.parse(log.checkpoint().orElseThrow().text()).size())
                .isEqualTo(2);
        assertThat(Logs.places(Logs.octets(file())))
                .extracting(Logs.Place::kind)
                .containsExactly(LogFormat.ENTRY, LogFormat.CHECKPOINT, LogFormat.ENTRY, LogFormat.CHECKPOINT);
        log.close();
        assertGood(3);
    }

    @Test
    void aLogGoesOnWhereItEnded() {
        open().close();
        AuditLog log = open();
        CompletableFuture<Void> written = record(log, Logs.command(1));
        log.close();

        assertThat(written).isCompleted();
        assertThat(Logs.types(file()))
                .containsExactly(
                        AuditEventType.LOG_OPENED,
                        AuditEventType.LOG_CLOSED,
                        AuditEventType.LOG_OPENED,
                        AuditEventType.COMMAND_ASKED,
                        AuditEventType.LOG_CLOSED);
        assertThat(Logs.entries(file()).get(0).event().subject())
                .isEqualTo(Logs.SIGNER.key().hexId());
        assertGood(5);
    }

    @Test
    void entriesBearTheTimeAndHowGoodTheClockIs() {
        options = options.withSynchronisation(() -> ClockState.Synchronisation.SYNCHRONISED);
        AuditLog log = open();
        clock.advance(Duration.ofSeconds(5));
        CompletableFuture<Void> second = record(log, Logs.command(1));
        clock.jump(Duration.ofHours(-1));
        CompletableFuture<Void> third = record(log, Logs.command(2));
        log.close();

        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(Logs.entries(file()))
                .extracting(entry -> entry.clock().continuity())
                .containsExactly(
                        ClockState.Continuity.UNKNOWN,
                        ClockState.Continuity.CONTINUOUS,
                        ClockState.Continuity.JUMPED,
                        ClockState.Continuity.CONTINUOUS);
        assertThat(Logs.entries(file()))
                .allSatisfy(entry ->
                        assertThat(entry.clock().synchronisation()).isEqualTo(ClockState.Synchronisation.SYNCHRONISED));
        assertThat(Logs.entries(file()).get(1).time()).isEqualTo("2026-01-01T00:00:05Z");
    }

    @Test
    void aFloodIsOneEntryAtOnceAndOneNumberAnInterval() {
        AuditLog log = open();
        for (int second = 0; second < 25; second++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(log.record(forged("A1", "2A35"))).isNotNull();
            }
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(record(log, forged("A1", "2A35"))).isNotNull();
        log.close();

        assertThat(Logs.entries(file()))
                .filteredOn(entry -> entry.event().type() == AuditEventType.FRAME_NOT_AUTHENTIC)
                .extracting(AuditEntry::count)
                .containsExactly(1L, 9_999L, 10_000L, 5_000L, 1L);
        assertGood(7);
    }

    @Test
    void aFloodFromManyPlacesStaysWithinBounds() {
        AuditLog log = open();
        for (int i = 0; i < 50_000; i++) {
            assertThat(log.record(forged("device-" + i, "2A35"))).isNotNull();
        }
        clock.advance(Duration.ofSeconds(30));
        log.close();

        List<AuditEntry> refused = Logs.entries(file()).stream()
                .filter(entry -> entry.event().type() == AuditEventType.FRAME_NOT_AUTHENTIC)
                .toList();
        assertThat(refused).hasSize(FloodGate.MAX_KINDS + 1);
        assertThat(refused.stream().mapToLong(AuditEntry::count).sum()).isEqualTo(50_000);
        assertThat(refused.get(FloodGate.MAX_KINDS).event().device()).isEmpty();
    }

    @Test
    void commandsAreNeverCountedTogether() {
        AuditLog log = open();
        for (int i = 0; i < 100; i++) {
            assertThat(log.record(Logs.command(7))).isNotNull();
        }
        log.close();

        assertThat(Logs.types(file()))
                .filteredOn(AuditEventType.COMMAND_ASKED::equals)
                .hasSize(100);
    }

    @Test
    void aClosedLogTakesNothing() {
        AuditLog log = open();
        log.close();
        log.close();

        assertThat(record(log, Logs.command(1))).isCompletedExceptionally();
        assertThat(log.size()).isEqualTo(2);
    }

    @Test
    void aLogIsOpenOnce() {
        AuditLog log = open();

        assertThatThrownBy(this::open).isInstanceOf(AuditException.class).hasMessageContaining("already open");
        log.close();
        open().close();
    }

    @Test
    void everyCutOfATornTailIsMendedAndTold() {
        AuditLog log = open();
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            durable.add(record(log, Logs.command(i)));
            if (i != 1) {
                clock.runUntilIdle();
            }
        }
        Path torn = Logs.copy(file(), folder.resolve("torn"));
        log.close();
        byte[] whole = Logs.octets(torn);
        List<Logs.Place> places = Logs.places(whole);
        int published = places.get(1).end();
        byte[] checkpoint = Logs.octets(LogFile.beside(torn, ".checkpoint"));
        assertThat(durable).allMatch(CompletableFuture::isDone);

        for (int length = published; length <= whole.length; length++) {
            Logs.put(torn, Arrays.copyOf(whole, length));
            Logs.put(LogFile.beside(torn, ".checkpoint"), checkpoint);
            int end = length;
            long kept = places.stream()
                    .filter(place -> place.kind() == LogFormat.ENTRY && place.end() <= end)
                    .count();
            boolean isTorn = end != published && places.stream().noneMatch(place -> place.end() == end);

            AuditLog again = AuditLog.open(torn, Logs.SIGNER, options);
            again.close();

            List<AuditEntry> entries = Logs.entries(torn);
            assertThat(entries.subList(1, (int) kept))
                    .extracting(entry -> entry.event().subject())
                    .isEqualTo(List.of("c0", "c1", "c2").subList(0, (int) kept - 1));
            assertThat(entries.stream().anyMatch(entry -> entry.event().type() == AuditEventType.LOG_TAIL_CUT))
                    .as("cut to %d", length)
                    .isEqualTo(isTorn);
            assertThat(Logs.verify(torn))
                    .as("cut to %d", length)
                    .isInstanceOfSatisfying(
                            AuditFile.Verification.Good.class,
                            good -> assertThat(good.unsigned()).isZero());
        }
        for (int length = 0; length < published; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            Logs.put(torn, cut);
            Logs.put(LogFile.beside(torn, ".checkpoint"), checkpoint);
            assertThatThrownBy(() -> AuditLog.open(torn, Logs.SIGNER, options)).isInstanceOf(AuditException.class);
            assertThat(Logs.octets(torn)).isEqualTo(cut);
        }
    }

    @Test
    void damageBeforeACheckpointIsNoTornTail() {
        Path file = Logs.write(folder, 5, 2);
        byte[] log = Logs.octets(file);
        Logs.Place place = Logs.places(log).get(2);
        log[place.start() + 5] ^= 1;
        Logs.put(file, log);

        assertThatThrownBy(this::open)
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("entry " + place.entry() + " ");
        assertThat(Logs.octets(file)).isEqualTo(log);
    }

    @Test
    void aLogThatWasRolledBackIsNotSignedAgain() {
        Path earlier = Logs.copy(Logs.write(folder, 2, 1), folder.resolve("earlier"));
        AuditLog log = open();
        log.close();
        byte[] rolledBack = Logs.octets(earlier);
        Logs.put(file(), rolledBack);

        assertThatThrownBy(this::open).isInstanceOf(AuditException.class).hasMessageContaining("was cut");
        assertThat(Logs.verify(file())).isInstanceOf(AuditFile.Verification.Bad.class);
        assertThat(Logs.octets(file())).isEqualTo(rolledBack);
    }

    @Test
    void anAnchorFindsWhatTheFilesAloneCannotTell() throws IOException {
        List<SignedNote> kept = new ArrayList<>();
        CheckpointAnchor anchor = new CheckpointAnchor() {
            @Override
            public void accept(SignedNote checkpoint) {
                kept.add(checkpoint);
            }

            @Override
            public Optional<SignedNote> newest() {
                return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
            }
        };
        options = options.withAnchor(anchor);
        open().close();
        Path earlier = Logs.copy(file(), folder.resolve("earlier"));
        open().close();
        Files.copy(earlier, file(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                LogFile.beside(earlier, ".checkpoint"),
                LogFile.beside(file(), ".checkpoint"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(Logs.verify(file())).isInstanceOf(AuditFile.Verification.Good.class);
        assertThat(new AuditFile(file()).verify(Optional.empty(), kept))
                .isInstanceOfSatisfying(
                        AuditFile.Verification.Bad.class,
                        bad -> assertThat(bad.message()).startsWith("entry 2 is missing: the log was cut"));
        assertThatThrownBy(this::open).isInstanceOf(AuditException.class).hasMessageContaining("entry 2 is missing");
    }

    @Test
    void checkpointsLeaveTheLogOnceInAnInterval() {
        List<Long> sizes = new ArrayList<>();
        options = options.withAnchor(
                note -> sizes.add(Checkpoint.parse(note.text()).size()));
        AuditLog log = open();
        for (int i = 0; i < 30; i++) {
            assertThat(log.record(Logs.command(i))).isNotNull();
            clock.advance(Duration.ofSeconds(1));
        }
        log.close();

        assertThat(sizes).hasSizeBetween(4, 5).isSorted().startsWith(1L).endsWith(32L);
    }

    @Test
    void aLogWithoutItsCheckpointOrOfAnotherKeyIsNotOpened() throws IOException {
        open().close();
        NoteSigner another = NoteSigner.generate(Logs.SIGNER.key().name());

        assertThatThrownBy(() -> AuditLog.open(file(), another, options)).isInstanceOf(AuditException.class);
        assertThat(new AuditFile(file()).verify(Optional.of(another.key()), List.of()))
                .isInstanceOf(AuditFile.Verification.Bad.class);

        Files.delete(LogFile.beside(file(), ".checkpoint"));
        assertThatThrownBy(this::open).isInstanceOf(AuditException.class).hasMessageContaining("is missing");
        assertThat(new AuditFile(file()).verify()).isInstanceOf(AuditFile.Verification.Bad.class);
    }

    @Test
    void aFileThatIsNoLogIsLeftAlone() throws IOException {
        Files.writeString(file(), "shopping: milk");

        assertThatThrownBy(this::open).isInstanceOf(AuditException.class);
        assertThat(Files.readString(file())).isEqualTo("shopping: milk");
        assertThat(new AuditFile(file()).verify()).isInstanceOf(AuditFile.Verification.Bad.class);
    }

    @Test
    void aBeginningThatWasTornIsBegunAgain() throws IOException {
        byte[] empty = Logs.SIGNER
                .sign(Checkpoint.of(Logs.SIGNER.key().name(), 0, new MerkleTree().root())
                        .text())
                .octets();
        Files.write(LogFile.beside(file(), ".checkpoint"), empty);
        Files.write(file(), Arrays.copyOf(LogFormat.header(Logs.SIGNER.key()), 20));

        open().close();
        assertGood(2);
    }

    /** A disk that can be told to fail: to write half of what it is given, or to sync nothing. */
    private static final class FaultyFile extends LogFile {
        private boolean isFull;
        private boolean failsToSync;

        FaultyFile(Path file) throws IOException {
            super(file);
        }

        @Override
        void write(ByteBuffer left, long position) throws IOException {
            if (isFull) {
                ByteBuffer half = left.duplicate().limit(left.position() + left.remaining() / 2);
                super.write(half, position);
                throw new IOException("no space left on device");
            }
            super.write(left, position);
        }

        @Override
        void force() throws IOException {
            if (failsToSync) {
                throw new IOException("input/output error");
            }
            super.force();
        }
    }

    @Test
    void aFullOrBrokenDiskIsTriedAgainAndNothingIsLost() throws IOException {
        FaultyFile disk = new FaultyFile(file());
        AuditLog log = AuditLog.open(disk, file(), Logs.SIGNER, options);
        clock.runUntilIdle();

        disk.isFull = true;
        CompletableFuture<Void> first = record(log, Logs.command(0));
        clock.advance(Duration.ofSeconds(3));
        assertThat(first).isNotDone();
        disk.isFull = false;
        disk.failsToSync = true;
        CompletableFuture<Void> second = record(log, Logs.command(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(first).isNotDone();
        disk.failsToSync = false;
        clock.advance(Duration.ofSeconds(1));

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        disk.failsToSync = true;
        clock.advance(Duration.ofMinutes(1));
        disk.failsToSync = false;
        log.close();
        assertGood(4);
    }

    @Test
    void whatDoesNotFitWhileTheDiskFailsIsCountedAndCommandsAreTold() throws IOException {
        options = options.withMaxWaiting(4_096);
        FaultyFile disk = new FaultyFile(file());
        AuditLog log = AuditLog.open(disk, file(), Logs.SIGNER, options);
        clock.runUntilIdle();
        disk.isFull = true;
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stages.add(record(log, Logs.command(i)));
            clock.runUntilIdle();
        }
        long lost = stages.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        disk.isFull = false;
        clock.advance(Duration.ofSeconds(1));
        log.close();

        assertThat(lost).isBetween(50L, 190L);
        assertThat(Logs.entries(file()))
                .filteredOn(entry -> entry.event().type() == AuditEventType.EVENTS_LOST)
                .extracting(AuditEntry::count)
                .containsExactly(lost);
        assertThat(Logs.verify(file())).isInstanceOf(AuditFile.Verification.Good.class);
    }

    @Test
    void aLogThatCannotBeClosedInOrderGivesUpItsFile() throws IOException {
        FaultyFile disk = new FaultyFile(file());
        AuditLog log = AuditLog.open(disk, file(), Logs.SIGNER, options);
        clock.runUntilIdle();
        disk.isFull = true;
        CompletableFuture<Void> written = record(log, Logs.command(0));
        log.close();
        clock.advance(Duration.ofSeconds(2));

        assertThat(written).isCompletedExceptionally();
        open().close();
        assertThat(Logs.types(file()))
                .startsWith(AuditEventType.LOG_OPENED)
                .doesNotContain(AuditEventType.COMMAND_ASKED);
    }

    @Test
    void entriesAreSignedWhenTheTokenIsBack() {
        boolean[] isOut = {false};
        Signer real = Signer.generate(SignatureAlgorithm.ED25519);
        NoteSigner token = NoteSigner.of("log.example", new FakeSigner(real, octets -> {
            if (isOut[0]) {
                throw new IllegalStateException("no token in the slot");
            }
            return real.sign(octets);
        }));
        AuditLog log = AuditLog.open(file(), token, options);
        clock.runUntilIdle();
        isOut[0] = true;
        CompletableFuture<Void> written = record(log, Logs.command(0));
        clock.runUntilIdle();
        assertThat(written).isCompleted();
        assertThat(new AuditFile(file()).verify())
                .isInstanceOfSatisfying(
                        AuditFile.Verification.Good.class,
                        good -> assertThat(good.unsigned()).isEqualTo(1));
        isOut[0] = false;
        clock.advance(Duration.ofSeconds(20));

        assertThat(new AuditFile(file()).verify())
                .isInstanceOfSatisfying(
                        AuditFile.Verification.Good.class,
                        good -> assertThat(good.unsigned()).isZero());
        log.close();
        assertThat(Logs.types(file())).hasSize(3);
    }

    @Test
    void entriesThatNobodySignedBeforeACrashAreKeptAndCounted() {
        Path file = Logs.write(folder, 3, 1);
        byte[] log = Logs.octets(file);
        List<Logs.Place> places = Logs.places(log);
        byte[] tail = new AuditEntry(5, clock.instant(), ClockState.UNKNOWN, 1, Logs.command(9)).encode();
        ByteBuffer record = ByteBuffer.allocate(tail.length + LogFormat.RECORD_HEADER + LogFormat.CHECK);
        record.put(LogFormat.ENTRY).putShort((short) tail.length).put(tail);
        Logs.mend(record.array());
        List<byte[]> records = new ArrayList<>(
                places.stream().map(place -> Logs.record(log, place)).toList());
        records.add(record.array());
        Logs.put(file, Logs.of(log, records));

        assertThat(Logs.verify(file))
                .isInstanceOfSatisfying(
                        AuditFile.Verification.Good.class,
                        good -> assertThat(good.unsigned()).isEqualTo(1));
        open().close();
        assertThat(Logs.types(file))
                .endsWith(
                        AuditEventType.COMMAND_ASKED,
                        AuditEventType.LOG_TAIL_KEPT,
                        AuditEventType.LOG_OPENED,
                        AuditEventType.LOG_CLOSED);
        assertGood(9);
    }

    @Test
    void noEntryHoldsMoreThanNamesAndItsFileIsTheOwners() throws IOException {
        AuditLog log = open();
        CompletableFuture<Void> written = record(log, AuditEvent.of(AuditEventType.PEER_LOST, A1, ""));
        log.close();

        assertThat(written).isCompleted();
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
        assertThat(Files.getPosixFilePermissions(LogFile.beside(file(), ".checkpoint")))
                .hasSize(2);
    }
}
