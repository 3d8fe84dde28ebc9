package org.openiomt.core.outbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The file system of the machine. */
final class DiskStorage implements Storage {
    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** Returns the rights of a directory for its owner only, where the file system knows of owners. */
    static FileAttribute<?>[] ownersDirectory() {
        return owners("rwx------");
    }

    private static FileAttribute<?>[] owners(String permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public File create(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, owners("rw-------"));
        return open(file, Access.READ_WRITE);
    }

    @Override
    public File open(Path file, Access access) throws IOException {
        String mode = switch (access) {
            case READ -> "r";
            case READ_WRITE -> "rw";
        };
        return new DiskFile(new RandomAccessFile(file.toFile(), mode));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no directories and keeps their entries durable itself; elsewhere the listing would have
            // failed.
            if (IS_POSIX) {
                throw e;
            }
        }
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /**
     * Reads go through the plain file and not through its channel: a thread that is interrupted closes a channel that it reads
     * from, and the threads that read are the application's.
     */
    private static final class DiskFile implements File {
        private final RandomAccessFile file;

        DiskFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public int read(byte[] target, int offset, int length, long position) throws IOException {
            file.seek(position);
            int count = 0;
            while (count < length) {
                int more = file.read(target, offset + count, length - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
            return count;
        }

        @Override
        public void write(byte[] source, int offset, int length, long position) throws IOException {
            ByteBuffer octets = ByteBuffer.wrap(source, offset, length);
            FileChannel channel = file.getChannel();
            while (octets.hasRemaining()) {
                int done = octets.position() - offset;
                if (channel.write(octets, position + done) == 0) {
                    throw new IOException("wrote " + done + " of " + length + " octets");
                }
            }
        }

        @Override
        public void force() throws IOException {
            file.getChannel().force(false);
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
