package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Location pods: where somebody is, and how fast. */
public final class LocationDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1819", "2a67");

    /** For the service loader. */
    public LocationDriver() {
        super(
                "org.openiomt.location",
                "Location pod",
                "1819",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(
                        Mdc.MDC_HF_SPEED,
                        Mdc.MDC_HF_DISTANCE,
                        Mdc.MDC_HF_LATITUDE,
                        Mdc.MDC_HF_LONGITUDE,
                        Mdc.MDC_HF_ALT));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return hear(gatt, MEASUREMENT, LocationAndSpeed.CODEC, LocationObservations::of);
    }
}
