package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.nomenclature.Mdc;

/**
 * Continuous glucose sensors. Sets the time of a session that has none, fetches the records that are new, and says in the state of
 * the device when no session runs or the sensor finds itself at fault. Commands, where the application lets them pass: {@code
 * start-session} and {@code stop-session}.
 */
public final class ContinuousGlucoseDriver extends StandardDriver {
    /** For the service loader. */
    public ContinuousGlucoseDriver() {
        super(
                "org.openiomt.continuous-glucose",
                "Continuous glucose sensor",
                "181f",
                Mdc.MDC_DEV_SPEC_PROFILE_CGM,
                List.of(
                        Mdc.MDC_CONC_GLU_ISF,
                        Mdc.MDC_CONC_GLU_GEN,
                        Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_CAPILLARY_PLASMA,
                        Mdc.MDC_CONC_GLU_VENOUS_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_VENOUS_PLASMA,
                        Mdc.MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_ARTERIAL_PLASMA,
                        Mdc.MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_UNDETERMINED_PLASMA,
                        Mdc.MDC_CONC_GLU_CONTROL));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return gatt.has(GlucoseSensor.MEASUREMENT)
                ? new GlucoseSensor(gatt).open()
                : CompletableFuture.completedFuture(false);
    }
}
