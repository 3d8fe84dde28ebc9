package org.openiomt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.security.audit.AuditEntry;
import org.openiomt.security.audit.AuditLog;
import org.openiomt.security.audit.AuditOptions;
import org.openiomt.security.audit.NoteSigner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appending an entry of 256 octets to an audit log, all that is done before the disk: number, time, octets, hashes, check sum,
 * buffer. Beside it the two raw hashes that RFC 6962 asks for on average, of 257 and of 65 octets. Each shot is {@value #ENTRIES} of them: divide.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 200, batchSize = AuditBenchmark.ENTRIES)
@Measurement(iterations = 200, batchSize = AuditBenchmark.ENTRIES)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class AuditBenchmark {
    static final int ENTRIES = 10_000;

    private final byte[] leaf = new byte[257];
    private final byte[] pair = new byte[65];
    private final byte[] hash = new byte[32];
    private MessageDigest sha;
    private AuditEvent event;
    private Path folder;
    private AuditLog log;

    /** Time that goes on, and threads that never run: nothing reaches the disk. */
    private record Idle(Clock clock) implements Scheduler {
        @Override
        public void execute(Runnable task) {}

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public boolean await(CompletionStage<?> stage, Duration atMost) {
            return false;
        }

        @Override
        public void close() {}
    }

    /** Opens a new log. */
    @Setup(Level.Iteration)
    public void open() throws Exception {
        sha = MessageDigest.getInstance("SHA-256");
        event = new AuditEvent(
                AuditEventType.COMMAND_ASKED,
                Optional.of(DeviceId.of("pump-4711")),
                "c".repeat(64),
                "operator-".repeat(10),
                "d".repeat(58));
        int size = new AuditEntry(0, Clock.systemUTC().instant(), ClockState.UNKNOWN, 1, event).encode().length;
        if (size != 256) {
            throw new IllegalStateException("an entry of " + size + " octets");
        }
        folder = Files.createTempDirectory("audit-benchmark");
        log = AuditLog.open(
                folder.resolve("log"),
                NoteSigner.generate("log.example"),
                AuditOptions.defaults()
                        .withScheduler(new Idle(Clock.systemUTC()))
                        .withMaxWaiting(1 << 28));
    }

    /** Forgets it. */
    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        log.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** An entry. */
    @Benchmark
    public Object append() {
        return log.record(event);
    }

    /** The hashes alone. */
    @Benchmark
    public Object twoRawHashes() throws Exception {
        sha.update(leaf);
        sha.digest(hash, 0, hash.length);
        sha.update(pair);
        sha.digest(hash, 0, hash.length);
        return hash;
    }
}
