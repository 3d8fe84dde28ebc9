package org.openiomt.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;
import org.openiomt.testkit.transcript.RecordedSession.Action;

class RecordingTransportTest {
    private static final List<Action> SESSION = List.of(
            Action.SCAN,
            Action.OPEN,
            Action.SUBSCRIBE,
            Action.READ,
            Action.READ_REFUSED,
            Action.WRITE,
            Action.ANNOUNCE,
            Action.ANNOUNCE_TWICE,
            Action.CLOSE,
            Action.OPEN,
            Action.LOSE);

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport air = new LoopbackTransport(clock);
    private final LoopbackDevice device = RecordedSession.device(clock);

    @TempDir
    private Path folder;

    @Test
    void whatHappensIsWrittenAsItHappens() {
        StringWriter text = new StringWriter();
        List<String> recorded = run(new TranscriptWriter(text, clock, fault -> {}));

        assertThat(text.toString().lines().filter(line -> !line.contains(" < opened ")))
                .containsExactly(
                        "transcript 1",
                        "begins 2026-01-01T00:00:00Z",
                        "0.000000000 - > scan",
                        "0.000000000 C0FFEE000001 < seen \"C0:FF:EE:00:00:01\" name \"C0:FF:EE:00:00:01\" service"
                                + " service",
                        "0.000000000 - > rest",
                        "0.010000000 C0FFEE000001 > open",
                        "0.020000000 C0FFEE000001 > subscribe 1 first",
                        "0.020000000 C0FFEE000001 < answer 1",
                        "0.030000000 C0FFEE000001 > read 2 first",
                        "0.030000000 C0FFEE000001 < answer 2 0102",
                        "0.040000000 C0FFEE000001 > read 3 refused",
                        "0.040000000 C0FFEE000001 < refused 3 0x81 \"refused refused with code 129\"",
                        "0.050000000 C0FFEE000001 > write 4 second 09",
                        "0.050000000 C0FFEE000001 < answer 4",
                        "0.060000000 C0FFEE000001 < value first 06",
                        "0.070000000 C0FFEE000001 < value first 07",
                        "0.070000000 C0FFEE000001 < value first",
                        "0.080000000 C0FFEE000001 > close",
                        "0.080000000 C0FFEE000001 < closed \"closed\"",
                        "0.090000000 C0FFEE000001 > open",
                        "0.100000000 C0FFEE000001 < closed \"the battery is empty\"");
        assertThat(recorded).isEqualTo(unrecorded());
    }

    @Test
    void aFullDiskEndsTheTranscriptAndNothingElse() {
        List<IOException> faults = new ArrayList<>();
        FullDisk disk = new FullDisk(200);
        TranscriptWriter writer = new TranscriptWriter(disk, clock, faults::add);

        List<String> recorded = run(writer);

        assertThat(recorded).isEqualTo(unrecorded());
        assertThat(faults).singleElement().satisfies(fault -> assertThat(fault).hasMessage("no space left"));
        assertThat(writer.fault()).contains(faults.get(0));
        assertThat(disk.text).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void onlyTheDevicesThatWereAskedForAreWritten() {
        StringWriter text = new StringWriter();
        TranscriptWriter writer = new TranscriptWriter(text, clock, fault -> {});
        RecordedSession session = new RecordedSession(clock, new RecordingTransport(air, writer, any -> false), device);
        clock.execute(() -> air.show(device));

        session.run(SESSION);

        assertThat(session.heard).isEqualTo(unrecorded());
        assertThat(text.toString()).contains("> scan").doesNotContain("C0FFEE000001");
    }

    @Test
    void aTranscriptNeverReplacesAFile() throws IOException {
        Path file = folder.resolve("t.txt");
        try (TranscriptWriter writer = TranscriptWriter.create(file, clock, fault -> {})) {
            run(writer);
        }

        assertThat(Transcript.read(file).devices()).containsExactly("C0FFEE000001");
        assertThatThrownBy(() -> TranscriptWriter.create(file, clock, fault -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).startsWith("transcript 1\n");
    }

    private List<String> run(TranscriptWriter writer) {
        RecordedSession session = new RecordedSession(clock, new RecordingTransport(air, writer, any -> true), device);
        clock.execute(() -> air.show(device));
        session.run(SESSION);
        return session.heard;
    }

    private static List<String> unrecorded() {
        ManualClock time = new ManualClock();
        LoopbackTransport plain = new LoopbackTransport(time);
        LoopbackDevice there = RecordedSession.device(time);
        RecordedSession session = new RecordedSession(time, plain, there);
        time.execute(() -> plain.show(there));
        session.run(SESSION);
        return session.heard;
    }

    /** Takes so many characters and no more. */
    private static final class FullDisk extends Writer {
        final StringBuilder text = new StringBuilder();
        private final int room;

        FullDisk(int room) {
            this.room = room;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            if (text.length() + length > room) {
                throw new IOException("no space left");
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
