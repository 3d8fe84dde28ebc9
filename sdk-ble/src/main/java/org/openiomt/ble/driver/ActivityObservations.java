package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.openiomt.ble.profile.activity.ActivityData;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Heart rates and respiration rates of an activity tracker at one moment. For the other fields no term or no unit is known, and an
 * average is no reading, so they are left out. The time is that since the session began; session, part and sequence number name the
 * observation. A rate of 0 is QUESTIONABLE, as that of a heart rate sensor: some trackers send 0 until they have a rate.
 */
public final class ActivityObservations {
    private static final int ID_SHIFT = 16;

    private ActivityObservations() {}

    /** Returns the heart rate, then the respiration rate, where there are such. */
    public static List<Observation> of(ActivityData data, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        if (data.layout() == ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS) {
            add(observations, data, arrival, "heartRate", Mdc.MDC_ECG_HEART_RATE, Units.MDC_DIM_BEAT_PER_MIN);
            add(observations, data, arrival, "respirationRate", Mdc.MDC_RESP_RATE, Units.MDC_DIM_RESP_PER_MIN);
        }
        return List.copyOf(observations);
    }

    private static void add(
            List<Observation> observations, ActivityData data, Arrival arrival, String field, Code type, Code unit) {
        OptionalLong value = data.value(field);
        if (value.isPresent()) {
            long session = (long) data.sessionId() << ID_SHIFT | data.subSessionId();
            observations.add(arrival.observe(type, Value.Numeric.of(MedicalFloat.of(value.getAsLong(), 0), unit))
                    .at(new DeviceTime.Ticks(data.relativeSeconds(), Duration.ofSeconds(1)))
                    .statusIf(value.getAsLong() == 0, MeasurementStatus.QUESTIONABLE)
                    .sequence(session << Integer.SIZE | data.sequenceNumber())
                    .build());
        }
    }
}
