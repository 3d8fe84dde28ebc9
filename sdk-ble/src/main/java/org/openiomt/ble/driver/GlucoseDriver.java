package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.nomenclature.Mdc;

/**
 * Glucose meters. Fetches at each session the records that are new. Deletes those that the sink has acknowledged where the
 * application asked for it, and else none.
 */
public final class GlucoseDriver extends StandardDriver {
    /** For the service loader. */
    public GlucoseDriver() {
        super(
                "org.openiomt.glucose",
                "Glucose meter",
                "1808",
                Mdc.MDC_DEV_SPEC_PROFILE_GLUCOSE,
                List.of(
                        Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_CAPILLARY_PLASMA,
                        Mdc.MDC_CONC_GLU_VENOUS_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_VENOUS_PLASMA,
                        Mdc.MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_ARTERIAL_PLASMA,
                        Mdc.MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD,
                        Mdc.MDC_CONC_GLU_UNDETERMINED_PLASMA,
                        Mdc.MDC_CONC_GLU_ISF,
                        Mdc.MDC_CONC_GLU_CONTROL,
                        Mdc.MDC_CONC_GLU_GEN,
                        Mdc.MDC_CONC_HBA1C));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return new GlucoseHistory(gatt).open();
    }
}
