package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Weight scales. */
public final class WeightScaleDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("181d", "2a9d");

    /** For the service loader. */
    public WeightScaleDriver() {
        super(
                "org.openiomt.weight-scale",
                "Weight scale",
                "181d",
                Mdc.MDC_DEV_SPEC_PROFILE_SCALE,
                List.of(Mdc.MDC_MASS_BODY_ACTUAL, Mdc.MDC_LEN_BODY_ACTUAL, Mdc.MDC_RATIO_MASS_BODY_LEN_SQ));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return hear(gatt, MEASUREMENT, WeightMeasurement.CODEC, WeightObservations::of);
    }
}
