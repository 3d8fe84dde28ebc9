package org.openiomt.examples.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceId;
import org.openiomt.examples.CommandRun;
import org.openiomt.security.audit.AuditLog;
import org.openiomt.security.audit.InclusionProof;
import org.openiomt.security.audit.NoteSigner;
import org.openiomt.security.audit.VerifierKey;

class AuditCommandTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private String key = "";

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("audit.log");
        try (NoteSigner signer = NoteSigner.open(folder.resolve("audit.key"), "log.example/ward");
                AuditLog log = AuditLog.open(file, signer)) {
            key = signer.key().toString();
            for (int i = 0; i < 3; i++) {
                log.record(new AuditEvent(
                                AuditEventType.COMMAND_ASKED,
                                Optional.of(DeviceId.of("pump-1")),
                                "c" + i,
                                "dr\u001B[31m-no\n",
                                "start"))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aSoundLogVerifiesWithItsSizeAndRoot() {
        CommandRun run = CommandRun.of("audit", "verify", file.toString(), "--key", key);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("5 entries, root ")
                .contains("signed by " + key)
                .doesNotContain("own words");
        assertThat(CommandRun.of("audit", "verify", file.toString()).out()).contains("(the log's own words)");
        assertThat(CommandRun.of(
                                "audit",
                                "verify",
                                file.toString(),
                                "--checkpoint",
                                folder.resolve("audit.log.checkpoint").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void everyFlippedOctetEveryCutAndASwapAreFoundAndTheEntryNamed() throws IOException {
        byte[] log = Files.readAllBytes(file);
        for (int i = 0; i < log.length; i += 5) {
            byte[] changed = log.clone();
            changed[i] ^= 0x40;
            Files.write(file, changed);
            assertRefused("octet " + i);
            Files.write(file, Arrays.copyOf(log, i));
            assertRefused("cut at " + i);
        }
        int last = log.length - 200;
        byte[] moved = log.clone();
        System.arraycopy(log, last, moved, last - 100, 100);
        Files.write(file, moved);
        assertRefused("moved");
    }

    private void assertRefused(String what) {
        CommandRun run = CommandRun.of("audit", "verify", file.toString());
        assertThat(run.exitCode()).as(what).isEqualTo(2);
        assertThat(run.err()).as(what).containsPattern("entry \\d+|header at octet|there is no such file");
        assertThat(run.out()).as(what).isEmpty();
    }

    @Test
    void anotherKeyABadKeyAndAMissingFileAreRefused() {
        VerifierKey other = NoteSigner.generate("log.example/ward").key();

        assertThat(CommandRun.of("audit", "verify", file.toString(), "--key", other.toString())
                        .err())
                .contains("and not by " + other);
        assertThat(CommandRun.of("audit", "verify", file.toString(), "--key", "x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("audit", "verify", folder.resolve("none").toString())
                        .err())
                .contains("there is no such file");
        assertThat(CommandRun.of("audit").exitCode()).isEqualTo(2);
    }

    @Test
    void entriesAreShownOneALineAndCannotWriteToTheTerminal() throws IOException {
        CommandRun run = CommandRun.of("audit", "show", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(5);
        assertThat(run.out())
                .contains("COMMAND_ASKED  pump-1  about=c1  by=dr\uFFFD[31m-no\uFFFD  detail=start")
                .contains("LOG_OPENED")
                .doesNotContain("\u001B");

        byte[] log = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(log, log.length - 150));
        CommandRun cut = CommandRun.of("audit", "show", file.toString());
        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.out().lines()).hasSizeBetween(3, 4);
    }

    @Test
    void aProofIsForOneEntry() {
        CommandRun run = CommandRun.of("audit", "prove", file.toString(), "2");

        assertThat(run.exitCode()).isZero();
        assertThat(InclusionProof.parse(run.out()).index()).isEqualTo(2);
        assertThat(CommandRun.of("audit", "prove", file.toString(), "5").exitCode())
                .isEqualTo(2);
    }
}
