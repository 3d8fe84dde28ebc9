package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.testkit.ManualClock;
import org.openiomt.testkit.transcript.RecordingTransport;
import org.openiomt.testkit.transcript.ReplayTransport;
import org.openiomt.testkit.transcript.Transcript;
import org.openiomt.testkit.transcript.TranscriptWriter;

/** Stages of what a kind of stage has: live ones, written down where somebody asks for it, and such that play what was written. */
final class Stages {
    /** The folder into which live stages write transcripts; they write none unless it is set. */
    private static final String RECORD = "openiomt.scenario.record";

    private Stages() {}

    /**
     * Returns a live stage.
     *
     * @param scenario the name of the scenario, and of the file of its transcript
     * @param origin where the transcript comes from, for its first line
     * @param transports makes a way to the devices each time
     * @param requests does what is asked for
     * @param end ends what is behind it
     */
    static Stage live(
            String scenario,
            String origin,
            Scheduler scheduler,
            Supplier<Transport> transports,
            Function<String, CompletionStage<String>> requests,
            Runnable end) {
        Transport control = new ControlTransport(requests);
        String folder = System.getProperty(RECORD);
        if (folder == null) {
            return new Common(scheduler, transports, control, end);
        }
        TranscriptWriter writer = create(Path.of(folder, scenario + ".txt"), scheduler);
        writer.comment("Scenario " + scenario + ", recorded from " + origin + "; measured by nobody.");
        return new Common(
                scheduler,
                () -> new RecordingTransport(transports.get(), writer, any -> true),
                new RecordingTransport(control, writer, any -> true),
                () -> {
                    end.run();
                    writer.close();
                    assertThat(writer.fault()).isEmpty();
                });
    }

    /** Returns a stage that plays the transcript of a scenario. */
    static Stage replayed(Transcript transcript) {
        ManualClock clock = new ManualClock(transcript.begins().orElseThrow());
        ReplayTransport replay = new ReplayTransport(transcript, clock, 1);
        Transport shared = new Transport() {
            @Override
            public Flow.Publisher<Discovery> discoveries() {
                return replay.discoveries();
            }

            @Override
            public CompletionStage<Link> open(Discovery device) {
                return replay.open(device);
            }

            /** The next part of the scenario goes on with the same transcript. */
            @Override
            public void close() {}
        };
        return new Common(clock, () -> shared, shared, () -> {
            clock.advance(Duration.ofMinutes(1));
            Optional<String> fault = replay.fault();
            replay.close();
            assertThat(fault).isEmpty();
        });
    }

    private static TranscriptWriter create(Path file, Scheduler scheduler) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            return TranscriptWriter.create(file, scheduler.clock(), fault -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Common implements Stage {
        private final Scheduler scheduler;
        private final Supplier<Transport> transports;
        private final Runnable end;
        private final Link control;

        Common(Scheduler scheduler, Supplier<Transport> transports, Transport control, Runnable end) {
            this.scheduler = scheduler;
            this.transports = transports;
            this.end = end;
            CompletionStage<Link> opened = control.open(ControlTransport.DIRECTOR);
            assertThat(scheduler.await(opened, Duration.ofSeconds(10))).isTrue();
            this.control = opened.toCompletableFuture().join();
        }

        @Override
        public Scheduler scheduler() {
            return scheduler;
        }

        @Override
        public Transport transport() {
            return transports.get();
        }

        @Override
        public CompletionStage<String> asking(String request) {
            return control.read(Channel.of(request)).thenApply(octets -> new String(octets, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            control.close();
            end.run();
        }
    }
}
