package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.BODY_MOVEMENT_DETECTION;
import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.CUFF_FIT_DETECTION;
import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.IRREGULAR_PULSE_DETECTION;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedDetails;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.PressureUnit;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A blood pressure cuff. What it measures while nobody listens it keeps, 1,024 readings at most, and sends when a central
 * subscribes, oldest first, each until it is confirmed.
 */
public final class VirtualCuff extends VirtualDevice {
    /** Blood Pressure Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1810", "2a35");

    /** Intermediate Cuff Pressure. */
    public static final Channel CUFF_PRESSURE = Gatt.channel("1810", "2a36");

    /** Blood Pressure Feature. */
    public static final Channel FEATURE = Gatt.channel("1810", "2a49");

    /** Enhanced Blood Pressure Measurement; on a cuff of version 1.1. */
    public static final Channel ENHANCED_MEASUREMENT = Gatt.channel("1810", "2b34");

    /** Enhanced Intermediate Cuff Pressure; on a cuff of version 1.1. */
    public static final Channel ENHANCED_CUFF_PRESSURE = Gatt.channel("1810", "2b35");

    /** Blood Pressure Record; on a cuff of version 1.1. */
    public static final Channel RECORD = Gatt.channel("1810", "2b36");

    /** Record Access Control Point; on a cuff of version 1.1. */
    public static final Channel RECORD_ACCESS = Gatt.channel("1810", "2a52");

    private final Memory memory;
    private final Optional<CuffRecords> records;

    /** Puts a cuff of version 1.0 of the service into the air, where it advertises. */
    public VirtualCuff(VirtualAir air, String address) {
        this(air, address, Set.of(BODY_MOVEMENT_DETECTION, CUFF_FIT_DETECTION, IRREGULAR_PULSE_DETECTION), false);
    }

    /**
     * Puts a cuff of version 1.1 of the service into the air, where it advertises: it has enhanced measurements too, and keeps a
     * record of each that is asked for by its number.
     *
     * @param features what it can do; {@link Feature#E2E_CRC} gives its records a check sum, {@link Feature#USER_FACING_TIME} a
     *     second time
     */
    public static VirtualCuff enhanced(VirtualAir air, String address, Set<Feature> features) {
        return new VirtualCuff(air, address, features, true);
    }

    private VirtualCuff(VirtualAir air, String address, Set<Feature> can, boolean isEnhanced) {
        super(air, address, "Virtual cuff", "1810");
        BloodPressureFeature features = new BloodPressureFeature(can, Remainder.NONE);
        records = isEnhanced ? Optional.of(new CuffRecords(peripheral(), air.scheduler(), can)) : Optional.empty();
        peripheral()
                .add(MEASUREMENT, Property.INDICATE)
                .add(CUFF_PRESSURE, Property.NOTIFY)
                .addReadable(FEATURE, BloodPressureFeature.CODEC.encode(features));
        memory = new Memory(peripheral(), MEASUREMENT);
        peripheral().appear();
    }

    /** Measures, in mmHg, now by the device's clock. */
    public void measure(int systolic, int diastolic, int mean) {
        measure(whole(systolic), whole(diastolic), whole(mean), Optional.empty());
    }

    /** Measures, in mmHg and beats per minute, now by the device's clock. */
    public void measure(int systolic, int diastolic, int mean, int pulse) {
        measure(whole(systolic), whole(diastolic), whole(mean), Optional.of(whole(pulse)));
    }

    /** Measures at any resolution, in mmHg and beats per minute, now by the device's clock. */
    public void measure(
            MedicalFloat systolic, MedicalFloat diastolic, MedicalFloat mean, Optional<MedicalFloat> pulse) {
        measure(new BloodPressureMeasurement(
                PressureUnit.MMHG,
                systolic,
                diastolic,
                mean,
                now(),
                pulse,
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE));
    }

    /** Measures everything that a cuff can say: unit, time, person, status. */
    public void measure(BloodPressureMeasurement value) {
        memory.add(BloodPressureMeasurement.CODEC.encode(value));
        records.ifPresent(kept -> kept.add(value));
    }

    /** Fails to measure: all numbers are NaN, as cuffs say it. */
    public void fail() {
        measure(MedicalFloat.NAN, MedicalFloat.NAN, MedicalFloat.NAN, Optional.of(MedicalFloat.NAN));
    }

    /** Shows the pressure in the cuff, in mmHg, while it inflates and deflates. Nobody hears it who does not listen. */
    public void inflate(int pressure) {
        IntermediateCuffPressure value = IntermediateCuffPressure.of(whole(pressure), PressureUnit.MMHG);
        peripheral().notify(CUFF_PRESSURE, IntermediateCuffPressure.CODEC.encode(value));
        EnhancedIntermediateCuffPressure enhanced = new EnhancedIntermediateCuffPressure(
                whole(pressure), EnhancedDetails.of(PressureUnit.MMHG), Remainder.NONE);
        records.ifPresent(kept -> kept.inflate(EnhancedIntermediateCuffPressure.CODEC.encode(enhanced)));
    }

    /** Sends raw octets as a measurement, sound or not; kept like one until it is confirmed. */
    public void replay(byte[] octets) {
        memory.add(octets);
    }

    /** Returns how many readings wait to be confirmed. */
    public int stored() {
        return memory.size();
    }

    /** Returns how many records it keeps; none on a cuff of version 1.0. */
    public int records() {
        return records.map(CuffRecords::size).orElse(0);
    }

    /** Returns how the records are protected, as the features say. */
    public E2eContext e2e() {
        return records.map(CuffRecords::e2e).orElse(E2eContext.ABSENT);
    }

    /** Loses the next packet of a record, as the air does. */
    public void loseNextPacket() {
        records.ifPresent(CuffRecords::loseNext);
    }

    private static MedicalFloat whole(int number) {
        return MedicalFloat.of(number, 0);
    }
}
