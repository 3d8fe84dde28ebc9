package org.openiomt.examples.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.examples.CommandRun;

class CertificatesCommandTest {
    @TempDir
    private Path folder;

    @Test
    void folderHoldsOneIdentityForEachPart() {
        CommandRun run = CommandRun.of("certificates", folder.resolve("new").toString());
        DemoCertificates made = DemoCertificates.of(folder.resolve("new"));

        assertThat(run.exitCode()).isZero();
        assertThat(made.gateway(Clock.systemUTC()).identity().name()).isEqualTo("gateway");
        assertThat(made.application(Clock.systemUTC()).identity().name()).isEqualTo("application");
        assertThat(made.broker().keyStore()).exists();
    }

    @Test
    void folderThatHoldsSomethingIsLeftAlone() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "mine");
        CommandRun run = CommandRun.of("certificates", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a new or an empty folder");
        assertThat(folder).isDirectoryContaining(kept::equals);
    }

    @Test
    void lifetimeOutOfRangeIsRefused() {
        CommandRun run = CommandRun.of("certificates", folder.toString(), "--days", "400");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--days: expected 1..31, but got 400");
    }

    @Test
    void folderWithoutCertificatesIsSaidToTheBroker() {
        CommandRun run = CommandRun.of(
                "broker",
                "--certificates",
                folder.toString(),
                "--data",
                folder.resolve("data").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(folder.resolve("broker").toString()).contains("certificates command");
    }
}
