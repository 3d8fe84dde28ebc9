package org.openiomt.ble.driver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.thermometer.IntermediateTemperature;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureSite;
import org.openiomt.ble.profile.thermometer.TemperatureType;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** Thermometers. One that has but one site says it once; the site is read before the first measurement can come. */
public final class ThermometerDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1809", "2a1c");
    private static final Channel TYPE = Gatt.channel("1809", "2a1d");
    private static final Channel INTERMEDIATE = Gatt.channel("1809", "2a1e");

    /** For the service loader. */
    public ThermometerDriver() {
        super(
                "org.openiomt.thermometer",
                "Thermometer",
                "1809",
                Mdc.MDC_DEV_SPEC_PROFILE_TEMP,
                List.of(Mdc.MDC_TEMP_BODY));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        return gatt.readIfPresent(TYPE, TemperatureType.CODEC).thenCompose(type -> {
            Optional<TemperatureSite> site = type.map(TemperatureType::site);
            return hearIfPresent(gatt, INTERMEDIATE, IntermediateTemperature.CODEC, TemperatureObservations::of)
                    .thenCompose(done -> hear(
                            gatt,
                            MEASUREMENT,
                            TemperatureMeasurement.CODEC,
                            (value, arrival) -> TemperatureObservations.of(value, site, arrival)));
        });
    }
}
