package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the devices that can be seen. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the Bluetooth devices that can be seen: address, strength in dBm, name, services, and the driver that would read it.",
            "A device is listed again when it says more about itself. Nothing is connected to."
        },
        footer = {"", "Exit codes: 0 ended, 1 failed, 2 wrong options."})
public final class ScanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NearbyDevices devices = new NearbyDevices();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to look. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1) {
            throw new BadInputException("--seconds: expected at least 1, but got " + seconds);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<DeviceDriver> drivers = ServiceLoader.load(DeviceDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Map<String, String> listed = new HashMap<>();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("scan", 2));
            Each.of(
                    devices.open(open, scheduler, spec.commandLine().getErr()).discoveries(),
                    seen -> list(seen, drivers, listed, out));
            scheduler.schedule(Duration.ofSeconds(seconds), lifetime::stop);
            lifetime.await();
        }
        out.println(listed.size() + (listed.size() == 1 ? " device" : " devices"));
        out.flush();
        return 0;
    }

    private static void list(Discovery seen, List<DeviceDriver> drivers, Map<String, String> listed, PrintWriter out) {
        String line = "%s  %s  %s".formatted(seen.name().orElse("(no name)"), services(seen), driver(seen, drivers));
        if (line.equals(listed.put(seen.address(), line))) {
            return;
        }
        String signal = seen.signal().isPresent() ? seen.signal().getAsInt() + " dBm" : "-";
        out.println(seen.address() + "  " + signal + "  " + line);
        out.flush();
    }

    private static String services(Discovery seen) {
        return seen.services().isEmpty()
                ? "(no services)"
                : String.join(" ", seen.services().stream().sorted().toList());
    }

    private static String driver(Discovery seen, List<DeviceDriver> drivers) {
        return drivers.stream()
                .filter(driver -> driver.match(seen).score() > 0)
                .max(Comparator.comparingInt(driver -> driver.match(seen).score()))
                .map(driver -> driver.info().title())
                .orElse("(no driver)");
    }
}
