package org.openiomt.examples.record;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.bluetooth.ChosenDevice;
import org.openiomt.examples.bluetooth.Live;
import org.openiomt.examples.bluetooth.NearbyDevices;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Ending;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.testkit.transcript.RecordingTransport;
import org.openiomt.testkit.transcript.TranscriptWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes down what happens between live devices and their drivers. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Connects to devices, prints what they measure, and writes a transcript: each thing that is seen, asked,"
                    + " answered and announced, with its time and its octets (docs/transcript.md). The replay command"
                    + " plays it.",
            "",
            "A transcript holds what devices measured, and their addresses: it is personal data. Keep it as you keep a"
                    + " patient's record, and publish none that you have not read."
        },
        footer = {"", "Exit codes: 0 recorded, 1 failed, 2 the options are wrong or the file exists."})
public final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The new file of the transcript; one that exists is never replaced.")
    private Path file = Path.of("");

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
        long readings;
        Optional<IOException> fault;
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("record", 2));
            Transport transport = devices.open(open, scheduler, err);
            TranscriptWriter writer = open.add(writer(scheduler, lifetime));
            Live live = open.add(new Live(new RecordingTransport(transport, writer, chosen::is), chosen, out, err));
            end.ifPresent(delay -> scheduler.schedule(delay, lifetime::stop));
            lifetime.await();
            live.close();
            readings = live.readings();
            fault = writer.fault();
        }
        if (fault.isPresent()) {
            throw new CommandFailedException(
                    file + ": the transcript ends too early: " + fault.get().getMessage());
        }
        err.println("recorded " + readings + " readings in " + file + "; it is personal data");
        err.flush();
        return 0;
    }

    private TranscriptWriter writer(Scheduler scheduler, Lifetime lifetime) {
        try {
            return TranscriptWriter.create(file, scheduler.clock(), fault -> lifetime.stop());
        } catch (FileAlreadyExistsException e) {
            throw new BadInputException(file + ": there is such a file already, and it is not replaced", e);
        } catch (IOException e) {
            throw new BadInputException(file + ": expected a file that can be written: " + e.getMessage(), e);
        }
    }
}
