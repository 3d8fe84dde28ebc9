package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Cycling power meters. One that counts turns of the crank gives their cadence, unless its cycling service does. */
public final class CyclingPowerDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1818", "2a63");

    /** For the service loader. */
    public CyclingPowerDriver() {
        super(
                "org.openiomt.cycling-power",
                "Cycling power meter",
                "1818",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                List.of(Mdc.MDC_HF_POWER, Mdc.MDC_HF_ENERGY, Mdc.MDC_HF_CAD));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        boolean isCounting = !gatt.has(CyclingDriver.MEASUREMENT);
        CrankCadence cadence = new CrankCadence();
        return hear(
                gatt,
                MEASUREMENT,
                CyclingPowerMeasurement.CODEC,
                (value, arrival) -> isCounting ? both(cadence, value, arrival) : SportObservations.of(value, arrival));
    }

    private static List<Observation> both(CrankCadence cadence, CyclingPowerMeasurement value, Arrival arrival) {
        return Stream.concat(
                        SportObservations.of(value, arrival).stream(), cadence.next(value.crank(), arrival).stream())
                .toList();
    }
}
