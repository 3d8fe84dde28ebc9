package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.ble.profile.userdata.UserNumber;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Weight, height and age that a device keeps of its user. They were told to the device or measured at a time that it does not
 * say. Limits, goals and other settings of the user are no observations.
 */
public final class UserDataObservations {
    private UserDataObservations() {}

    /** Returns the weight, height or age; empty for a number of another kind. */
    public static List<Observation> of(UserNumber number, Arrival arrival) {
        return switch (number.kind()) {
            case WEIGHT -> one(number, arrival, Mdc.MDC_MASS_BODY_ACTUAL, Units.MDC_DIM_KILO_G);
            case HEIGHT, HIGH_RESOLUTION_HEIGHT -> one(number, arrival, Mdc.MDC_LEN_BODY_ACTUAL, Units.MDC_DIM_M);
            case AGE -> one(number, arrival, Mdc.MDC_ATTR_PT_AGE, Units.MDC_DIM_YR);
            default -> List.of();
        };
    }

    private static List<Observation> one(UserNumber number, Arrival arrival, Code type, Code unit) {
        return List.of(Readings.numeric(arrival, type, number.value(), unit).build());
    }
}
