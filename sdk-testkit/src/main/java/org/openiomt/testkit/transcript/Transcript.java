package org.openiomt.testkit.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happened between devices and their drivers, in order. One event is one line:
 * <pre>
 * transcript 1
 * begins 2026-01-01T00:00:00Z
 * # seconds device direction event
 * 0        -     &gt; scan
 * 0.002    strap &lt; seen "C0:FF:EE:00:00:01" name "Strap" service 180d
 * 0.003    strap &gt; open
 * 0.250    strap &lt; opened 244 180d/2a37 180f/2a19
 * 0.251    strap &gt; subscribe 1 180d/2a37
 * 0.301    strap &lt; answer 1
 * 1.000    strap &lt; value 180d/2a37 16480004
 * 9.000    strap &gt; close
 * 9.001    strap &lt; closed "closed by us"
 * </pre>
 * A transcript holds what devices measured: it is personal data. The page {@code docs/transcript.md} says all of the form.
 *
 * @param begins the moment of second 0, when it is known
 * @param entries the events; never empty, their times never go back
 */
public record Transcript(Optional<Instant> begins, List<Entry> entries) {
    /** The device that stands for the transport itself: it looks for devices. */
    public static final String TRANSPORT = "-";

    /** The first line. */
    static final String HEADER = "transcript 1";

    /** The word of the line that says the moment of second 0. */
    static final String BEGINS = "begins";

    /**
     * An event of a transcript.
     *
     * @param line its line in the file, from 1
     * @param at when, from the beginning
     * @param device the name of the device in this transcript
     * @param event what happened
     */
    public record Entry(int line, Duration at, String device, Event event) {
        /** Hides what happened: it may be a reading. */
        @Override
        public String toString() {
            return "line " + line + ": " + device + " " + event.getClass().getSimpleName();
        }
    }

    /** Copies the list. */
    public Transcript {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a transcript.
     *
     * @throws TranscriptException when a line is something else, or cannot follow those before it
     */
    public static Transcript parse(List<String> lines) {
        return new TranscriptReader().read(lines);
    }

    /**
     * Reads a transcript from a file in UTF-8.
     *
     * @throws TranscriptException as {@link #parse} does
     * @throws IOException when the file cannot be read, or is no text
     */
    public static Transcript read(Path file) throws IOException {
        return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** Returns the names of the devices in the order in which they first come. */
    public Set<String> devices() {
        Set<String> devices = new LinkedHashSet<>();
        entries.forEach(entry -> devices.add(entry.device()));
        devices.remove(TRANSPORT);
        return devices;
    }

    /**
     * Whether it says only what devices announced, and neither how they were found nor what they were asked. Such a transcript
     * can be played by virtual devices; a {@link ReplayTransport} cannot play it.
     */
    public boolean isValuesOnly() {
        return entries.stream().allMatch(entry -> entry.event() instanceof Event.Value);
    }
}
