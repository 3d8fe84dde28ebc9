package org.openiomt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    @Test
    void helpOfEveryCommandSaysWhatItDoes() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            CommandRun run = CommandRun.of(command.getCommandName(), "--help");

            assertThat(run.exitCode()).as(command.getCommandName()).isZero();
            assertThat(run.out()).startsWith("Usage: openiomt " + command.getCommandName());
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandName())
                    .isNotEmpty();
        }
    }

    @Test
    void noCommandShowsTheHelpAndFails() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: openiomt").contains("certificates");
    }

    @Test
    void unknownCommandAndOptionAreNamed() {
        assertThat(CommandRun.of("dmeo").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("dmeo").err()).contains("'dmeo'");
        assertThat(CommandRun.of("broker", "--nope").exitCode()).isEqualTo(2);
    }
}
