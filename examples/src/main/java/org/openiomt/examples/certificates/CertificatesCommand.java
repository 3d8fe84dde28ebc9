package org.openiomt.examples.certificates;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.security.identity.DevelopmentAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the certificates for a broker, a gateway and an application that are processes of their own. */
@Command(
        name = "certificates",
        mixinStandardHelpOptions = true,
        description = {
            "Makes certificates for the other commands: one folder each for the broker, the gateway and the application, "
                    + "issued by a development authority that is forgotten at once.",
            "In them are also the keys of what is sealed from end to end: the gateway signs and seals for the application, "
                    + "which alone can open it.",
            "For demonstrations on one machine only."
        })
public final class CertificatesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Where to write them; must be absent or empty.")
    private Path folder = Path.of("certificates");

    @Option(
            names = "--days",
            defaultValue = "7",
            description = "How long they are valid, 1 to 31 days. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Override
    public Integer call() {
        if (days < 1 || days > DevelopmentAuthority.MAX_LIFETIME.toDays()) {
            throw new BadInputException(
                    "--days: expected 1.." + DevelopmentAuthority.MAX_LIFETIME.toDays() + ", but got " + days);
        }
        DemoCertificates.create(folder, Clock.systemUTC(), Duration.ofDays(days));
        PrintWriter out = spec.commandLine().getOut();
        out.println("certificates and keys for broker, gateway and application are in " + folder.toAbsolutePath());
        out.flush();
        return 0;
    }
}
