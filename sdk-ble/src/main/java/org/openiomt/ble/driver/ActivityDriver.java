package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/**
 * Physical activity monitors. Of what they tell, heart and respiration rates are observed, see {@link ActivityObservations}.
 */
public final class ActivityDriver extends StandardDriver {
    private static final Channel CARDIORESPIRATORY = Gatt.channel("183e", "2b3e");

    /** For the service loader. */
    public ActivityDriver() {
        super(
                "org.openiomt.activity",
                "Physical activity monitor",
                "183e",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(Mdc.MDC_ECG_HEART_RATE, Mdc.MDC_RESP_RATE));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return hearSegmented(
                gatt,
                CARDIORESPIRATORY,
                ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS.codec(),
                ActivityObservations::of);
    }
}
