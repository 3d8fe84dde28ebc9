package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Running sensors: speed and cadence of feet. */
public final class RunningDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1814", "2a53");

    /** For the service loader. */
    public RunningDriver() {
        super(
                "org.openiomt.running",
                "Running sensor",
                "1814",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(Mdc.MDC_HF_SPEED, Mdc.MDC_HF_CAD, Mdc.MDC_HF_STRIDE, Mdc.MDC_HF_DISTANCE));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return hear(gatt, MEASUREMENT, RunningMeasurement.CODEC, SportObservations::of);
    }
}
