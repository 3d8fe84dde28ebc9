package org.openiomt.examples.replay;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.testkit.transcript.Transcript;
import org.openiomt.testkit.transcript.TranscriptException;

/** The files of recordings, with faults that a user can mend. */
final class Recordings {
    private static final long MAX_TEXT = 64L << 20;

    private Recordings() {}

    /** Returns the lines of a text file of at most 64 MiB. */
    static List<String> lines(Path file) {
        try {
            requireSize(file, MAX_TEXT);
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new BadInputException(file + ": expected a text file in UTF-8, but it holds other octets", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns a transcript of at most 64 MiB. */
    static Transcript transcript(Path file) {
        try {
            return Transcript.parse(lines(file));
        } catch (TranscriptException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the octets of a file of at most {@code max}. */
    static byte[] octets(Path file, long max) {
        try {
            requireSize(file, max);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireSize(Path file, long max) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + ": expected a file, but it is a folder or a device");
        }
        if (Files.size(file) > max) {
            throw new BadInputException(
                    file + ": at most " + max + " octets can be read, but it has " + Files.size(file));
        }
    }

    private static BadInputException unreadable(Path file, IOException e) {
        String reason =
                e instanceof NoSuchFileException ? "there is no such file" : "it cannot be read: " + e.getMessage();
        return new BadInputException(file + ": " + reason, e);
    }
}
