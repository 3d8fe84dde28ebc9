package org.openiomt.examples.simulate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.AnyBroker;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.Ending;
import org.openiomt.examples.cli.Folders;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.broker.BrokerState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets virtual devices publish to a broker. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Lets virtual devices (cuffs, oximeters, heart rate straps, thermometers) publish to a broker, "
                    + "through a gateway with a durable outbox.",
            "With --certificates the broker must ask for certificates, as that of the broker command does, and only the "
                    + "application can read; with --plain everybody can."
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_DEVICES = 5_000;
    private static final double MAX_RATE = 50;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AnyBroker broker = new AnyBroker();

    @Option(names = "--devices", defaultValue = "10", description = "How many, 1 to 5000. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(
            names = "--rate",
            defaultValue = "1",
            description = "Measurements of each device in a second, 0.001 to 50. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Mixin
    private Ending ending = new Ending();

    @Option(
            names = "--gateway",
            defaultValue = DemoCertificates.SIMULATOR,
            paramLabel = "NAME",
            description = "The gateway's name in topics; the application believes those in its folder publishers. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String gatewayName = DemoCertificates.SIMULATOR;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Keep what is not delivered in this folder; without it that is deleted at the end.")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        check();
        Optional<Duration> end = ending.after();
        PrintWriter out = spec.commandLine().getOut();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Folders folders = open.add(Folders.open(data));
            Scheduler scheduler = open.add(Scheduler.system("virtual-fleet", 1));
            VirtualAir air = open.add(new VirtualAir(scheduler));
            VirtualFleet fleet = new VirtualFleet(air, devices);
            GatewaySide gateway = open.add(GatewaySide.start(
                    new GatewaySide.Settings(
                            Ble.simulated(air),
                            Subjects.UNKNOWN,
                            device -> Optional.empty(),
                            broker.gatewayKeys(),
                            folders.work(),
                            broker.asGateway(gatewayName)),
                    new BrokerReporter(spec.commandLine().getErr())));
            Duration period = Duration.ofNanos((long) (1e9 / rate));
            open.add(new Timetable(scheduler)).every(Duration.ofSeconds(1), period, fleet::measure);
            lifetime.report(out, end, () -> devices + " devices: " + gateway.summary());
        }
        return 0;
    }

    /** Says why the broker cannot be reached; what is measured meanwhile waits. */
    private record BrokerReporter(PrintWriter err) implements GatewaySide.Listener {
        @Override
        public void broker(BrokerState state) {
            if (state instanceof BrokerState.Disconnected gone
                    && gone.nextAttempt().isPresent()) {
                err.println("broker not connected: " + gone.reason());
                err.flush();
            }
        }
    }

    private void check() {
        if (devices < 1 || devices > MAX_DEVICES) {
            throw new BadInputException("--devices: expected 1.." + MAX_DEVICES + ", but got " + devices);
        }
        if (!(rate >= 0.001 && rate <= MAX_RATE)) {
            throw new BadInputException("--rate: expected 0.001..50, but got " + rate);
        }
    }
}
