package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.nomenclature.Mdc;

/**
 * Insulin pumps. Reads the history, what is delivered now, and says in the state of the device when the therapy does not run, the
 * reservoir is not in its place or empty, or an annunciation waits. Changes nothing by itself but the flags that say what was read.
 *
 * <p>Commands, where the application lets them pass. None is sent after its expiry or 10 s after it was
 * asked for, and none is ever sent again: without an answer it is unknown whether the pump has done it.
 * <pre>
 * command                   arguments                                 unit
 * set-bolus                 units                                     IU, at once
 * cancel-bolus              id
 * set-temporary-basal-rate  unitsPerHour or factor; minutes           IU/h, or none; min
 * cancel-temporary-basal-rate
 * set-therapy               state: run, pause or stop
 * confirm-annunciation      id
 * snooze-annunciation       id
 * </pre>
 */
public final class InsulinPumpDriver extends StandardDriver {
    /** For the service loader. */
    public InsulinPumpDriver() {
        super(
                "org.openiomt.insulin-pump",
                "Insulin pump",
                "183a",
                Mdc.MDC_DEV_SPEC_PROFILE_INSULIN_PUMP,
                List.of(
                        Mdc.MDC_INS_DELIV_BASAL,
                        Mdc.MDC_INS_DELIV_BOLUS_FAST,
                        Mdc.MDC_INS_DELIV_BOLUS_SLOW,
                        Mdc.MDC_INS_DELIV_DAILY_DOSE));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return gatt.has(InsulinPump.STATUS) ? InsulinPump.open(gatt) : CompletableFuture.completedFuture(false);
    }
}
