package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what devices measure. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Connects to Bluetooth devices, again and again where one goes away, and prints what they measure as it comes.",
            "States of devices and what was not understood go to the error stream."
        },
        footer = {"", "Example: watch --device 00:1A:7D:DA:71:13", "", "Exit codes: 0 ended, 1 failed, 2 wrong options."
        })
public final class WatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NearbyDevices devices = new NearbyDevices();

    @Mixin
    private ChosenDevice chosen = new ChosenDevice();

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds instead of at Ctrl-C.")
    private Optional<Integer> seconds = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new BadInputException("--seconds: expected at least 1, but got " + seconds.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("watch", 2));
            open.add(new Live(devices.open(open, scheduler, err), chosen, out, err));
            seconds.ifPresent(end -> scheduler.schedule(Duration.ofSeconds(end), lifetime::stop));
            lifetime.await();
        }
        return 0;
    }
}
