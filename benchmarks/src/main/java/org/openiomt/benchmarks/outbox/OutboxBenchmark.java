package org.openiomt.benchmarks.outbox;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Groups of records of 256 octets: in the outbox, in one on SQLite, and as the same number of octets in a pre-allocated file that is
 * forced once a group, which is the limit. An append is waited for before the next, so that all three force once a group. All three take turns on the same disk within one measurement, so that what else the
 * machine does meets each alike: read the ratios, not the times. Where is the folder of the property {@code java.io.tmpdir}: choose
 * a real disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class OutboxBenchmark {
    private static final int GROUPS_A_TURN = 8;
    private static final int PAYLOAD = 256;
    private static final int RECORD = 64 + "bench".length() + PAYLOAD + 3; // a header before, a multiple of 8
    private static final int FILE_SIZE = 64 << 20;
    private static final int AT_ONCE = 1_024;

    /** How many records are forced together. */
    @Param({"64", "512"})
    public int size;

    /** Octets of a segment: those of the default, and so many that none has to be pre-allocated within the measurement. */
    @Param({"4194304", "268435456"})
    public int segment;

    private Path folder;
    private Outbox outbox;
    private Outbox sqlite;
    private FileChannel raw;
    private ByteBuffer group;
    private long position;
    private int turn;
    private List<OutboxRecord> records;
    private OperatingSystemMXBean system;

    /** Time on the clock and of the processor: of the bare file, the outbox, the one on SQLite. */
    private final long[] wall = new long[3];

    private final long[] processor = new long[3];

    /** Opens all three in a folder of their own. */
    @Setup
    public void open() throws IOException {
        system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        folder = Files.createTempDirectory("iomt-outbox-benchmark");
        FileOutbox.Options options = FileOutbox.Options.defaults()
                .withBounds(OutboxBounds.of(1_000_000, 1L << 30))
                .withSegmentOctets(segment);
        outbox = FileOutbox.open(folder.resolve("outbox"), options);
        sqlite =
                SqliteOutbox.open(Files.createDirectory(folder.resolve("sqlite")), options.bounds(), Clock.systemUTC());
        raw = FileChannel.open(folder.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        raw.write(ByteBuffer.allocate(FILE_SIZE), 0);
        raw.force(true);
        group = ByteBuffer.allocateDirect(size * RECORD);
        records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(
                    OutboxRecord.of(ObservationId.of(1, i), DeviceId.of("bench"), Lane.CLINICAL, new byte[PAYLOAD]));
        }
    }

    /** Closes all three and removes the folder. */
    @TearDown
    public void close() throws IOException {
        outbox.close();
        sqlite.close();
        raw.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Says how many times as fast as each of the others the outbox was in this iteration; the goal beside the bare file is 0.9. */
    @TearDown(Level.Iteration)
    public void say() {
        System.out.printf(
                "outbox %.2f of the bare file and %.2f of SQLite on the clock, %.2f and %.2f by the processor%n",
                (double) wall[0] / wall[1],
                (double) wall[2] / wall[1],
                (double) processor[0] / Math.max(1, processor[1]),
                (double) processor[2] / Math.max(1, processor[1]));
        Arrays.fill(wall, 0);
        Arrays.fill(processor, 0);
    }

    /** Gives the space back, outside the ratios. */
    @TearDown(Level.Invocation)
    public void forget() {
        forget(outbox);
        forget(sqlite);
    }

    private static void forget(Outbox from) {
        for (List<OutboxEntry> taken = from.read(Lane.CLINICAL, 0, AT_ONCE);
                !taken.isEmpty();
                taken = from.read(Lane.CLINICAL, 0, AT_ONCE)) {
            from.acknowledge(taken);
        }
    }

    /** Eight groups in each of the three, in an order that changes. */
    @Benchmark
    public void sideBySide() throws IOException {
        turn++;
        for (int i = 0; i < 3; i++) {
            int which = (turn + i) % 3;
            long spent = system.getProcessCpuTime();
            long began = System.nanoTime();
            switch (which) {
                case 0 -> writeAndForce();
                case 1 -> append(outbox);
                default -> append(sqlite);
            }
            wall[which] += System.nanoTime() - began;
            processor[which] += system.getProcessCpuTime() - spent;
        }
    }

    private void append(Outbox to) {
        for (int i = 0; i < GROUPS_A_TURN; i++) {
            to.append(records).toCompletableFuture().join();
        }
    }

    private void writeAndForce() throws IOException {
        for (int i = 0; i < GROUPS_A_TURN; i++) {
            if (position + group.capacity() > FILE_SIZE) {
                position = 0;
            }
            group.clear();
            while (group.hasRemaining()) {
                position += raw.write(group, position);
            }
            raw.force(false);
        }
    }
}
