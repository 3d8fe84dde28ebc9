package org.openiomt.examples.replay;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.gateway.DeviceSnapshot;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Folders;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.demo.WholeWay;
import org.openiomt.testkit.transcript.ReplayTransport;
import org.openiomt.testkit.transcript.Transcript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a recording through the whole way. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a recording by virtual devices through gateway, outbox, broker and application, and prints what"
                    + " arrives as lines of JSON, or shows it on a page.",
            "",
            "FILE is a PhysioNet (WFDB) header, *.hea: numerics with SpO2 and PULSE are played by an oximeter, NBPSys,"
                    + " NBPDias and NBPMean by a cuff, and the first wave in mV by an ECG patch. Any other FILE is a"
                    + " transcript, as the record command writes it (docs/transcript.md): its devices answer the drivers"
                    + " as they did then, and a driver that asks for something else is reported. A transcript may also"
                    + " hold values only, one a line; virtual devices announce them:",
            "",
            "  transcript 1",
            "  0.0 cuff < value 1810/2a35 167C0056006100E807060F11111B33000000",
            "  1.5 oximeter < value 1822/2a5f 00 61 00 42 00",
            "",
            "Recordings hold what devices measured: they are personal data."
        },
        footer = {"", "Exit codes: 0 played, 1 failed, 2 the file cannot be read or is something else."})
public final class ReplayCommand implements Callable<Integer> {
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path file = Path.of("");

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How much faster than it was recorded. Default: 1; for numerics one row a second.")
    private Optional<Double> speed = Optional.empty();

    @Option(names = "--page", description = "Show the recording on a page, until Ctrl-C, instead of printing it.")
    private boolean isPage;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "The port of the page on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        if (speed.isPresent() && !(speed.get() > 0 && speed.get() <= 1e6)) {
            throw new BadInputException("--speed: expected more than 0, at most 1000000, but got " + speed.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("replay", 2));
            VirtualAir air = open.add(new VirtualAir(scheduler));
            Recording recording = prepare(air, scheduler);
            Transport transport =
                    recording.replay().<Transport>map(replay -> replay).orElseGet(() -> Ble.simulated(air));
            recording.devices().forEach(open::add);
            recording.remarks().forEach(err::println);
            err.flush();
            Folders folders = open.add(Folders.open(Optional.empty()));
            WholeWay way = open.add(WholeWay.start(
                    new WholeWay.Settings(
                            isPage ? Optional.of(port) : Optional.empty(), 0, folders.work(), folders.secret(), OUTAGE),
                    new WholeWay.Source(transport, recording.ward(), recording.guards()),
                    observation -> print(observation, out)));
            way.gateway().gateway().onEvent(event -> report(event, err));
            way.page().ifPresent(page -> out.println("The page: " + page));
            out.flush();
            Player player = new Player(
                    scheduler,
                    speed.orElse(recording.usualSpeed()),
                    new Player.Arrival(way.board()::progress, way.board()::waiting));
            int devices = recording.devices().size();
            CompletionStage<Void> linksPlayed =
                    recording.replay().map(ReplayTransport::played).orElse(CompletableFuture.completedFuture(null));
            CompletableFuture<Void> played = linksPlayed
                    .thenCompose(nothing -> player.play(
                            recording.steps(), () -> recording.replay().isPresent() || isReady(way, devices)))
                    .toCompletableFuture();
            CompletionStage<Void> over = played;
            over.whenComplete((nothing, fault) -> {
                if (!isPage || fault != null) {
                    lifetime.stop();
                }
            });
            lifetime.await();
            way.gateway().gateway().close(); // a driver may still hold a reading that waited for its context
            CompletableFuture<Void> arrived = player.arrived();
            await(arrived);
            err.println(way.summary());
            rethrow(played);
            rethrow(arrived);
            requireWhole(recording, played.isDone());
        }
        return 0;
    }

    /** Requires that the drivers have asked for all that stands in a transcript, unless the user did not wait for its end. */
    private static void requireWhole(Recording recording, boolean isPlayed) {
        Optional<String> fault = recording.replay().flatMap(ReplayTransport::fault);
        if (isPlayed && fault.isPresent()) {
            throw new CommandFailedException("the recording was played, but not as it was recorded: " + fault.get());
        }
    }

    private Recording prepare(VirtualAir air, Scheduler scheduler) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".hea")) {
            return WfdbPlayer.prepare(WfdbRecord.read(file), air);
        }
        Transcript transcript = Recordings.transcript(file);
        return transcript.isValuesOnly()
                ? TranscriptPlayer.prepare(transcript, air)
                : LinkPlayer.prepare(transcript, scheduler, speed.orElse(1.0));
    }

    private static boolean isReady(WholeWay way, int devices) {
        return way.gateway().gateway().devices().stream()
                        .map(DeviceSnapshot::state)
                        .filter(DeviceState.READY::equals)
                        .count()
                == devices;
    }

    private void print(Observation observation, PrintWriter out) {
        if (!isPage) {
            synchronized (out) {
                out.println(ObservationJson.write(observation));
                out.flush();
            }
        }
    }

    /** Says what was not understood, or lost. */
    private static void report(DeviceEvent event, PrintWriter err) {
        String what = "";
        if (event instanceof DeviceEvent.FrameRefused refused) {
            what = "refused, " + refused.channel() + ": " + refused.reason();
        } else if (event instanceof DeviceEvent.FrameOdd odd) {
            what = "odd, " + odd.channel() + ": " + String.join("; ", odd.warnings());
        } else if (event instanceof DeviceEvent.Dropped dropped) {
            what = dropped.count() + " given up: " + dropped.reason();
        } else if (event instanceof DeviceEvent.Unmatched unmatched) {
            what = "not supported: " + unmatched.reason();
        }
        if (!what.isEmpty()) {
            err.println(event.device() + ": " + what);
            err.flush();
        }
    }

    private static void await(CompletableFuture<Void> stage) throws InterruptedException {
        CountDownLatch isOver = new CountDownLatch(1);
        CompletionStage<Void> end = stage;
        end.whenComplete((nothing, fault) -> isOver.countDown());
        isOver.await();
    }

    private static void rethrow(CompletableFuture<Void> played) throws InterruptedException {
        if (!played.isDone()) {
            return;
        }
        try {
            played.get();
        } catch (ExecutionException e) {
            throw new CommandFailedException("the recording could not be played: " + e.getCause(), e);
        }
    }
}
