package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.speedcadence.CyclingMeasurement;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/**
 * Cycling sensors that count turns. The cadence of the crank comes of two values in a row, so the first of a session gives none.
 * Turns of the wheel become a speed only with its circumference, which no sensor knows, and are not observed.
 */
public final class CyclingDriver extends StandardDriver {
    static final Channel MEASUREMENT = Gatt.channel("1816", "2a5b");

    /** For the service loader. */
    public CyclingDriver() {
        super(
                "org.openiomt.cycling",
                "Cycling sensor",
                "1816",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(Mdc.MDC_HF_CAD));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        CrankCadence cadence = new CrankCadence();
        return hear(
                gatt, MEASUREMENT, CyclingMeasurement.CODEC, (value, arrival) -> cadence.next(value.crank(), arrival));
    }
}
