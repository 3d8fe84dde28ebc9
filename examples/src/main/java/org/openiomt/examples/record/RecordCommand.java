package org.openiomt.examples.record;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.simulate.VirtualFleet;
import org.openiomt.testkit.transcript.RecordingTransport;
import org.openiomt.testkit.transcript.TranscriptWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    private static final int MAX_DEVICES = 100;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The new file of the transcript; one that exists is never replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--simulated",
            paramLabel = "N",
            description = "Record N virtual devices that measure once a second, 1 to 100. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    private int simulated;

    @Option(
            names = "--device",
            paramLabel = "NAME|ADDRESS",
            description = "Record the device of this name or address only. Default: every device that has a driver.")
    private Optional<String> device = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds instead of at Ctrl-C.")
    private Optional<Integer> seconds = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        if (simulated < 1 || simulated > MAX_DEVICES) {
            throw new BadInputException("--simulated: expected 1.." + MAX_DEVICES + ", but got " + simulated);
        }
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new BadInputException("--seconds: expected at least 1, but got " + seconds.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AtomicLong readings = new AtomicLong();
        Optional<IOException> fault;
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("record", 2));
            TranscriptWriter writer = open.add(writer(scheduler, lifetime));
            Transport transport = new RecordingTransport(transport(open, scheduler), writer, this::isAskedFor);
            Gateway gateway = open.add(Gateway.builder()
                    .transport(transport)
                    .filter(this::isAskedFor)
                    .build()
                    .onObservation(observation -> {
                        readings.incrementAndGet();
                        print(out, observation.device() + "  " + ObservationText.line(observation));
                    })
                    .onEvent(event -> report(event, err))
                    .start());
            seconds.ifPresent(end -> scheduler.schedule(Duration.ofSeconds(end), lifetime::stop));
            lifetime.await();
            gateway.close();
            fault = writer.fault();
        }
        if (fault.isPresent()) {
            throw new CommandFailedException(
                    file + ": the transcript ends too early: " + fault.get().getMessage());
        }
        print(err, "recorded " + readings + " readings in " + file + "; it is personal data");
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

    private Transport transport(Open open, Scheduler scheduler) {
        VirtualAir air = open.add(new VirtualAir(scheduler));
        VirtualFleet fleet = new VirtualFleet(air, simulated);
        open.add(new Timetable(scheduler)).every(PERIOD, PERIOD, fleet::measure);
        return Ble.simulated(air);
    }

    private boolean isAskedFor(Discovery discovery) {
        return device.isEmpty()
                || discovery.address().equalsIgnoreCase(device.get())
                || discovery.name().equals(device);
    }

    private static void report(DeviceEvent event, PrintWriter err) {
        if (event instanceof DeviceEvent.StateChanged || event instanceof DeviceEvent.FrameRefused) {
            print(err, event.device() + "  " + event);
        }
    }

    private static void print(PrintWriter to, String line) {
        synchronized (to) {
            to.println(line);
            to.flush();
        }
    }
}
