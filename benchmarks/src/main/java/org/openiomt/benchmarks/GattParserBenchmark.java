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
import org.sputnikdev.bluetooth.gattparser.BluetoothGattParser;
import org.sputnikdev.bluetooth.gattparser.BluetoothGattParserFactory;

/** The peer of {@link ReadingBenchmark}: a parser that reads the layouts from the old XML files, for what it knows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            // it reads its XML files with an old XStream
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.desktop/java.awt.font=ALL-UNNAMED"
        })
@NullUnmarked // JMH calls the set-up before any benchmark
public class GattParserBenchmark {
    /** The kind. */
    @Param({"HEART_RATE", "BLOOD_PRESSURE", "OXIMETER_SPOT", "OXIMETER_CONTINUOUS"})
    public Reading reading;

    private byte[] octets;
    private BluetoothGattParser parser;

    /** Reads the layouts. */
    @Setup
    public void start() {
        octets = reading.octets();
        parser = BluetoothGattParserFactory.getDefault();
    }

    /** Octets to a value. */
    @Benchmark
    public Object parse() {
        return parser.parse(reading.uuid(), octets);
    }
}
