package org.openiomt.benchmarks;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureStatus;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.core.model.DeviceDateTime;
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
import org.openjdk.jmh.infra.Blackhole;
import org.sputnikdev.bluetooth.gattparser.BluetoothGattParser;
import org.sputnikdev.bluetooth.gattparser.BluetoothGattParserFactory;

/**
 * Decoding the readings that come most often. Beside it the baseline: making the same record again, with all that it holds, and
 * copying the octets (of a health observation only the outermost record is made again, so its ratio says little); and a parser
 * that reads the layouts from the old XML files, for the characteristics that it knows. Run it with {@code -prof gc} to see the
 * octets of each call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            // the peer reads its XML files with an old XStream
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.desktop/java.awt.font=ALL-UNNAMED"
        })
@NullUnmarked // JMH calls the set-up before any benchmark
public class ReadingBenchmark {
    /** Characteristic and octets: heart rate, blood pressure, oximetry, glucose with its check sum, health observation. */
    @Param({
        "2A37:1E5532002100",
        "2A35:1E8A00580078000000041114293B3C00012700",
        "2A5E:0F62004800E80706170E230A20012000002BF0",
        "2AA7:0D4373002C010324001A003E04",
        "2B8B:030118000300B84B020032401EE93000000104200261000000"
    })
    public String frame;

    private Profile<?> profile;
    private byte[] octets;
    private Supplier<Object> again;
    private BluetoothGattParser peer;

    /** Finds the codecs, and how to make the record again. */
    @Setup
    public void find() {
        String[] parts = frame.split(":", 2);
        profile = Profiles.find(parts[0]).orElseThrow(() -> new IllegalStateException("no codec for " + frame));
        octets = HexFormat.of().parseHex(parts[1]);
        Object value = profile.codec().decode(octets);
        again = () -> again(value);
        if (!again.get().equals(value)) {
            throw new IllegalStateException("the baseline makes another value of " + frame);
        }
        peer = BluetoothGattParserFactory.getDefault();
    }

    /** Octets to a value. */
    @Benchmark
    public Object decode() {
        return profile.codec().decode(octets);
    }

    /** The baseline: the same record, and a copy of the octets. */
    @Benchmark
    public Object baseline(Blackhole hole) {
        hole.consume(Arrays.copyOf(octets, octets.length));
        return again.get();
    }

    /** The other parser; fails for what it does not know. */
    @Benchmark
    public Object peer() {
        return peer.parse(profile.uuid(), octets);
    }

    private static Object again(Object value) {
        if (value instanceof HeartRateMeasurement m) {
            return new HeartRateMeasurement(
                    m.heartRate(),
                    m.width(),
                    m.contact(),
                    again(m.energyExpendedKilojoule()),
                    m.rrIntervals1024().map(List::copyOf),
                    m.remainder());
        }
        if (value instanceof BloodPressureMeasurement m) {
            return new BloodPressureMeasurement(
                    m.unit(),
                    again(m.systolic()),
                    again(m.diastolic()),
                    again(m.meanArterialPressure()),
                    m.takenAt().map(ReadingBenchmark::again),
                    again(m.pulseRate()),
                    again(m.userId()),
                    m.status().map(status -> new BloodPressureStatus(status.bits())),
                    m.remainder());
        }
        if (value instanceof SpotCheckMeasurement m) {
            return new SpotCheckMeasurement(
                    Oximetry.of(again(m.oximetry().spO2()), again(m.oximetry().pulseRate())),
                    m.takenAt().map(ReadingBenchmark::again),
                    m.clock(),
                    again(m.measurementStatus()),
                    again(m.deviceSensorStatus()),
                    again(m.pulseAmplitudeIndex()),
                    m.remainder());
        }
        if (value instanceof Segmented<?> packet) {
            return new Segmented<>(packet.segment(), packet.value(), packet.part());
        }
        CgmRecord record = (CgmRecord) ((CgmMeasurement) value).parts().get(0);
        return new CgmMeasurement(List.of(new CgmRecord(
                again(record.glucoseMilligramPerDecilitre()),
                record.timeOffsetMinutes(),
                again(record.status()),
                again(record.calibrationTemperature()),
                again(record.warning()),
                again(record.trend()),
                again(record.qualityPercent()),
                record.check(),
                record.remainder())));
    }

    private static MedicalFloat again(MedicalFloat number) {
        return MedicalFloat.of(number.mantissa(), number.exponent());
    }

    private static Optional<MedicalFloat> again(Optional<MedicalFloat> number) {
        return number.map(ReadingBenchmark::again);
    }

    private static OptionalInt again(OptionalInt number) {
        return number.isPresent() ? OptionalInt.of(number.getAsInt()) : number;
    }

    private static DeviceDateTime again(DeviceDateTime time) {
        return DeviceDateTime.of(time.year(), time.month(), time.day(), time.hour(), time.minute(), time.second());
    }
}
