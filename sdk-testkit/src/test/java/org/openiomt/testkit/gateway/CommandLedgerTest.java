package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.IomtException;
import org.openiomt.core.gateway.CommandLedger;
import org.openiomt.core.gateway.FileCommandLedger;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

class CommandLedgerTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    private Path path() {
        return directory.resolve("commands");
    }

    private Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(1));
    }

    @Test
    void anIdIsClaimedOnceAlsoAfterARestart() {
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-1", soon())).isTrue();
            assertThat(ledger.claim("bolus-1", soon())).isFalse();
        }
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-1", soon())).isFalse();
            assertThat(ledger.claim("bolus-2", soon())).isTrue();
        }
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-2", soon())).isFalse();
        }
    }

    @Test
    void aTornLineIsCutOffAndTheOthersStand() throws IOException {
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            ledger.claim("bolus-1", soon());
        }
        Files.writeString(path(), "2026-01-01T00", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-1", soon())).isFalse();
            ledger.claim("bolus-2", soon());
        }
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-2", soon())).isFalse();
        }
    }

    @Test
    void aDamagedLedgerIsNotOpened() throws IOException {
        Files.writeString(path(), "no expiry\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> FileCommandLedger.open(path(), clock)).isInstanceOf(IomtException.class);
        Files.delete(path());
        FileCommandLedger.open(path(), clock).close();
    }

    @Test
    void oneAtATimeHasALedger() {
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(ledger.claim("bolus-1", soon())).isTrue();
            assertThatThrownBy(() -> FileCommandLedger.open(path(), clock)).hasMessageContaining("somebody else");
            assertThat(ledger.claim("bolus-2", soon())).as("unharmed").isTrue();
        }
    }

    @Test
    void whatExpiredADayAgoLeavesTheFile() throws IOException {
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            ledger.claim("old", soon());
        }
        clock.advance(Duration.ofHours(CommandLedger.KEPT_HOURS).plusMinutes(2));
        FileCommandLedger.open(path(), clock).close();
        assertThat(Files.readString(path(), StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void moreThanCanBeRememberedAreRefusedUntilTheOldOnesMayBeForgotten() {
        CommandLedger ledger = CommandLedger.inMemory(clock);
        for (int i = 0; i < CommandLedger.MOST; i++) {
            assertThat(ledger.claim("c" + i, soon())).isTrue();
        }
        assertThatThrownBy(() -> ledger.claim("one more", soon())).isInstanceOf(IllegalStateException.class);
        clock.advance(Duration.ofHours(CommandLedger.KEPT_HOURS).plusMinutes(2));
        assertThat(ledger.claim("one more", soon())).isTrue();
    }

    private CommandResult run(CommandLedger ledger, String id) {
        LoopbackTransport transport = new LoopbackTransport(clock);
        try (Gateway gateway = Gateway.builder()
                .transport(transport)
                .driver(new CounterDriver("test.counter", 50))
                .scheduler(clock)
                .commandPolicy(command -> Optional.empty())
                .commandLedger(ledger)
                .build()
                .start()) {
            transport.show(new LoopbackDevice(clock, "A1", "counter")
                    .with("count", new byte[0])
                    .with("wave", new byte[0])
                    .with("control", new byte[0]));
            clock.runUntilIdle();
            Command command = new Command(id, DeviceId.of("A1"), "reset", Map.of(), soon(), "nurse");
            var result = gateway.execute(command).toCompletableFuture();
            clock.runUntilIdle();
            assertThat(result).isDone();
            return result.join();
        }
    }

    @Test
    void aCommandIsNotRunAgainByAGatewayThatWasStartedAnew() {
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(run(ledger, "c-1")).isEqualTo(new CommandResult.Done());
        }
        try (FileCommandLedger ledger = FileCommandLedger.open(path(), clock)) {
            assertThat(run(ledger, "c-1"))
                    .isEqualTo(new CommandResult.Refused("a command of this id was run before", -1));
            assertThat(run(ledger, "c-2")).isEqualTo(new CommandResult.Done());
        }
    }

    @Test
    void aCommandThatCannotBeRememberedIsRefused() {
        CommandLedger broken = (id, expiresAt) -> {
            throw new IllegalStateException("disk full");
        };
        assertThat(run(broken, "c-1")).isEqualTo(new CommandResult.Refused("the command could not be remembered", -1));
    }
}
