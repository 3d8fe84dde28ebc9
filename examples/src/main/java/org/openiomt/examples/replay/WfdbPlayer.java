package org.openiomt.examples.replay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.PressureUnit;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SensorStatus;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.examples.patch.PatchInfo;
import org.openiomt.examples.patch.PatchPairing;
import org.openiomt.examples.patch.VirtualPatch;

/**
 * Plays a PhysioNet record.
 * <pre>
 * signals                     played by          rule
 * SpO2, PULSE                 an oximeter        0 = sensor off: sent as such, never as a value; missing: nothing sent
 * NBPSys, NBPDias, NBPMean    a cuff             missing or 0: nothing sent; the time is the record's
 * the first one in mV         an ECG patch       in pieces of a tenth of a second; a missing sample is a gap
 * PLETH                       a pulse wave patch as an ECG
 * </pre>
 * Other signals are named and not played. A record of at most one sample in a second is numerics, any other wave forms.
 */
final class WfdbPlayer {
    private static final SubjectId SUBJECT = SubjectId.of("recording");
    private static final int PIECES_PER_SECOND = 10;
    private static final int STEP_DIGITS = 7;

    /** A short float holds so many steps; a value that needs more is sent at the next coarser resolution. */
    private static final int MAX_STEPS = 2_045;

    private final WfdbRecord record;
    private final VirtualAir air;
    private final List<Recording.Step> steps = new ArrayList<>();
    private final List<Ward.Placed> placed = new ArrayList<>();
    private final List<AutoCloseable> devices = new ArrayList<>();
    private final List<WfdbSignal> played = new ArrayList<>();
    private Optional<PatchPairing> pairing = Optional.empty();

    private WfdbPlayer(WfdbRecord record, VirtualAir air) {
        this.record = record;
        this.air = air;
    }

    /**
     * Puts the devices of a record into the air.
     *
     * @throws BadInputException when no signal of it can be played
     */
    static Recording prepare(WfdbRecord record, VirtualAir air) {
        WfdbPlayer player = new WfdbPlayer(record, air);
        boolean isNumerics = record.rate().durationOf(1).compareTo(Duration.ofSeconds(1)) >= 0;
        if (isNumerics) {
            player.addNumerics();
        } else {
            player.addPatch();
        }
        if (player.played.isEmpty()) {
            throw new BadInputException("record " + record.name() + ": none of its signals can be played ("
                    + names(record.signals().stream())
                    + "); SpO2, PULSE, NBPSys, NBPDias, NBPMean, PLETH and signals in mV can");
        }
        String others = names(record.signals().stream().filter(signal -> !player.played.contains(signal)));
        Ward ward = new Ward(List.of(new Ward.Bed(SUBJECT, "Recording", player.placed)));
        return new Recording(
                ward,
                player.steps,
                others.isEmpty() ? List.of() : List.of("not played: " + others),
                isNumerics ? record.rate().durationOf(1).toMillis() / 1e3 : 1,
                player::guard,
                player.devices,
                Optional.empty());
    }

    private Optional<FrameGuard> guard(Discovery discovery) {
        return pairing.flatMap(paired -> paired.gatewayGuard(discovery));
    }

    private void addNumerics() {
        Optional<WfdbSignal> saturation = record.signal("SpO2");
        Optional<WfdbSignal> pulse = record.signal("PULSE");
        Optional<WfdbSignal> systolic = record.signal("NBPSys");
        Optional<WfdbSignal> diastolic = record.signal("NBPDias");
        Optional<WfdbSignal> mean = record.signal("NBPMean");
        Optional<VirtualOximeter> oximeter = Optional.empty();
        if (saturation.isPresent() && pulse.isPresent()) {
            oximeter = Optional.of(add(new VirtualOximeter(air, place("oximeter", "Pulse oximeter"))));
            Stream.of(saturation, pulse).forEach(signal -> played.add(signal.get()));
        }
        Optional<VirtualCuff> cuff = Optional.empty();
        if (systolic.isPresent() && diastolic.isPresent() && mean.isPresent()) {
            cuff = Optional.of(add(new VirtualCuff(air, place("cuff", "Blood pressure cuff"))));
            Stream.of(systolic, diastolic, mean).forEach(signal -> played.add(signal.get()));
        }
        for (int row = 0; row < record.length(); row++) {
            int index = row;
            Duration at = record.rate().durationOf(row);
            oximeter.ifPresent(device -> oximetry(saturation.orElseThrow(), pulse.orElseThrow(), index)
                    .ifPresent(value -> steps.add(new Recording.Step(at, () -> device.measure(value)))));
            cuff.ifPresent(device -> pressure(
                            systolic.orElseThrow(), diastolic.orElseThrow(), mean.orElseThrow(), index)
                    .ifPresent(value -> steps.add(new Recording.Step(at, () -> device.measure(value)))));
        }
    }

