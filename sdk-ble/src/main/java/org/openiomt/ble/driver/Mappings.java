package org.openiomt.ble.driver;

import java.util.List;
import java.util.function.BiFunction;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.ble.profile.activity.ActivityData;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.ble.profile.thermometer.IntermediateTemperature;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.userdata.UserNumber;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Observation;

/** The only table from decoded characteristic values to observations. */
public final class Mappings {
    private static final List<Mapping<?>> ALL = List.of(
            new Mapping<>(BloodPressureMeasurement.class, BloodPressureObservations::of),
            new Mapping<>(IntermediateCuffPressure.class, BloodPressureObservations::of),
            new Mapping<>(EnhancedBloodPressureMeasurement.class, BloodPressureObservations::of),
            new Mapping<>(EnhancedIntermediateCuffPressure.class, BloodPressureObservations::of),
            new Mapping<>(BloodPressureRecord.class, BloodPressureObservations::of),
            new Mapping<>(TemperatureMeasurement.class, TemperatureObservations::of),
            new Mapping<>(IntermediateTemperature.class, TemperatureObservations::of),
            new Mapping<>(WeightMeasurement.class, WeightObservations::of),
            new Mapping<>(BodyCompositionMeasurement.class, BodyCompositionObservations::of),
            new Mapping<>(BatteryLevel.class, BatteryObservations::of),
            new Mapping<>(CgmMeasurement.class, ContinuousGlucoseObservations::of),
            new Mapping<>(HistoryEvent.class, InsulinObservations::of),
            new Mapping<>(HeartRateMeasurement.class, HeartRateObservations::of),
            new Mapping<>(SpotCheckMeasurement.class, PulseOximeterObservations::of),
            new Mapping<>(ContinuousMeasurement.class, PulseOximeterObservations::of),
            new Mapping<>(ActivityData.class, ActivityObservations::of),
            new Mapping<>(HealthRecord.class, HealthSensorObservations::of),
            new Mapping<>(GlucoseMeasurement.class, GlucoseObservations::of),
            new Mapping<>(RunningMeasurement.class, SportObservations::of),
            new Mapping<>(CyclingPowerMeasurement.class, SportObservations::of),
            new Mapping<>(LocationAndSpeed.class, LocationObservations::of),
            new Mapping<>(EnvironmentalReading.class, EnvironmentalObservations::of),
            new Mapping<>(UserNumber.class, UserDataObservations::of),
            new Mapping<>(MachineData.class, FitnessObservations::of));

    private record Mapping<T>(Class<T> type, BiFunction<T, Arrival, List<Observation>> mapper) {
        List<Observation> observations(Object decoded, Arrival arrival) {
            return mapper.apply(type.cast(decoded), arrival);
        }
    }

    private Mappings() {}

    /**
     * Returns what a decoded value observes, in the order of its fields; empty for one that observes nothing, such as a name,
     * a list of features, or a piece of a value that is split over packets.
     */
    public static List<Observation> observations(Object decoded, Arrival arrival) {
        if (decoded instanceof Segmented<?> packet) {
            return packet.value().map(whole -> observations(whole, arrival)).orElse(List.of());
        }
        for (Mapping<?> mapping : ALL) {
            if (mapping.type.isInstance(decoded)) {
                return mapping.observations(decoded, arrival);
            }
        }
        return List.of();
    }
}
