package org.openiomt.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding all kinds of readings by turns, as a gateway does: a call no longer knows which codec it meets, so the compiler cannot
 * merge the two. Beside it the baseline of {@link ReadingBenchmark}, by turns too. Times and octets are those of one reading.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class MixedReadingsBenchmark {
    private static final int READINGS = 7;

    private final Reading[] readings = Reading.values();
    private final byte[][] octets = Arrays.stream(readings).map(Reading::octets).toArray(byte[][]::new);
    private final Object[] values = Arrays.stream(readings)
            .map(reading -> reading.decode(reading.octets()))
            .toArray();

    /** Octets to values. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void decode(Blackhole hole) {
        for (int i = 0; i < READINGS; i++) {
            hole.consume(readings[i].decode(octets[i]));
        }
    }

    /** The baseline. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void baseline(Blackhole hole) {
        for (int i = 0; i < READINGS; i++) {
            hole.consume(octets[i].clone());
            hole.consume(readings[i].again(values[i]));
        }
    }
}
