package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.heartrate.HeartRateControlPoint;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Heart rate sensors: straps, watches. Knows the command {@value #RESET_ENERGY_EXPENDED}, without arguments. */
public final class HeartRateDriver extends StandardDriver {
    /** The command that sets the energy expended back to 0. */
    public static final String RESET_ENERGY_EXPENDED = "reset-energy-expended";

    private static final Channel MEASUREMENT = Gatt.channel("180d", "2a37");
    private static final Channel CONTROL_POINT = Gatt.channel("180d", "2a39");

    /** For the service loader. */
    public HeartRateDriver() {
        super(
                "org.openiomt.heart-rate",
                "Heart rate sensor",
                "180d",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(Mdc.MDC_ECG_HEART_RATE, Mdc.MDC_ECG_TIME_PD_RR_GL, Mdc.MDC_HF_ENERGY));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        gatt.onCommand(RESET_ENERGY_EXPENDED, command -> resetEnergy(gatt));
        return hear(gatt, MEASUREMENT, HeartRateMeasurement.CODEC, HeartRateObservations::of);
    }

    private static CompletionStage<CommandResult> resetEnergy(GattSession gatt) {
        if (!gatt.has(CONTROL_POINT)) {
            return CompletableFuture.completedFuture(
                    new CommandResult.Refused("the device has no heart rate control point", -1));
        }
        return gatt.write(CONTROL_POINT, HeartRateControlPoint.CODEC, HeartRateControlPoint.RESET_ENERGY_EXPENDED)
                .thenApply(done -> new CommandResult.Done());
    }
}
