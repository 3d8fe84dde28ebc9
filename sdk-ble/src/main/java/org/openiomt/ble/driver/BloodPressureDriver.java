package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Blood pressure cuffs. */
public final class BloodPressureDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1810", "2a35");
    private static final Channel CUFF_PRESSURE = Gatt.channel("1810", "2a36");

    /** For the service loader. */
    public BloodPressureDriver() {
        super(
                "org.openiomt.blood-pressure",
                "Blood pressure cuff",
                "1810",
                Mdc.MDC_DEV_SPEC_PROFILE_BP,
                List.of(Mdc.MDC_PRESS_BLD_NONINV, Mdc.MDC_PULS_RATE_NON_INV, Mdc.MDC_PRESS_CUFF));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return hearIfPresent(gatt, CUFF_PRESSURE, IntermediateCuffPressure.CODEC, BloodPressureObservations::of)
                .thenCompose(
                        done -> hear(gatt, MEASUREMENT, BloodPressureMeasurement.CODEC, BloodPressureObservations::of));
    }
}
