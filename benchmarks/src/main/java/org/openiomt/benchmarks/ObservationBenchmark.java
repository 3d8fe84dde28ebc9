package org.openiomt.benchmarks;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;
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

/** An observation to CBOR and back; beside it the JSON twin by the same library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class ObservationBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /** What is encoded: one blood pressure, or one second of one ECG lead at 250 Hz. */
    @Param({"bloodPressure", "ecgSecond"})
    public String kind;

    private Observation observation;
    private byte[] cbor;
    private String json;

    /** Makes the observation and both of its forms. */
    @Setup
    public void make() {
        Arrival arrival = Arrival.of(DeviceId.of("A1B2C3D4"), NOW, 1, ClockState.UNKNOWN, Subjects.UNKNOWN);
        observation = kind.equals("bloodPressure") ? bloodPressure(arrival) : ecgSecond(arrival);
        cbor = ObservationCbor.encode(observation);
        json = ObservationJson.write(observation);
        System.out.println(kind + ": " + cbor.length + " octets of CBOR, " + json.length() + " characters of JSON");
    }

    /** To CBOR. */
    @Benchmark
    public byte[] toCbor() {
        return ObservationCbor.encode(observation);
    }

    /** From CBOR. */
    @Benchmark
    public Observation fromCbor() {
        return ObservationCbor.decode(cbor);
    }

    /** To JSON. */
    @Benchmark
    public String toJson() {
        return ObservationJson.write(observation);
    }

    /** From JSON. */
    @Benchmark
    public Observation fromJson() {
        return ObservationJson.read(json);
    }

    private static Observation bloodPressure(Arrival arrival) {
        return arrival.observe(
                        Mdc.MDC_PRESS_BLD_NONINV,
                        Value.Compound.of(
                                pressure(Mdc.MDC_PRESS_BLD_NONINV_SYS, 120),
                                pressure(Mdc.MDC_PRESS_BLD_NONINV_DIA, 80),
                                pressure(Mdc.MDC_PRESS_BLD_NONINV_MEAN, 93)))
                .at(Optional.of(DeviceDateTime.of(2026, 1, 1, 12, 0, 0)))
                .build();
    }

    private static Value.Component pressure(Code type, int value) {
        return new Value.Component(type, Value.Numeric.of(MedicalFloat.of(value, 0), Units.MDC_DIM_MMHG));
    }

    private static Observation ecgSecond(Arrival arrival) {
        int[] samples = new int[250];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (int) (400 * Math.sin(i / 12.0) + i % 50);
        }
        return arrival.observe(
                        Mdc.MDC_ECG_ELEC_POTL_II,
                        Value.SampleArray.of(
                                Units.MDC_DIM_MILLI_VOLT,
                                MedicalFloat.of(5, -3),
                                MedicalFloat.of(0, 0),
                                SampleRate.hertz(250),
                                samples))
                .build();
    }
}
