package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;

/**
 * Sensors of a room: its temperature, from every thermometer that the sensor has. It is read once and then heard, for a sensor
 * may tell it only when it changes. Other readings of the environment are not observed, see {@link EnvironmentalObservations}.
 */
public final class EnvironmentDriver extends StandardDriver {
    private static final String SERVICE = "181a";
    private static final String TEMPERATURE =
            Gatt.uuid(Kind.TEMPERATURE.profile().uuid());

    /** For the service loader. */
    public EnvironmentDriver() {
        super(
                "org.openiomt.environment",
                "Environment sensor",
                List.of(SERVICE),
                List.of(),
                List.of(Mdc.MDC_TEMP_ROOM));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        List<Channel> thermometers = gatt.context().link().channels().stream()
                .filter(channel -> Gatt.service(channel).equals(SERVICE)
                        && Gatt.characteristic(channel).equals(TEMPERATURE))
                .toList();
        CompletionStage<Boolean> any = CompletableFuture.completedFuture(false);
        for (Channel channel : thermometers) {
            any = any.thenCombine(hear(gatt, channel), Boolean::logicalOr);
        }
        return any;
    }

    /** Returns whether the thermometer can be read or heard. */
    private static CompletionStage<Boolean> hear(GattSession gatt, Channel channel) {
        Codec<EnvironmentalReading> codec = Kind.TEMPERATURE.profile().codec();
        CompletionStage<Boolean> isRead = gatt.readIfPresent(channel, codec).thenApply(now -> {
            now.ifPresent(reading -> offer(
                    gatt, EnvironmentalObservations.of(reading, gatt.context().arrival())));
            return now.isPresent();
        });
        return isRead.thenCombine(
                hearIfPresent(gatt, channel, codec, EnvironmentalObservations::of), Boolean::logicalOr);
    }
}
