package org.openiomt.examples.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.ble.Ble;
import org.openiomt.examples.cli.Ending;
import org.openiomt.examples.cli.Folders;
import org.openiomt.examples.cli.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs everything in one process, with a page to look at. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs six virtual patients, a gateway, a broker, an application and a page that shows them, until Ctrl-C.",
            "The page has a button that stops the broker for 10 seconds: readings wait in the gateway, and arrive late."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "The port of the page on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--broker-port",
            defaultValue = "0",
            description = "The port of the broker on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int brokerPort;

    @Mixin
    private Ending ending = new Ending();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Keep outbox, broker and the keys that open them in this folder; without it they are deleted at the end.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same number gives the same patients. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        Optional<Duration> end = ending.after();
        PrintWriter out = spec.commandLine().getOut();
        try (Lifetime lifetime = Lifetime.begin();
                Folders folders = Folders.open(data);
                VirtualWard patients = new VirtualWard(seed);
                WholeWay demo = WholeWay.start(
                        new WholeWay.Settings(Optional.of(port), brokerPort, folders.work(), folders.secret(), OUTAGE),
                        new WholeWay.Source(Ble.simulated(patients.air()), patients.ward(), patients::guard),
                        observation -> {})) {
            demo.page().ifPresent(page -> out.println("The page: " + page));
            out.println("Ctrl-C ends it.");
            out.flush();
            lifetime.report(out, end, demo::summary);
        }
        return 0;
    }
}
