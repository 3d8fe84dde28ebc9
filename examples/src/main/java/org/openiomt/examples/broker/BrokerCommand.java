package org.openiomt.examples.broker;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the broker as a process of its own. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs an MQTT broker on 127.0.0.1 that asks for client certificates, until Ctrl-C.")
public final class BrokerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "8883",
            description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--certificates",
            required = true,
            description = "The folder that the certificates command has made.")
    private Path certificates = Path.of("");

    @Option(names = "--data", required = true, description = "The folder where it keeps what it has acknowledged.")
    private Path data = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedBroker.Settings settings = new EmbeddedBroker.Settings(
                port, data, DemoCertificates.of(certificates).broker(), "--port");
        try (Lifetime lifetime = Lifetime.begin();
                EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("broker listens on 127.0.0.1:" + broker.port());
            out.flush();
            lifetime.await();
        }
        return 0;
    }
}
