package org.openiomt.examples.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SensorStatus;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualScale;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.examples.patch.PatchInfo;
import org.openiomt.examples.patch.PatchPairing;
import org.openiomt.examples.patch.VirtualPatch;

/**
 * Six virtual patients with the devices that one would find at their beds. What goes wrong at a real bed goes wrong here too: a
 * finger clip comes off, a cuff fails, a strap walks out of range, a signal is poor.
 */
public final class VirtualWard implements AutoCloseable {
    private static final Duration WAVE_PERIOD = Duration.ofMillis(100);
    private static final int WAVES_PER_SECOND = 10;

    private final VirtualAir air;
    private final Scheduler scheduler;
    private final Timetable timetable;
    private final Random random;
    private final List<Ward.Bed> beds = new ArrayList<>();
    private final List<PatchPairing> pairings = new ArrayList<>();

    /**
     * Puts everything into the air and begins to measure.
     *
     * @param seed the same seed gives the same patients
     */
    public VirtualWard(long seed) {
        this.scheduler = Scheduler.system("virtual-ward", 1);
        this.air = new VirtualAir(scheduler);
        this.timetable = new Timetable(scheduler);
        this.random = new Random(seed);
        bed1();
        bed2();
        bed3();
        bed4();
        bed5();
        bed6();
    }

    /** Returns where the devices are. */
    public VirtualAir air() {
        return air;
    }

    /** Returns which device belongs to which bed. */
    public Ward ward() {
        return new Ward(beds);
    }

    /** Returns the guard of a device that speaks in sealed frames: the patches do. */
    public Optional<FrameGuard> guard(Discovery discovery) {
        return pairings.stream()
                .filter(pairing -> pairing.address().equals(discovery.address()))
                .findFirst()
                .flatMap(pairing -> pairing.gatewayGuard(discovery));
    }

    @Override
    public void close() {
        timetable.close();
        air.close();
        scheduler.close();
        pairings.forEach(PatchPairing::close);
    }

    /** A patient after an operation: everything works. */
    private void bed1() {
        Bed bed = new Bed(1);
        Drift heart = new Drift(random, 66, 78, 1.5);
        bed.ecg(heart);
        bed.strap(heart);
        bed.cuff(new Drift(random, 112, 126, 3), 1, 3);
    }

    /** A patient whose finger clip comes off now and then. */
    private void bed2() {
        Bed bed = new Bed(2);
        Drift heart = new Drift(random, 74, 88, 1.5);
        Drift saturation = new Drift(random, 95, 98, 0.4);
        bed.pulseWave(heart);
        VirtualOximeter oximeter = new VirtualOximeter(air, bed.place("oximeter", "Pulse oximeter"));
        int[] tick = {0};
        every(1, 2, () -> {
            tick[0]++;
            if (tick[0] % 30 >= 15 && tick[0] % 30 < 20) {
                oximeter.measure(sensorOff());
            } else {
                oximeter.measure(saturation.nextWhole(), heart.nextWhole());
            }
        });
        bed.thermometer(new Drift(random, 36.5, 37.1, 0.1), 2);
    }

