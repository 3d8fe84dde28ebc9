package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.cli.Ending;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private Ending ending = new Ending();

    @Override
    public Integer call() throws InterruptedException {
        Optional<Duration> end = ending.after();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("watch", 2));
            open.add(new Live(devices.open(open, scheduler, err), chosen, out, err));
            end.ifPresent(delay -> scheduler.schedule(delay, lifetime::stop));
            lifetime.await();
        }
        return 0;
    }
}
