package org.openiomt.security.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Files that only their owner may read, where the file system knows of owners. */
public final class OwnerFiles {
    private static final Set<PosixFilePermission> FOREIGN = PosixFilePermissions.fromString("---rwxrwx");

    private OwnerFiles() {}

    /** Opens a file for reading and writing, and makes it when it is not there. */
    public static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                attributes(file));
    }

    /** Puts these octets in the place of what is in a file, in one step, durably; wipes the array. One thread at a time. */
    public static void replace(Path file, byte[] octets) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            try (FileChannel channel = open(fresh)) {
                for (ByteBuffer left = ByteBuffer.wrap(octets); left.hasRemaining(); ) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Returns what others than the owner may do with a file, as {@code rwxrwxrwx} has it; empty when nothing, or nobody can tell. */
    public static Optional<String> grantedToOthers(Path file) throws IOException {
        if (!isPosix(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
        return Collections.disjoint(granted, FOREIGN)
                ? Optional.empty()
                : Optional.of(PosixFilePermissions.toString(granted));
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
