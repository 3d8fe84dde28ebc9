package org.openiomt.benchmarks;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureStatus;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.healthsensor.HealthObservation;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthValue;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;

/** The readings that come most often: how each is decoded, and how the same value is made again without its octets. */
public enum Reading {
    /** Rate, contact, energy and two RR intervals. */
    HEART_RATE(
            "2A37",
            "1E4832004B035203",
            of(
                    HeartRateMeasurement.CODEC,
                    m -> new HeartRateMeasurement(
                            m.heartRate(),
                            m.width(),
                            m.contact(),
                            again(m.energyExpendedKilojoule()),
                            m.rrIntervals1024().map(Reading::twoAgain),
                            m.remainder()))),

    /** All fields. */
    BLOOD_PRESSURE(
            "2A35",
            "1E8A0058007800E80706170E230A3C00012700",
            of(
                    BloodPressureMeasurement.CODEC,
                    m -> new BloodPressureMeasurement(
                            m.unit(),
                            again(m.systolic()),
                            again(m.diastolic()),
                            again(m.meanArterialPressure()),
                            m.takenAt().map(Reading::again),
                            again(m.pulseRate()),
                            again(m.userId()),
                            m.status().map(status -> new BloodPressureStatus(status.bits())),
                            m.remainder()))),

    /** All fields. */
    OXIMETER_SPOT(
            "2A5E",
            "0F62004800E80706170E230A20012000002BF0",
            of(
                    SpotCheckMeasurement.CODEC,
                    m -> new SpotCheckMeasurement(
                            again(m.oximetry()),
                            m.takenAt().map(Reading::again),
                            m.clock(),
                            again(m.measurementStatus()),
                            again(m.deviceSensorStatus()),
                            again(m.pulseAmplitudeIndex()),
                            m.remainder()))),

    /** All fields. */
    OXIMETER_CONTINUOUS(
            "2A5F",
            "1F610048006100490060004700200120000014F0",
            of(
                    ContinuousMeasurement.CODEC,
                    m -> new ContinuousMeasurement(
                            again(m.normal()),
                            m.fast().map(Reading::again),
                            m.slow().map(Reading::again),
                            again(m.measurementStatus()),
                            again(m.deviceSensorStatus()),
                            again(m.pulseAmplitudeIndex()),
                            m.remainder()))),

    /** One record with its check sum, of a sensor that is known to send one. */
    GLUCOSE("2AA7", "0D4373002C010324001A003E04", of(CgmMeasurement.codec(E2eContext.PRESENT), Reading::again)),

    /** The same, of a sensor that was not asked. */
    GLUCOSE_NOT_ASKED("2AA7", "0D4373002C010324001A003E04", of(CgmMeasurement.CODEC, Reading::again)),

    /** A number with type, unit and time, whose packets have been joined. */
    HEALTH_OBSERVATION(
            "2B8B",
            "0118000300B84B020032401EE93000000104200261000000",
            of(HealthRecord.LIVE_CODEC, r -> HealthRecord.live(again(r.observation()))));

    private final String uuid;
    private final String hex;

    @SuppressWarnings("ImmutableEnumChecker") // a codec and a function, neither with a state
    private final Way way;

    Reading(String uuid, String hex, Way way) {
        this.uuid = uuid;
        this.hex = hex;
        this.way = way;
        Object value = decode(octets());
        if (!again(value).equals(value)) {
            throw new IllegalStateException("the baseline makes another value of " + this);
        }
    }

    /** Returns the characteristic as 4 hexadecimal digits. */
    String uuid() {
        return uuid;
    }

    /** Returns the octets of a value. */
    byte[] octets() {
        return HexFormat.of().parseHex(hex);
    }

    /** Decodes octets. */
    Object decode(byte[] octets) {
        return way.codec().decode(octets);
    }

    /** Makes a decoded value again, with every object that it holds, by the constructors that an application has too. */
    Object again(Object value) {
        return way.again().apply(value);
    }

    private record Way(Codec<?> codec, UnaryOperator<Object> again) {}

    @SuppressWarnings("unchecked") // the codec made the value
    private static <T> Way of(Codec<T> codec, UnaryOperator<T> again) {
        return new Way(codec, value -> again.apply((T) value));
    }

    private static CgmMeasurement again(CgmMeasurement measurement) {
        CgmRecord record = (CgmRecord) measurement.parts().get(0);
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

    private static HealthObservation again(HealthObservation observation) {
        HealthValue.Numeric number = (HealthValue.Numeric) observation.value();
        return new HealthObservation(
                observation.length(),
                OptionalLong.of(observation.type().orElseThrow()),
                observation.time().map(Reading::again),
                observation.duration(),
                observation.status(),
                observation.objectId(),
                observation.patient(),
                observation.supplemental(),
                observation.derivedFrom(),
                observation.members(),
                observation.entries(),
                new HealthValue.Numeric(number.unit(), again(number.value())),
                observation.remainder());
    }

    private static ElapsedTime again(ElapsedTime time) {
        return new ElapsedTime(
                Bits.set(ElapsedTime.Flag.class, Bits.mask(time.flags())),
                time.resolution(),
                time.count(),
                time.source(),
                time.offsetQuarters(),
                time.unknownFlags());
    }

    private static Oximetry again(Oximetry pair) {
        return Oximetry.of(again(pair.spO2()), again(pair.pulseRate()));
    }

    private static MedicalFloat again(MedicalFloat number) {
        return MedicalFloat.of(number.mantissa(), number.exponent());
    }

    private static Optional<MedicalFloat> again(Optional<MedicalFloat> number) {
        return number.map(Reading::again);
    }

    private static OptionalInt again(OptionalInt number) {
        return number.isPresent() ? OptionalInt.of(number.getAsInt()) : number;
    }

    private static DeviceDateTime again(DeviceDateTime time) {
        return DeviceDateTime.of(time.year(), time.month(), time.day(), time.hour(), time.minute(), time.second());
    }

    private static List<Integer> twoAgain(List<Integer> numbers) {
        int first = numbers.get(0);
        int second = numbers.get(1);
        return List.of(first, second);
    }
}
