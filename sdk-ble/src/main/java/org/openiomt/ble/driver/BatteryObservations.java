package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** Charges of a device's battery. A reserved code is kept and INVALID. */
public final class BatteryObservations {
    private BatteryObservations() {}

    /** Returns the charge in percent. */
    public static List<Observation> of(BatteryLevel level, Arrival arrival) {
        MedicalFloat percent = MedicalFloat.of(level.percent(), 0);
        return List.of(Readings.numeric(arrival, Mdc.MDC_ATTR_VAL_BATT_CHARGE, percent, Units.MDC_DIM_PERCENT)
                .statusIf(!level.isKnown(), MeasurementStatus.INVALID)
                .build());
    }
}
