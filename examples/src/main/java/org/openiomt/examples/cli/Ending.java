package org.openiomt.examples.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When a command ends that goes on until Ctrl-C otherwise. */
public final class Ending {
    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds instead of at Ctrl-C.")
    private Optional<Integer> seconds = Optional.empty();

    /**
     * Returns after how long the command ends, 1 s or more; empty at Ctrl-C.
     *
     * @throws BadInputException when the option is below 1
     */
    public Optional<Duration> after() {
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new BadInputException("--seconds: expected at least 1, but got " + seconds.get());
        }
        return seconds.map(Duration::ofSeconds);
    }
}
