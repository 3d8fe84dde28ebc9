package org.openiomt.mqtt.consume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.IomtException;
import org.openiomt.core.outbox.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in a file what an application has taken, however the process or the power ends.
 *
 * <p>One thread writes: what comes while it waits for the disk goes to the disk together. Entries are added behind the last one; when
 * the file has become twice as large as what is remembered, and has at least a mebibyte, a file with only that takes its place.
 * Entries have a check. What the end of the process tore is cut off, and what is damaged is left out, said in the log, and counted by
 * {@link #damagedOctets}: what it held may be delivered again.
 *
 * <p>The file holds ids of observations. An id is made of what was measured, so who reads the file can find values by trying: keep it
 * where the observations are kept. It is made for its owner only, where the file system knows owners. One process has a file at a
 * time. All methods may be called by any thread.
 */
public final class FileReceivedLog implements ReceivedLog {
    private static final Logger LOG = LoggerFactory.getLogger(FileReceivedLog.class);
    private static final int DEVICES = 4_096;
    private static final int IDS_PER_DEVICE = 512;
    private static final long MAX_IDS = 1 << 24;
    private static final long SMALLEST_REWRITE = 1 << 20;

    private final Path path;
    private final FileChannel lock;
    private final ReceivedFile.Disk disk;
    private final ReceivedMemory memory;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final long damagedOctets;
    private boolean isClosed;

    // Only the writer touches these.
    private ReceivedFile file;
    private long rewriteAt;

    /** What waits for the disk; the one without a delivery is the last. */
    private record Entry(@Nullable Delivery delivery, CompletableFuture<Void> answer) {}

    private FileReceivedLog(
            Path path, FileChannel lock, ReceivedFile.Disk disk, ReceivedMemory memory, ReceivedFile file) {
        this.path = path;
        this.lock = lock;
        this.disk = disk;
        this.memory = memory;
        this.file = file;
        this.damagedOctets = file.damagedOctets();
        this.rewriteAt = damagedOctets > 0 ? 0 : SMALLEST_REWRITE;
        this.writer = new Thread(this::write, "iomt-received");
        writer.setDaemon(true);
    }

    /**
     * Opens a log of 512 observations of each of 4,096 devices, or makes one; the file has at most about 120 MB.
     *
     * @throws IomtException as {@link #open(Path, int, int)} does
     */
    public static FileReceivedLog open(Path path) {
        return open(path, DEVICES, IDS_PER_DEVICE);
    }

    /**
     * Opens a log, or makes one.
     *
     * @param path the file; two others stand beside it, whose names end with {@code .lock} and {@code .new}
     * @param devices of how many devices it is remembered what they sent, at least 1; the one that has been silent for longest is
     *     forgotten
     * @param idsPerDevice how many observations of a device are known by their ids, at least 1, about 90 octets of memory and 26 of the
     *     file each; by their numbers far more are known. Both together at most 16,777,216
     * @throws IomtException when the file cannot be read or written, is none of these, or somebody else has it
     */
    public static FileReceivedLog open(Path path, int devices, int idsPerDevice) {
        return open(path, devices, idsPerDevice, ReceivedFile.Disk.MACHINE);
    }

    static FileReceivedLog open(Path path, int devices, int idsPerDevice, ReceivedFile.Disk disk) {
        if ((long) devices * idsPerDevice > MAX_IDS) {
            throw new IllegalArgumentException("at most " + MAX_IDS + " ids are remembered, but got " + devices
                    + " devices with " + idsPerDevice + " each");
        }
        Path whole = path.toAbsolutePath();
        ReceivedMemory memory = new ReceivedMemory(devices, idsPerDevice);
        @Nullable FileChannel lock = null;
        try {
            lock = FileChannel.open(beside(whole, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            take(lock, whole);
            FileReceivedLog log = new FileReceivedLog(whole, lock, disk, memory, openOrMake(whole, memory, disk));
            if (log.damagedOctets > 0) {
                LOG.warn("{} octets of {} are damaged; what they held may be delivered again", log.damagedOctets, path);
            }
            log.writer.start();
            return log;
        } catch (IOException e) {
            closeQuietly(lock);
            throw new IomtException("cannot open the memory of what was received " + path + ": " + e, e);
        } catch (RuntimeException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private static void take(FileChannel lock, Path path) throws IOException {
        boolean isTaken;
        try {
            isTaken = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) { // this process has it
            isTaken = false;
        }
        if (!isTaken) {
            throw new IomtException("somebody else has the memory of what was received " + path);
        }
    }

    private static ReceivedFile openOrMake(Path path, ReceivedMemory memory, ReceivedFile.Disk disk)
            throws IOException {
        boolean isThere = Files.exists(path) && Files.size(path) > 0;
        return isThere ? ReceivedFile.read(path, memory, disk) : made(path, memory, disk);
    }

    /** Puts a file that holds what is remembered, and nothing else, in the place of the one that is there. */
    private static ReceivedFile made(Path path, ReceivedMemory memory, ReceivedFile.Disk disk) throws IOException {
        Path fresh = beside(path, ".new");
        ReceivedFile made = ReceivedFile.make(fresh, memory, disk);
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            disk.forceDirectory(path);
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("after a failed opening: {}", e.toString()); // the first fault is the one to report
        }
    }

    /** Returns how many octets of the file could not be used when it was opened; what was torn at its end is not counted. */
    public long damagedOctets() {
        return damagedOctets;
    }

    @Override
    public Known known(Delivery delivery) {
        return memory.known(delivery);
    }

    @Override
    public Optional<SequenceNumber> last(Source source, Lane lane) {
        return memory.last(source, lane);
    }

    @Override
    public CompletionStage<Void> remember(Delivery delivery) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        synchronized (memory) {
            if (isClosed) {
                return CompletableFuture.failedFuture(new IomtException("the memory of what was received is closed"));
            }
            memory.remember(delivery);
            waiting.add(new Entry(delivery, answer));
        }
        return answer.minimalCompletionStage();
    }

    /** Waits until all is written. Nothing can be remembered any more. */
    @Override
    public void close() {
        Entry last = new Entry(null, new CompletableFuture<>());
        synchronized (memory) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            waiting.add(last);
        }
        last.answer().join();
        closeQuietly(lock);
    }

    // --- the writer's thread

    private void write() {
        List<Entry> batch = new ArrayList<>();
        boolean isLast = false;
        while (!isLast) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // nobody has a reason to interrupt this thread; what waits must be answered
            }
            waiting.drainTo(batch);
            isLast = batch.get(batch.size() - 1).delivery() == null;
            answer(batch, append(batch));
        }
    }

    private @Nullable IOException append(List<Entry> batch) {
        try {
            file.append(batch.stream()
                    .flatMap(entry -> Optional.ofNullable(entry.delivery()).stream())
                    .toList());
        } catch (IOException e) {
            rewriteAt = 0; // what is not in the file is in the memory
            return e;
        }
        if (file.size() >= rewriteAt) {
            rewrite();
        }
        return null;
    }

    private void rewrite() {
        try {
            ReceivedFile made = made(path, memory, disk);
            file.close();
            file = made;
            rewriteAt = Math.max(SMALLEST_REWRITE, 2 * file.size());
        } catch (IOException e) { // the old file goes on
            rewriteAt = 2 * file.size();
            LOG.warn("the memory of what was received could not be made smaller: {}", e.toString());
        }
    }

    private void answer(List<Entry> batch, @Nullable IOException fault) {
        for (Entry entry : batch) {
            if (entry.delivery() == null) {
                closeFile();
            }
            if (fault == null || entry.delivery() == null) {
                entry.answer().complete(null);
            } else {
                entry.answer().completeExceptionally(new UncheckedIOException("not remembered", fault));
            }
        }
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) { // it was forced before
            LOG.debug("while closing: {}", e.toString());
        }
    }
}
