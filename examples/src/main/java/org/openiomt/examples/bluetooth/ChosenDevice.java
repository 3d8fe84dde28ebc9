package org.openiomt.examples.bluetooth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.cli.Each;
import picocli.CommandLine.Option;

/** The option of a command that can keep to one device. */
public final class ChosenDevice {
    @Option(
            names = "--device",
            paramLabel = "NAME|ADDRESS",
            description = "Keep to the device of this name or address. Default: every device that has a driver.")
    private Optional<String> device = Optional.empty();

    /** Whether a device is the chosen one; each is when none was chosen. */
    public boolean is(Discovery seen) {
        return device.isEmpty()
                || seen.address().equalsIgnoreCase(device.get())
                || seen.name().equals(device);
    }

    /** Whether one was chosen. */
    boolean isOne() {
        return device.isPresent();
    }

    /** Waits until it is seen. */
    Discovery find(Transport transport, Duration within) {
        CompletableFuture<Discovery> found = new CompletableFuture<>();
        Each.of(transport.discoveries(), seen -> {
            if (is(seen)) {
                found.complete(seen);
            }
        });
        return Answers.of(found, within, "a sign of " + device.orElse("any device"));
    }
}
