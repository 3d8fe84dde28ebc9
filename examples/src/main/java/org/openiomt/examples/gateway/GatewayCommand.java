package org.openiomt.examples.gateway;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.ble.Ble;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.RecordLog;
import org.openiomt.examples.demo.VirtualWard;
import org.openiomt.mqtt.broker.BrokerState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway, with its virtual patients, as a process of its own. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a gateway with six virtual patients that delivers to a broker, until Ctrl-C.",
            "What it stores and sends is sealed for the application: neither broker nor gateway can open it.",
            "What it has accepted is in its folder and is delivered by the next run, however this one ends.",
            "Start the application before it: a broker keeps nothing for those who have not subscribed yet."
        })
public final class GatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerAddress broker = new BrokerAddress();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Where it keeps what is not delivered.")
    private Path data = Path.of("");

    @Option(
            names = "--accepted-log",
            paramLabel = "FILE",
            description = "Append '<device> <observation id>' for each accepted observation, on disk at once.")
    private Optional<Path> acceptedLog = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Optional<RecordLog> log = acceptedLog.map(file -> open.add(RecordLog.open(file)));
            VirtualWard patients = open.add(new VirtualWard(System.nanoTime()));
            GatewaySide gateway = open.add(GatewaySide.start(
                    new GatewaySide.Settings(
                            Ble.simulated(patients.air()),
                            patients.ward().subjects(),
                            patients::guard,
                            broker.gatewayKeys(),
                            data,
                            broker.asGateway(DemoCertificates.GATEWAY)),
                    new Reporter(out, log)));
            lifetime.report(out, Optional.empty(), gateway::summary);
        }
        return 0;
    }

    /** Writes down what is accepted, and says when the broker or the disk is in the way. */
    private record Reporter(PrintWriter out, Optional<RecordLog> log) implements GatewaySide.Listener {
        @Override
        public void accepted(List<OutboxRecord> records) {
            log.ifPresent(file -> file.append(records.stream()
                    .map(record -> record.device() + " " + record.id())
                    .toList()));
        }

        @Override
        public void device(DeviceEvent event) {
            if (event instanceof DeviceEvent.Delayed delayed) {
                say(delayed.device() + ": "
                        + (delayed.waiting() == 0
                                ? "readings can be stored again"
                                : delayed.waiting() + " readings wait in memory, they cannot be stored: "
                                        + delayed.reason()));
            } else if (event instanceof DeviceEvent.Dropped dropped) {
                say(dropped.device() + ": " + dropped.count() + " readings are lost: " + dropped.reason());
            }
        }

        @Override
        public void broker(BrokerState state) {
            say(
                    state instanceof BrokerState.Disconnected gone
                            ? "broker not connected: " + gone.reason()
                            : "broker connected");
        }

        private void say(String text) {
            synchronized (out) {
                out.println(text);
                out.flush();
            }
        }
    }
}
