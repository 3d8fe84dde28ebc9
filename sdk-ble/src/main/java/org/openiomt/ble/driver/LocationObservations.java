package org.openiomt.ble.driver;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.ble.profile.location.PositionStatus;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Speed, distance, place and elevation of a positioning sensor. What the sensor says about its position holds for the place
 * and the elevation:
 *
 * <pre>
 * position status         status of latitude, longitude and elevation
 * no position             INVALID
 * estimated, last known   QUESTIONABLE
 * position OK             none
 * </pre>
 *
 * The time of a reading is in UTC; without one it is unknown. Heading and rolling time have no MDC term that we know.
 */
public final class LocationObservations {
    private LocationObservations() {}

    /** Returns speed, distance, latitude, longitude and elevation, where there are any. */
    public static List<Observation> of(LocationAndSpeed value, Arrival arrival) {
        Optional<DeviceTime> time =
                value.utcTime().map(reading -> new DeviceTime.WallClock(reading, Optional.of(ZoneOffset.UTC)));
        Optional<MeasurementStatus> doubt = doubt(value.positionStatus());
        List<Observation> observations = new ArrayList<>();
        value.speedCentimetrePerSecond()
                .ifPresent(speed -> observations.add(observe(
                        arrival, Mdc.MDC_HF_SPEED, speed, -2, Units.MDC_DIM_M_PER_SEC, time, Optional.empty())));
        value.totalDistanceDecimetre()
                .ifPresent(distance -> observations.add(
                        observe(arrival, Mdc.MDC_HF_DISTANCE, distance, -1, Units.MDC_DIM_M, time, Optional.empty())));
        value.location().ifPresent(place -> {
            observations.add(
                    observe(arrival, Mdc.MDC_HF_LATITUDE, place.latitude7(), -7, Units.MDC_DIM_ANG_DEG, time, doubt));
            observations.add(
                    observe(arrival, Mdc.MDC_HF_LONGITUDE, place.longitude7(), -7, Units.MDC_DIM_ANG_DEG, time, doubt));
        });
        value.elevationCentimetre()
                .ifPresent(elevation -> observations.add(
                        observe(arrival, Mdc.MDC_HF_ALT, elevation, -2, Units.MDC_DIM_M, time, doubt)));
        return List.copyOf(observations);
    }

    private static Observation observe(
            Arrival arrival,
            Code type,
            int digits,
            int exponent,
            Code unit,
            Optional<DeviceTime> time,
            Optional<MeasurementStatus> doubt) {
        var builder = Readings.numeric(arrival, type, MedicalFloat.of(digits, exponent), unit)
                .at(time.orElseGet(DeviceTime.None::new));
        doubt.ifPresent(builder::status);
        return builder.build();
    }

    private static Optional<MeasurementStatus> doubt(PositionStatus status) {
        return switch (status) {
            case NO_POSITION -> Optional.of(MeasurementStatus.INVALID);
            case POSITION_OK -> Optional.empty();
            case ESTIMATED, LAST_KNOWN -> Optional.of(MeasurementStatus.QUESTIONABLE);
        };
    }
}
