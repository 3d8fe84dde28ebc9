package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerMemoryFileTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("peers");
    }

    @Test
    void firstMessageOfBeforeARestartIsRefusedAfterIt() {
        Party party = Party.x25519();
        byte[] first;
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            SessionHandshake gateway = SessionHandshake.initiator(party.gateway(SessionPattern.IK));
            first = gateway.start();
            SessionHandshake device =
                    SessionHandshake.responder(party.device(SessionPattern.IK).withMemory(memory));
            assertThat(device.receive(first, Party.NOTHING).send()).isPresent();
        }

        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            SessionHandshake device =
                    SessionHandshake.responder(party.device(SessionPattern.IK).withMemory(memory));
            assertRefused(() -> device.receive(first, Party.NOTHING));
            byte[] next = SessionHandshake.initiator(
                            party.gateway(SessionPattern.IK).withMemory(later()))
                    .start();
            assertThat(device.receive(next, Party.NOTHING).send()).isPresent();
        }
    }

    @Test
    void hybridSuiteThatWasSeenBeforeARestartIsRequiredAfterIt() {
        Party party = Party.x25519();
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            Party.connect(
                            party.gateway(SessionPattern.XX),
                            party.device(SessionPattern.XX).withMemory(memory))
                    .close();
        }

        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertRefused(() -> Party.connect(
                    party.gateway(SessionPattern.XX).withoutHybrid(),
                    party.device(SessionPattern.XX).withMemory(memory)));
        }
    }

    @Test
    void ownTimesGrowOverARestartAlsoWhenTheClockWasSetBack() {
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertThat(memory.nextHelloTime(5_000)).isEqualTo(5_000);
        }
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertThat(memory.nextHelloTime(1_000)).isEqualTo(5_001);
        }
    }

    @Test
    void lineThatWasTornIsLeftOutAndTheOthersStay() throws IOException {
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            memory.advance("cuff-1", 7);
        }
        Files.writeString(file, "hello cuff-1 90", StandardOpenOption.APPEND);

        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertThat(memory.advance("cuff-1", 7)).isFalse();
            assertThat(memory.advance("cuff-1", 8)).isTrue();
        }
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertThat(memory.advance("cuff-1", 8)).isFalse();
        }
    }

    @Test
    void fileStaysSmallHoweverManySessionsThereAre() throws IOException {
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            for (int i = 1; i <= 10_000; i++) {
                assertThat(memory.advance("cuff-" + i % 3, i)).isTrue();
            }
        }

        assertThat(Files.size(file)).isLessThan(30_000);
        try (PeerMemoryFile memory = PeerMemoryFile.open(file)) {
            assertThat(memory.advance("cuff-1", 10_000)).isFalse();
            assertThat(memory.advance("cuff-1", 10_001)).isTrue();
        }
    }

    @Test
    void somethingElseIsRefusedWithFileLineAndRemedy() throws IOException {
        Files.writeString(file, "own 5\nhello cuff-1 soon\n");

        assertThatThrownBy(() -> PeerMemoryFile.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", line 2: expected \"hybrid NAME\"");
        assertThat(Files.readString(file)).as("untouched").isEqualTo("own 5\nhello cuff-1 soon\n");
    }

    @Test
    void nothingIsRememberedThatCannotBeWritten() {
        PeerMemoryFile memory = PeerMemoryFile.open(file);
        memory.close();

        assertThatThrownBy(() -> memory.advance("cuff-1", 7)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> memory.rememberPostQuantum("cuff-1")).isInstanceOf(UncheckedIOException.class);
        assertThat(memory.isPostQuantum("cuff-1")).isFalse();
    }

    @Test
    void namesOfPeersAreForTheOwnerOnly() throws IOException {
        PeerMemoryFile.open(file).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A gateway whose times are later than all before. */
    private static PeerMemory later() {
        PeerMemory memory = PeerMemory.inMemory();
        memory.nextHelloTime(Long.MAX_VALUE / 2);
        return memory;
    }
}
