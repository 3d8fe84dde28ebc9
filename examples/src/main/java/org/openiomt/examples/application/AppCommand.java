package org.openiomt.examples.application;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.examples.audit.AuditFolder;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.RecordLog;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.consume.Delivery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the application's side as a process of its own. */
@Command(
        name = "app",
        mixinStandardHelpOptions = true,
        description =
                "Takes readings from a broker, opens them, each once and in the order of its device, until Ctrl-C.")
public final class AppCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerAddress broker = new BrokerAddress();

    @Option(names = "--json", description = "Print each reading as a line of JSON; wave forms are left out.")
    private boolean isJson;

    @Option(
            names = "--delivered-log",
            paramLabel = "FILE",
            description =
                    "Append '<device> <observation id> <epoch> <sequence>' for each observation, in the order of arrival.")
    private Optional<Path> deliveredLog = Optional.empty();

    @Option(
            names = "--audit",
            paramLabel = "FOLDER",
            description = "Keep an audit log of what was refused in this folder, for the audit command.")
    private Optional<Path> audit = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Optional<RecordLog> log = deliveredLog.map(file -> open.add(RecordLog.open(file)));
            AuditSink refusals = audit.<AuditSink>map(
                            folder -> AuditFolder.open(open, folder, DemoCertificates.APPLICATION))
                    .orElse(AuditSink.NONE);
            ApplicationSide application = open.add(ApplicationSide.start(
                    broker.asApplication(DemoCertificates.APPLICATION),
                    broker.applicationKeys(),
                    refusals,
                    delivery -> take(delivery, log, out),
                    state -> say(state, out)));
            if (isJson) {
                lifetime.await();
            } else {
                lifetime.report(out, Optional.empty(), application::summary);
            }
        }
        return 0;
    }

    private void take(Delivery delivery, Optional<RecordLog> log, PrintWriter out) {
        log.ifPresent(file -> file.append(List.of(delivery.observation().device() + " "
                + delivery.observation().id() + " " + delivery.epoch() + " " + delivery.sequence())));
        if (isJson && delivery.lane() == Lane.CLINICAL) {
            out.println(ObservationJson.write(delivery.observation()));
            out.flush();
        }
    }

    private void say(BrokerState state, PrintWriter out) {
        if (!isJson) {
            out.println(
                    state instanceof BrokerState.Disconnected gone
                            ? "broker not connected: " + gone.reason()
                            : "broker connected");
            out.flush();
        }
    }
}
