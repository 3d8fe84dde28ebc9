package org.openiomt.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder to work in: one that the user has named and keeps, or one for this run alone that is deleted at the end. */
public final class Folders implements AutoCloseable {
    private final Path work;
    private final Path secret;
    private final boolean isWorkTemporary;

    private Folders(Path work, Path secret, boolean isWorkTemporary) {
        this.work = work;
        this.secret = secret;
        this.isWorkTemporary = isWorkTemporary;
    }

    /**
     * Opens the folders.
     *
     * @param named the folder that the user has named
     * @throws CommandFailedException when a folder cannot be made
     */
    public static Folders open(Optional<Path> named) {
        try {
            Path secret = Files.createTempDirectory("openiomt-secret-");
            Path work = named.isPresent()
                    ? Files.createDirectories(named.get())
                    : Files.createTempDirectory("openiomt-data-");
            return new Folders(work, secret, named.isEmpty());
        } catch (IOException e) {
            throw new CommandFailedException("no folder can be made to work in: " + e.getMessage(), e);
        }
    }

    /** Returns the folder for what must survive this run, when the user has named one. */
    public Path work() {
        return work;
    }

    /** Returns the folder for keys and certificates of this run, which only this user can read. */
    public Path secret() {
        return secret;
    }

    /** Deletes what belongs to this run alone. */
    @Override
    public void close() {
        delete(secret);
        if (isWorkTemporary) {
            delete(work);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailedException(folder + ": cannot be deleted: " + e.getMessage(), e);
        }
    }
}
