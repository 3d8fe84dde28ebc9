package org.openiomt.security.sealed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.wire.DecodeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of a publisher's epochs, as long as something may wait that needs them: {@code <number>-<digest>.epoch}, each whole or
 * not there. Without its header nobody can open a record, so a header is durable before its first record is sealed. Used by one
 * thread at a time.
 */
final class EpochFolder {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFolder.class);
    private static final String ENDING = ".epoch";
    private static final String NEW = "new";

    private final Path folder;
    private final boolean isPosix;
    private final NavigableMap<Long, EpochHeader> headers = new TreeMap<>();

    private EpochFolder(Path folder) {
        this.folder = folder;
        this.isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Reads what is there. A damaged file is left out with a warning: readers may know its epoch already.
     *
     * @throws OutboxException when the folder cannot be made or read
     */
    static EpochFolder open(Path path) {
        EpochFolder folder = new EpochFolder(path);
        try {
            Files.createDirectories(path, folder.owners("rwx------"));
            try (Stream<Path> files = Files.list(path)) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().endsWith(ENDING))
                        .sorted()
                        .toList();
                for (Path file : found) {
                    folder.read(file);
                }
            }
        } catch (IOException e) {
            throw new OutboxException(path + ": the keys of epochs cannot be read: " + e.getMessage(), e);
        }
        return folder;
    }

    private void read(Path file) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(EpochHeader.MAX_OCTETS + 1);
        }
        try {
            EpochHeader header = EpochHeader.parse(octets);
            if (file.equals(file(header))) {
                headers.put(header.number(), header);
                return;
            }
        } catch (DecodeException e) {
            LOG.debug("{}: {}", file, e.getMessage());
        }
        LOG.warn("{} is damaged: what waits for it can be opened only by readers who know the epoch already", file);
    }

    /** Makes a header durable. */
    void add(EpochHeader header) {
        Path fresh = folder.resolve(NEW);
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, owners("rw-------"));
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(header.octets());
                while (octets.hasRemaining()) {
                    out.write(octets);
                }
                out.force(true);
            }
            Files.move(fresh, file(header), StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        } catch (IOException e) {
            throw new OutboxException(folder + ": the keys of an epoch cannot be stored: " + e.getMessage(), e);
        }
        headers.put(header.number(), header);
    }

    Optional<EpochHeader> find(long number) {
        return Optional.ofNullable(headers.get(number));
    }

    /** Returns the header with the greatest number. */
    Optional<EpochHeader> last() {
        return Optional.ofNullable(headers.lastEntry()).map(Map.Entry::getValue);
    }

    /** Forgets the headers below a number that are older than an instant. */
    void forget(long below, Instant before) {
        List<EpochHeader> old = headers.headMap(below, false).values().stream()
                .filter(header -> header.startedAt().isBefore(before))
                .toList();
        for (EpochHeader header : old) {
            try {
                Files.deleteIfExists(file(header));
                headers.remove(header.number());
            } catch (IOException e) {
                LOG.warn("{} cannot be deleted: {}", file(header), e.getMessage());
            }
        }
    }

    private Path file(EpochHeader header) {
        return folder.resolve(
                String.format("%016x-%s%s", header.number(), HexFormat.of().formatHex(header.reference()), ENDING));
    }

    private void forceFolder() throws IOException {
        if (isPosix) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] owners(String permissions) {
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
