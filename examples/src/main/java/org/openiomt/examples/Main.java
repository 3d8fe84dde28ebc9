package org.openiomt.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.openiomt.core.IomtException;
import org.openiomt.examples.application.AppCommand;
import org.openiomt.examples.application.SubscribeCommand;
import org.openiomt.examples.audit.AuditCommand;
import org.openiomt.examples.bluetooth.ReadCommand;
import org.openiomt.examples.bluetooth.ScanCommand;
import org.openiomt.examples.bluetooth.WatchCommand;
import org.openiomt.examples.broker.BrokerCommand;
import org.openiomt.examples.certificates.CertificatesCommand;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.decode.DecodeCommand;
import org.openiomt.examples.demo.DemoCommand;
import org.openiomt.examples.gateway.GatewayCommand;
import org.openiomt.examples.record.RecordCommand;
import org.openiomt.examples.replay.ReplayCommand;
import org.openiomt.examples.simulate.SimulateCommand;
import org.openiomt.examples.wifi.WifiCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 the input or the options are wrong. */
@Command(
        name = "openiomt",
        description = "The Internet of Medical Things, from a device's octets to a doctor's screen, without hardware.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            DecodeCommand.class,
            ScanCommand.class,
            ReadCommand.class,
            WatchCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            SimulateCommand.class,
            GatewayCommand.class,
            AppCommand.class,
            SubscribeCommand.class,
            BrokerCommand.class,
            CertificatesCommand.class,
            AuditCommand.class,
            WifiCommand.class
        })
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // The broker frees buffers that Netty has not made. From JDK 25 on Netty does that only when it is told to use
        // Unsafe.
        System.getProperties().putIfAbsent("io.netty.noUnsafe", "false");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Shows the help when no command is named. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Says in one line what the user can mend; a fault of ours keeps its stack trace. */
    private static int report(Exception fault, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        boolean isBadInput = fault instanceof BadInputException;
        if (isBadInput || fault instanceof CommandFailedException || fault instanceof IomtException) {
            err.println(fault.getMessage());
        } else {
            err.println("this is a fault in " + command.getCommandName() + ", please report it:");
            fault.printStackTrace(err);
        }
        err.flush();
        return isBadInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"OpenIoMT " + (version == null ? "(not packaged)" : version)};
        }
    }
}