    /** A patient with diabetes who moves: every third measurement of the cuff fails. */
    private void bed3() {
        Bed bed = new Bed(3);
        Drift heart = new Drift(random, 80, 96, 2);
        bed.ecg(heart);
        bed.cuff(new Drift(random, 138, 156, 4), 3, 4);
        Drift glucose = new Drift(random, 128, 190, 8);
        VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, bed.place("glucose", "Glucose meter"));
        every(3, 40, () -> meter.measureMilligramPerDecilitre(glucose.nextWhole()));
    }

    /** A patient with heart failure: weighed often; the strap leaves the range of the gateway for a while. */
    private void bed4() {
        Bed bed = new Bed(4);
        Drift heart = new Drift(random, 88, 104, 2);
        bed.pulseWave(heart);
        VirtualHeartRateStrap strap = bed.strap(heart);
        every(45, 75, () -> {
            strap.faults(Faults.NONE.withConnectionsRefused());
            strap.disconnect();
            timetable.once(Duration.ofSeconds(15), () -> strap.faults(Faults.NONE));
        });
        Drift weight = new Drift(random, 82.2, 82.9, 0.05);
        VirtualScale scale = new VirtualScale(air, bed.place("scale", "Scale"));
        every(4, 50, () -> scale.measure(decimal(weight.next(), 2)));
    }

    /** A patient with a lung disease: low saturation, and a poor signal now and then. */
    private void bed5() {
        Bed bed = new Bed(5);
        Drift heart = new Drift(random, 92, 108, 2);
        Drift saturation = new Drift(random, 88, 92, 0.5);
        bed.ecg(heart);
        VirtualOximeter oximeter = new VirtualOximeter(air, bed.place("oximeter", "Pulse oximeter"));
        int[] tick = {0};
        every(1, 2, () -> {
            tick[0]++;
            int findings = tick[0] % 12 >= 8 ? (int) SensorStatus.POOR_SIGNAL.mask() : 0;
            oximeter.measure(oximetry(
                    MedicalFloat.of(saturation.nextWhole(), 0), MedicalFloat.of(heart.nextWhole(), 0), findings));
        });
        bed.cuff(new Drift(random, 126, 140, 3), 1, 6);
    }

    /** A patient with a fever, whose meter counts in mmol/L. */
    private void bed6() {
        Bed bed = new Bed(6);
        Drift heart = new Drift(random, 96, 112, 2);
        bed.pulseWave(heart);
        bed.thermometer(new Drift(random, 38.2, 39.1, 0.1), 3);
        Drift glucose = new Drift(random, 5.2, 7.4, 0.3);
        VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, bed.place("glucose", "Glucose meter"));
        every(
                5,
                45,
                () -> meter.measureMillimolePerLitre(decimal(glucose.next(), 1).toPlainString()));
        Drift weight = new Drift(random, 64.1, 64.6, 0.05);
        VirtualScale scale = new VirtualScale(air, bed.place("scale", "Scale"));
        every(6, 70, () -> scale.measure(decimal(weight.next(), 2)));
    }

    private void every(int firstSeconds, int periodSeconds, Runnable task) {
        timetable.every(Duration.ofSeconds(firstSeconds), Duration.ofSeconds(periodSeconds), task);
    }

    private static BigDecimal decimal(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }

    private static ContinuousMeasurement sensorOff() {
        return oximetry(MedicalFloat.NAN, MedicalFloat.NAN, (int) SensorStatus.SENSOR_OFF.mask());
    }

    private static ContinuousMeasurement oximetry(MedicalFloat saturation, MedicalFloat pulse, int findings) {
        return new ContinuousMeasurement(
                new Oximetry(saturation, pulse),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(findings),
                Optional.empty(),
                Remainder.NONE);
    }

    /** One bed, and the devices that several beds have. */
    private final class Bed {
        private final int number;
        private final List<Ward.Placed> devices = new ArrayList<>();

        Bed(int number) {
            this.number = number;
            beds.add(new Ward.Bed(SubjectId.of("bed-" + number), "Bed " + number, devices));
        }

        /** Writes a device down and returns its address, which is also its id. */
        String place(String kind, String title) {
            String address = "bed-" + number + "-" + kind;
            devices.add(new Ward.Placed(DeviceId.of(address), title));
            Ward.Bed bed = beds.get(beds.size() - 1);
            beds.set(beds.size() - 1, new Ward.Bed(bed.subject(), bed.name(), devices));
            return address;
        }

        void ecg(Drift heart) {
            patch("ECG patch", WaveForm.ecg(), heart);
        }

        void pulseWave(Drift heart) {
            patch("Pulse wave patch", WaveForm.pulseWave(), heart);
        }

        private void patch(String title, PatchInfo info, Drift heart) {
            PatchPairing pairing = new PatchPairing(place("patch", title));
            pairings.add(pairing);
            VirtualPatch patch = new VirtualPatch(air, pairing, title, info);
            WaveForm wave = new WaveForm(info);
            timetable.every(
                    WAVE_PERIOD,
                    WAVE_PERIOD,
                    () -> patch.measure(wave.next(info.hertz() / WAVES_PER_SECOND, heart.value())));
        }

        VirtualHeartRateStrap strap(Drift heart) {
            VirtualHeartRateStrap strap = new VirtualHeartRateStrap(air, place("strap", "Heart rate strap"));
            every(1, 1, () -> strap.measure(heart.nextWhole()));
            return strap;
        }

        void cuff(Drift systolic, int failsEvery, int firstSeconds) {
            VirtualCuff cuff = new VirtualCuff(air, place("cuff", "Blood pressure cuff"));
            int[] count = {0};
            every(firstSeconds, 20, () -> {
                count[0]++;
                int high = systolic.nextWhole();
                int low = high * 5 / 8;
                if (failsEvery > 1 && count[0] % failsEvery == 0) {
                    cuff.fail();
                } else {
                    cuff.measure(high, low, low + (high - low) / 3);
                }
            });
        }

        void thermometer(Drift celsius, int firstSeconds) {
            VirtualThermometer thermometer = new VirtualThermometer(air, place("thermometer", "Thermometer"));
            every(firstSeconds, 15, () -> thermometer.measure(decimal(celsius.next(), 1)));
        }
    }
}
