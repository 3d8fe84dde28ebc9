package org.openiomt.examples.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openiomt.testkit.NotTested;

/** A small file system of its own, which a test fills to the last octet. */
record SmallDisk(Path folder) {
    private static final String VARIABLE = "OPENIOMT_CHAOS_DISK";
    private static final long SMALL = 256L << 20;

    /** Returns the one that the environment names. */
    static SmallDisk require() throws IOException {
        String name = System.getenv(VARIABLE);
        if (name == null) {
            throw NotTested.because(
                    "chaos", "chaos: " + VARIABLE + " names no folder on a small disk; examples/chaos.sh makes one");
        }
        SmallDisk disk = new SmallDisk(Path.of(name));
        long total = Files.getFileStore(disk.folder).getTotalSpace();
        if (total > SMALL) {
            throw new IllegalArgumentException(VARIABLE + "=" + name + ": expected a file system of at most " + SMALL
                    + " octets, which a test may fill, but this one has " + total);
        }
        return disk;
    }

    /** Takes every octet that is free. */
    void fill() throws IOException {
        byte[] octets = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(octets);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() >= octets.length) {
                throw e; // something else than a full disk
            }
        }
    }

    /** Gives back what {@link #fill} has taken. */
    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }
}
