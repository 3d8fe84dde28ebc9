package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Pulse oximeters. A device has spot checks, continuous measurements or both. */
public final class PulseOximeterDriver extends StandardDriver {
    private static final Channel SPOT_CHECK = Gatt.channel("1822", "2a5e");
    private static final Channel CONTINUOUS = Gatt.channel("1822", "2a5f");

    /** For the service loader. */
    public PulseOximeterDriver() {
        super(
                "org.openiomt.pulse-oximeter",
                "Pulse oximeter",
                "1822",
                Mdc.MDC_DEV_SPEC_PROFILE_PULS_OXIM,
                List.of(Mdc.MDC_PULS_OXIM_SAT_O2, Mdc.MDC_PULS_OXIM_PULS_RATE, Mdc.MDC_PULS_OXIM_PERF_REL));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        CompletionStage<Boolean> spotCheck =
                hearIfPresent(gatt, SPOT_CHECK, SpotCheckMeasurement.CODEC, PulseOximeterObservations::of);
        CompletionStage<Boolean> continuous =
                hearIfPresent(gatt, CONTINUOUS, ContinuousMeasurement.CODEC, PulseOximeterObservations::of);
        return spotCheck.thenCombine(continuous, Boolean::logicalOr);
    }
}
