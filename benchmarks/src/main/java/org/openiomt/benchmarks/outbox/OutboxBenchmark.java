package org.openiomt.benchmarks.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appending to the outbox with group commit, beside two limits: writing the same number of octets to one pre-allocated file and
 * forcing it once per 64 records, or once for all. Where is the folder of the property {@code java.io.tmpdir}: choose a real disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class OutboxBenchmark {
    private static final int RECORDS = 1_024;
    private static final int GROUP = 64;
    private static final int PAYLOAD = 256;
    private static final int OVERHEAD = 64;
    private static final int FILE_SIZE = 64 * 1024 * 1024;

    private Path folder;
    private Outbox outbox;
    private FileChannel raw;
    private ByteBuffer group;
    private long position;
    private List<OutboxRecord> records;

    /** Opens both in a folder of their own. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("iomt-outbox-benchmark");
        outbox = FileOutbox.open(folder.resolve("outbox"));
        raw = FileChannel.open(folder.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        raw.write(ByteBuffer.allocate(FILE_SIZE), 0);
        raw.force(true);
        group = ByteBuffer.allocateDirect(GROUP * (PAYLOAD + OVERHEAD));
        records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(
                    OutboxRecord.of(ObservationId.of(1, i), DeviceId.of("bench"), Lane.CLINICAL, new byte[PAYLOAD]));
        }
    }

    /** Closes both and removes the folder. */
    @TearDown
    public void close() throws IOException {
        outbox.close();
        raw.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Gives the space back, outside the measurement. */
    @TearDown(Level.Invocation)
    public void forget() {
        List<OutboxEntry> taken = outbox.read(Lane.CLINICAL, 0, RECORDS);
        while (!taken.isEmpty()) {
            outbox.acknowledge(taken);
            taken = outbox.read(Lane.CLINICAL, taken.get(taken.size() - 1).position(), RECORDS);
        }
    }

    /** 1,024 records offered one by one and waited for together. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void outbox() {
        CompletableFuture<?>[] stages = new CompletableFuture<?>[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            stages[i] = outbox.append(records.subList(i, i + 1)).toCompletableFuture();
        }
        CompletableFuture.allOf(stages).join();
    }

    /** The limit when every 64 records are forced by themselves. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void rawForcedPer64() throws IOException {
        for (int i = 0; i < RECORDS; i += GROUP) {
            writeGroup();
            raw.force(false);
        }
    }

    /** The limit when all 1,024 records are forced together; the outbox may not force less often than this. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void rawForcedOnce() throws IOException {
        for (int i = 0; i < RECORDS; i += GROUP) {
            writeGroup();
        }
        raw.force(false);
    }

    private void writeGroup() throws IOException {
        if (position + group.capacity() > FILE_SIZE) {
            position = 0;
        }
        group.clear();
        while (group.hasRemaining()) {
            position += raw.write(group, position);
        }
    }
}