    /** Returns what an oximeter says in a row: nothing where both are missing, "sensor off" where both are 0. */
    private Optional<ContinuousMeasurement> oximetry(WfdbSignal saturation, WfdbSignal pulse, int row) {
        int first = record.sample(saturation, row);
        int second = record.sample(pulse, row);
        if (saturation.isMissing(first) && pulse.isMissing(second)) {
            return Optional.empty();
        }
        MedicalFloat spO2 = value(saturation, first);
        MedicalFloat rate = value(pulse, second);
        boolean isOff = !spO2.isFinite() && !rate.isFinite();
        return Optional.of(new ContinuousMeasurement(
                new Oximetry(spO2, rate),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(isOff ? (int) SensorStatus.SENSOR_OFF.mask() : 0),
                Optional.empty(),
                Remainder.NONE));
    }

    /** Returns what a cuff says in a row: nothing unless there is at least a systolic and a diastolic pressure. */
    private Optional<BloodPressureMeasurement> pressure(
            WfdbSignal systolic, WfdbSignal diastolic, WfdbSignal mean, int row) {
        MedicalFloat high = value(systolic, record.sample(systolic, row));
        MedicalFloat low = value(diastolic, record.sample(diastolic, row));
        if (!high.isFinite() || !low.isFinite()) {
            return Optional.empty();
        }
        return Optional.of(new BloodPressureMeasurement(
                PressureUnit.MMHG,
                high,
                low,
                value(mean, record.sample(mean, row)),
                record.start()
                        .map(start ->
                                DeviceDateTime.from(start.plus(record.rate().durationOf(row)))),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE));
    }

    /** Returns a sample as a device sends it; 0 and missing are no measurement. */
    private static MedicalFloat value(WfdbSignal signal, int sample) {
        if (sample == 0 || signal.isMissing(sample)) {
            return MedicalFloat.NAN;
        }
        BigDecimal value = signal.physical(sample);
        while (value.unscaledValue().abs().compareTo(BigInteger.valueOf(MAX_STEPS)) > 0) {
            value = value.setScale(value.scale() - 1, RoundingMode.HALF_EVEN);
        }
        return MedicalFloat.from(value);
    }

    private void addPatch() {
        Optional<WfdbSignal> pulseWave = record.signal("PLETH");
        Optional<WfdbSignal> ecg = record.signals().stream()
                .filter(signal -> signal.unit().equals("mV"))
                .findFirst();
        Optional<WfdbSignal> chosen = ecg.or(() -> pulseWave);
        if (chosen.isEmpty()) {
            return;
        }
        WfdbSignal signal = chosen.get();
        if (record.rate().samples() < PIECES_PER_SECOND || record.rate().samples() > 1_000) {
            throw new BadInputException("record " + record.name() + ": expected " + PIECES_PER_SECOND
                    + " to 1000 samples in a second, but it has "
                    + record.rate().samples());
        }
        played.add(signal);
        boolean isEcg = ecg.isPresent();
        PatchPairing paired = new PatchPairing(place("patch", isEcg ? "ECG patch" : "Pulse wave patch"));
        pairing = Optional.of(paired);
        BigDecimal step = BigDecimal.ONE.divide(signal.gain(), new MathContext(STEP_DIGITS));
        VirtualPatch patch = add(new VirtualPatch(
                air,
                paired,
                "Patch of record " + record.name(),
                new PatchInfo(
                        isEcg ? PatchInfo.Kind.ECG : PatchInfo.Kind.PULSE_WAVE,
                        record.rate().samples(),
                        MedicalFloat.from(step),
                        MedicalFloat.from(step.multiply(BigDecimal.valueOf(-signal.baseline()))
                                .round(new MathContext(STEP_DIGITS - 1))))));
        int piece = record.rate().samples() / PIECES_PER_SECOND;
        for (int from = 0; from < record.length(); from += piece) {
            int begin = from;
            int end = Math.min(record.length(), from + piece);
            steps.add(new Recording.Step(record.rate().durationOf(end), () -> send(patch, signal, begin, end)));
        }
    }

    /** Sends the runs of samples between those that are missing. */
    private void send(VirtualPatch patch, WfdbSignal signal, int from, int to) {
        int[] samples = record.samples(signal, from, to);
        int begin = 0;
        for (int i = 0; i <= samples.length; i++) {
            if (i == samples.length || signal.isMissing(samples[i])) {
                if (i > begin) {
                    patch.measure(Arrays.copyOfRange(samples, begin, i));
                }
                if (i < samples.length) {
                    patch.skip(1);
                }
                begin = i + 1;
            }
        }
    }

    private String place(String name, String title) {
        placed.add(new Ward.Placed(DeviceId.of(name), title));
        return name;
    }

    private <T extends AutoCloseable> T add(T device) {
        devices.add(device);
        return device;
    }

    private static String names(Stream<WfdbSignal> signals) {
        return signals.map(signal -> signal.description().isEmpty() ? "(no name)" : signal.description())
                .collect(Collectors.joining(", "));
    }
}
