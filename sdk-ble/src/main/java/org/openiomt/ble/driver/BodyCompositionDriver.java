package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.BodyCompositionParts;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.wire.Warning;

/**
 * Scales that measure what a body is made of. A measurement in two packets is joined; half of one is delivered and reported when the
 * other half does not come.
 */
public final class BodyCompositionDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("181b", "2a9c");

    /** For the service loader. */
    public BodyCompositionDriver() {
        super(
                "org.openiomt.body-composition",
                "Body composition scale",
                "181b",
                Mdc.MDC_DEV_SPEC_PROFILE_BCA,
                BodyCompositionObservations.types());
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        BodyCompositionParts parts = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
        DriverContext context = gatt.context();
        gatt.onClose(() -> deliver(gatt, parts.end()));
        return gatt.subscribe(MEASUREMENT, BodyCompositionMeasurement.CODEC, packet -> {
            deliver(gatt, parts.accept(packet, context.clock().instant()));
            if (packet.isOneOfTwo()) {
                context.after(
                        BodyCompositionParts.DEFAULT_MAX_AGE.plusMillis(1),
                        () -> deliver(gatt, parts.expire(context.clock().instant())));
            }
        });
    }

    private static void deliver(GattSession gatt, List<BodyCompositionParts.Joined> all) {
        for (BodyCompositionParts.Joined joined : all) {
            if (!joined.isComplete()) {
                gatt.context().odd(MEASUREMENT, List.of(new Warning("flags", 0, "the other half did not come")));
            }
            offer(
                    gatt,
                    BodyCompositionObservations.of(
                            joined.measurement(), gatt.context().arrival()));
        }
    }
}
