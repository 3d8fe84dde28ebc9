package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A disk of a given size whose operations fail when the test says so. A write that fails has written half. */
final class FaultyStorage implements Storage {
    enum Operation {
        CREATE,
        READ,
        WRITE,
        FORCE,
        TRUNCATE,
        DELETE
    }

    private final Storage disk = new DiskStorage();
    private final Set<Operation> failing = EnumSet.noneOf(Operation.class);
    private final Map<Path, Long> sizes = new HashMap<>();
    private final Map<Path, Path> renamed = new HashMap<>();
    private Predicate<String> where = name -> true;
    private long free = Long.MAX_VALUE / 2;
    private boolean isSpaceKnown = true;
    private CountDownLatch heldUntil = new CountDownLatch(0);
    private int syncs;
    private long stepNanos;
    private long addedNanos;

    /** From now on these operations fail on files whose name is accepted. */
    synchronized void fail(Predicate<String> names, Operation... operations) {
        where = names;
        failing.addAll(List.of(operations));
    }

    /** From now on so much time goes by whenever somebody looks at the clock. */
    synchronized void jump(Duration step) {
        stepNanos = step.toNanos();
    }

    @Override
    public synchronized long nanoTime() {
        addedNanos += stepNanos;
        return System.nanoTime() + addedNanos;
    }

    synchronized void work() {
        failing.clear();
    }

    /** From now on a sync of a segment waits for the latch. */
    synchronized void holdSyncs(CountDownLatch until) {
        heldUntil = until;
    }

    /** Returns how many syncs of segments were asked for. */
    synchronized int syncs() {
        return syncs;
    }

    private void sync(Path file) {
        CountDownLatch until;
        synchronized (this) {
            if (!file.toString().endsWith(".segment")) {
                return;
            }
            syncs++;
            until = heldUntil;
        }
        try {
            assertThat(until.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Leaves this many octets free. */
    synchronized void free(long octets) {
        free = octets;
    }

    /** From now on the disk does not say beforehand how much is free, as with a quota. */
    synchronized void hideSpace() {
        isSpaceKnown = false;
    }

    private synchronized void check(Operation operation, Path file) throws IOException {
        if (failing.contains(operation) && where.test(file.getFileName().toString())) {
            throw new IOException("Input/output error (" + operation + ")");
        }
    }

    /** Takes room for a file to grow; returns how much of it there is. */
    private synchronized long grow(Path file, long size) {
        long had = sizes.getOrDefault(file, 0L);
        long grown = Math.min(Math.max(0, size - had), free);
        free -= grown;
        sizes.put(file, had + grown);
        return had + grown;
    }

    private synchronized void shrink(Path file, long size) {
        long had = sizes.getOrDefault(file, 0L);
        if (size < had) {
            free += had - size;
            sizes.put(file, size);
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public File create(Path file) throws IOException {
        check(Operation.CREATE, file);
        return new FaultyFile(file, disk.create(file));
    }

    @Override
    public File open(Path file, Access access) throws IOException {
        return new FaultyFile(file, disk.open(file, access));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
        synchronized (this) {
            @Nullable Long size = sizes.remove(from);
            sizes.put(to, size == null ? 0L : size);
            renamed.put(from, to);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        check(Operation.DELETE, file);
        disk.delete(file);
        shrink(file, 0);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        check(Operation.FORCE, directory);
        disk.forceDirectory(directory);
    }

    @Override
    public synchronized long usableSpace(Path directory) {
        return isSpaceKnown ? free : Long.MAX_VALUE;
    }

    private final class FaultyFile implements File {
        private final Path opened;
        private final File file;

        FaultyFile(Path path, File file) throws IOException {
            this.opened = path;
            this.file = file;
            synchronized (FaultyStorage.this) {
                sizes.putIfAbsent(path, file.size());
            }
        }

        private Path path() {
            synchronized (FaultyStorage.this) {
                return renamed.getOrDefault(opened, opened);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length, long position) throws IOException {
            check(Operation.READ, path());
            return file.read(target, offset, length, position);
        }

        @Override
        public void write(byte[] source, int offset, int length, long position) throws IOException {
            try {
                check(Operation.WRITE, path());
            } catch (IOException e) {
                file.write(source, offset, length / 2, position);
                throw e;
            }
            long room = grow(path(), position + length) - position;
            if (room < length) {
                file.write(source, offset, (int) Math.max(0, room), position);
                throw new IOException("No space left on device");
            }
            file.write(source, offset, length, position);
        }

        @Override
        public void force() throws IOException {
            check(Operation.FORCE, path());
            sync(path());
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            check(Operation.TRUNCATE, path());
            file.truncate(size);
            shrink(path(), size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
