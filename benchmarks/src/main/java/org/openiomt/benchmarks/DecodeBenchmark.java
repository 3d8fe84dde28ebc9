package org.openiomt.benchmarks;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.wire.DecodeMode;
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

/** Octets to a value and back, for the services that have drivers; beside it the floor, a copy of the octets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class DecodeBenchmark {
    /** Characteristic and octets: each as full as its layout allows. */
    @Param({
        "2A1C:06B00E00FEDC070C050B321B04",
        "2A35:1E8A00580078000000041114293B3C00012700",
        "2A36:1E0400000000000000041114293B3C00012700",
        "2A49:3F00",
        "2A37:1E5532002100",
        "2A38:01",
        "2A18:1B0100E307021B0B0A1EFBFF1E00120501",
        "2A34:FF0000B303640004123C003204D2F459F1",
        "2A51:FF03",
        "2A52:0103010A00",
        "2A5E:0F62004800E80706170E230A20012000002BF0",
        "2A5F:1F610048006100490060004700200120000014F0",
        "2A60:7F00FFFFFFFFFF",
        "2A9D:0EB03FE80706170E230A01FA00D606",
        "2A9E:7F000000",
        "2A19:33",
        "2A29:5761686F6F204669746E65737300000000000000",
        "2A23:55AA55AA55AA55AA",
        "2A50:01F90130353337",
        "2A08:E20704110F3300"
    })
    public String frame;

    private Profile<?> profile;
    private byte[] octets;
    private Object value;

    /** Finds the codec and decodes once. */
    @Setup
    public void find() {
        String[] parts = frame.split(":", 2);
        profile = Profiles.find(parts[0]).orElseThrow(() -> new IllegalStateException("no codec for " + frame));
        octets = HexFormat.of().parseHex(parts[1]);
        value = profile.codec().decode(octets);
    }

    /** Octets to a value, with what was odd about them. */
    @Benchmark
    public Object decode() {
        return profile.codec().decode(octets, DecodeMode.LENIENT);
    }

    /** A value to octets. */
    @Benchmark
    public byte[] encode() {
        return profile.encode(value);
    }

    /** The floor: a copy of the octets. */
    @Benchmark
    public byte[] copy() {
        return Arrays.copyOf(octets, octets.length);
    }
}
