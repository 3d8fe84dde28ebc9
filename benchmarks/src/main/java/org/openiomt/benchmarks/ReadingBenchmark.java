package org.openiomt.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding one kind of reading. Beside it the baseline: making the same value again, with every object that it holds, and copying the
 * octets. Run it with {@code -prof gc} to see the octets that each call allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@NullUnmarked // JMH calls the set-up before any benchmark
public class ReadingBenchmark {
    /** The kind. */
    @Param
    public Reading reading;

    private byte[] octets;
    private Object value;

    /** Decodes once. */
    @Setup
    public void decodeOnce() {
        octets = reading.octets();
        value = reading.decode(octets);
    }

    /** Octets to a value. */
    @Benchmark
    public Object decode() {
        return reading.decode(octets);
    }

    /** The baseline. */
    @Benchmark
    public Object baseline(Blackhole hole) {
        hole.consume(octets.clone());
        return reading.again(value);
    }
}
