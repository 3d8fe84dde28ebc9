package org.openiomt.ble.virtual;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.glucose.GlucoseFeatures;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement.Context;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement.Sample;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement.Unit;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext.MedicationUnit;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A glucose meter. It keeps every reading under a number of its own and sends them only when it is asked through its Record
 * Access Control Point. Its radio is off while it measures, so a measurement ends the link and the meter appears again, as home
 * meters do.
 */
public final class VirtualGlucoseMeter extends VirtualDevice {
    /** Glucose Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1808", "2a18");

    /** Glucose Measurement Context. */
    public static final Channel CONTEXT = Gatt.channel("1808", "2a34");

    /** Glucose Feature. */
    public static final Channel FEATURE = Gatt.channel("1808", "2a51");

    /** Record Access Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1808", "2a52");

    /** 1 mg/dL is 10<sup>-5</sup> kg/L. */
    private static final int MILLIGRAM_PER_DECILITRE = -5;

    /** 1 mmol/L is 10<sup>-3</sup> mol/L. */
    private static final int MILLIMOLE_PER_LITRE = -3;

    private static final int CAPILLARY_WHOLE_BLOOD = 1;
    private static final int FINGER = 1;
    private static final DeviceDateTime NO_CLOCK = DeviceDateTime.of(0, 0, 0, 0, 0, 0);

    private final RecordServer records;

    /** Puts a meter without records into the air, where it advertises. */
    public VirtualGlucoseMeter(VirtualAir air, String address) {
        super(air, address, "Virtual glucose meter", "1808");
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .add(CONTEXT, Property.NOTIFY)
                .addReadable(FEATURE, GlucoseFeatures.CODEC.encode(GlucoseFeatures.of(Set.of())))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        records =
                new RecordServer(peripheral(), air.scheduler(), CONTROL_POINT, MEASUREMENT, RecordServer.Rules.GLUCOSE);
        peripheral().appear();
    }

    /** Measures in capillary whole blood from a finger, now by the device's clock, and sends it in kg/L. */
    public void measureMilligramPerDecilitre(int concentration) {
        measure(MedicalFloat.of(concentration, MILLIGRAM_PER_DECILITRE), Unit.KG_PER_L, OptionalInt.empty());
    }

    /**
     * Measures in capillary whole blood from a finger, now by the device's clock, and sends it in mol/L.
     *
     * @param concentration digits and resolution, such as {@code "5.6"}
     */
    public void measureMillimolePerLitre(String concentration) {
        measure(molePerLitre(concentration), Unit.MOL_PER_L, OptionalInt.empty());
    }

    /**
     * Measures as {@link #measureMillimolePerLitre(String)} does; the person adds when it was.
     *
     * @param meal 1 before a meal, 2 after it, 3 fasting, 4 casual, 5 at bedtime
     */
    public void measureMillimolePerLitre(String concentration, int meal) {
        measure(molePerLitre(concentration), Unit.MOL_PER_L, OptionalInt.of(meal));
    }

    /** Measures everything that a meter can say, under any number. */
    public void measure(GlucoseMeasurement value, Optional<GlucoseMeasurementContext> context) {
        byte[] measurement = GlucoseMeasurement.CODEC.encode(value);
        Optional<byte[]> about = context.map(GlucoseMeasurementContext.CODEC::encode);
        store(value.sequenceNumber(), userTime(value), () -> {
            peripheral().notify(MEASUREMENT, measurement);
            about.ifPresent(octets -> peripheral().notify(CONTEXT, octets));
        });
    }

    /**
     * Stores raw octets as a measurement, sound or not, under the next number.
     *
     * @return the number, by which requests find it whatever the octets say
     */
    public int replay(byte[] octets) {
        int number = records.nextNumber();
        byte[] copy = octets.clone();
        store(number, NO_CLOCK, () -> peripheral().notify(MEASUREMENT, copy));
        return number;
    }

    /** Forgets all records and counts from 1 again, as a meter does that was reset. */
    public void reset() {
        records.store().clear();
    }

    /** Gives it a memory of so many records: when it is full, the oldest makes room. */
    public void memory(int capacity) {
        records.store().capacity(capacity);
    }

    /** Returns how many records are stored. */
    public int stored() {
        return records.store().size();
    }

    private void store(int number, DeviceDateTime userTime, Runnable send) {
        records.store().store(new RecordStore.Entry(number, Optional.of(userTime), send));
        disconnect();
    }

    private void measure(MedicalFloat concentration, Unit unit, OptionalInt meal) {
        int number = records.nextNumber();
        Sample sample = new Sample(concentration, CAPILLARY_WHOLE_BLOOD, FINGER);
        measure(
                new GlucoseMeasurement(
                        number,
                        now().orElse(NO_CLOCK),
                        OptionalInt.of(0),
                        unit,
                        Optional.of(sample),
                        OptionalInt.empty(),
                        meal.isPresent() ? Context.FOLLOWS : Context.NONE,
                        Remainder.NONE),
                meal.isPresent() ? Optional.of(about(number, meal)) : Optional.empty());
    }

    private static GlucoseMeasurementContext about(int number, OptionalInt meal) {
        return new GlucoseMeasurementContext(
                number,
                OptionalInt.empty(),
                Optional.empty(),
                meal,
                Optional.empty(),
                Optional.empty(),
                MedicationUnit.KILOGRAM,
                Optional.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    private static MedicalFloat molePerLitre(String millimolePerLitre) {
        MedicalFloat value = MedicalFloat.parse(millimolePerLitre);
        return value.isFinite() ? MedicalFloat.of(value.mantissa(), value.exponent() + MILLIMOLE_PER_LITRE) : value;
    }

    /** The time that the user sees, which the filter by time is about. */
    private static DeviceDateTime userTime(GlucoseMeasurement value) {
        return value.baseTime()
                .local()
                .map(base -> DeviceDateTime.from(
                        base.plusMinutes(value.timeOffsetMinutes().orElse(0))))
                .orElse(value.baseTime());
    }
}
