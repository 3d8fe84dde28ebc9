package org.openiomt.testkit.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a transcript, each event as it happens, and holds nothing back: after each line the writer is flushed. Any thread may
 * call; the caller waits while a line is written. The first fault of the writer, such as a full disk, ends the transcript there: it
 * is logged and told to the listener once, and whoever records goes on without.
 */
public final class TranscriptWriter implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TranscriptWriter.class);

    private final Writer out;
    private final Clock clock;
    private final Consumer<IOException> onFault;
    private final Instant begins;
    private Duration last = Duration.ZERO;
    private int numbers;
    private boolean isClosed;
    private @Nullable IOException fault;

    /**
     * Begins a transcript.
     *
     * @param out closed with this
     * @param clock gives the times; when it goes back, the time stands still in the transcript
     * @param onFault hears once, on the thread of an event, that no more can be written
     */
    public TranscriptWriter(Writer out, Clock clock, Consumer<IOException> onFault) {
        this.out = out;
        this.clock = clock;
        this.onFault = onFault;
        this.begins = clock.instant();
        line(Transcript.HEADER + "\n" + Transcript.BEGINS + " " + begins + "\n");
    }

    /**
     * Begins a transcript in a new file.
     *
     * @throws IOException when the file exists or cannot be made
     */
    public static TranscriptWriter create(Path file, Clock clock, Consumer<IOException> onFault) throws IOException {
        Writer out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new TranscriptWriter(out, clock, onFault);
    }

    /** Returns why no more can be written, when it is so. */
    public synchronized Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    /** Writes a comment, for a person. */
    public void comment(String text) {
        line("# " + text.replaceAll("\\s+", " ") + "\n");
    }

    /** Ends the transcript. What happens after that is not written. */
    @Override
    public void close() {
        IOException failed = null;
        synchronized (this) {
            if (!isClosed) {
                isClosed = true;
                try {
                    out.close();
                } catch (IOException e) {
                    failed = e;
                }
            }
        }
        if (failed != null) {
            failed(failed);
        }
    }

    /** Writes that something is asked, under the next number, which it returns. */
    synchronized int ask(String device, Event.Verb verb, Channel channel, String hex) {
        int number = ++numbers;
        write(device, new Event.Request(number, verb, channel, hex));
        return number;
    }

    void write(String device, Event event) {
        IOException failed;
        synchronized (this) {
            Duration at = Duration.between(begins, clock.instant());
            last = at.compareTo(last) < 0 ? last : at;
            String seconds = BigDecimal.valueOf(last.toNanos(), 9).toPlainString();
            failed = append(seconds + " " + device + (event.isRequest() ? " > " : " < ") + event + "\n");
        }
        if (failed != null) {
            failed(failed);
        }
    }

    private void line(String text) {
        IOException failed = append(text);
        if (failed != null) {
            failed(failed);
        }
    }

    /** Returns why it failed, the first time. */
    private synchronized @Nullable IOException append(String text) {
        if (isClosed || fault != null) {
            return null;
        }
        try {
            out.write(text);
            out.flush();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void failed(IOException e) {
        synchronized (this) {
            if (fault != null) {
                return;
            }
            fault = e;
        }
        LOG.warn("the transcript ends here, the links go on: it cannot be written", e);
        onFault.accept(e);
    }
}
