package org.openiomt.benchmarks;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import no.nordicsemi.kotlin.data.ByteArrayOperationsKt;
import no.nordicsemi.kotlin.data.FloatFormat;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.DecodeMode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a medical float of 16 bits: ours keeps its digits, the other gives a binary fraction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked
public class MedicalFloatBenchmark {
    private final byte[] octets = HexFormat.of().parseHex("DCF2");

    /** Ours, with the reader that a codec has once for a value. */
    @Benchmark
    public Object ours() {
        return ByteReader.of(octets, DecodeMode.LENIENT).sfloat("value");
    }

    /** The peer's. */
    @Benchmark
    public float peer() {
        return ByteArrayOperationsKt.getFloat(octets, 0, FloatFormat.IEEE_11073_16_BIT, ByteOrder.LITTLE_ENDIAN);
    }
}
