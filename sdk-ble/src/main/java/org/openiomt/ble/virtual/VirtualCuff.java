package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.BODY_MOVEMENT_DETECTION;
import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.CUFF_FIT_DETECTION;
import static org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature.IRREGULAR_PULSE_DETECTION;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
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

    private final Memory memory;

    /** Puts a cuff into the air, where it advertises. */
    public VirtualCuff(VirtualAir air, String address) {
        super(air, address, "Virtual cuff", "1810");
        BloodPressureFeature features = new BloodPressureFeature(
                Set.of(BODY_MOVEMENT_DETECTION, CUFF_FIT_DETECTION, IRREGULAR_PULSE_DETECTION), Remainder.NONE);
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
    }

    /** Fails to measure: all numbers are NaN, as cuffs say it. */
    public void fail() {
        measure(MedicalFloat.NAN, MedicalFloat.NAN, MedicalFloat.NAN, Optional.of(MedicalFloat.NAN));
    }

    /** Shows the pressure in the cuff, in mmHg, while it inflates and deflates. Nobody hears it who does not listen. */
    public void inflate(int pressure) {
        IntermediateCuffPressure value = IntermediateCuffPressure.of(whole(pressure), PressureUnit.MMHG);
        peripheral().notify(CUFF_PRESSURE, IntermediateCuffPressure.CODEC.encode(value));
    }

    /** Sends raw octets as a measurement, sound or not; kept like one until it is confirmed. */
    public void replay(byte[] octets) {
        memory.add(octets);
    }

    /** Returns how many readings wait to be confirmed. */
    public int stored() {
        return memory.size();
    }

    private static MedicalFloat whole(int number) {
        return MedicalFloat.of(number, 0);
    }
}
