package org.openiomt.examples.vendor;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Match;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;

// page: begin
/** A thermometer with a service of its own: it notifies hundredths of degrees Celsius in two octets, the least first. */
public final class StickDriver implements DeviceDriver {
    static final String SERVICE = "3f1c0001-6f70-656e-696f-6d7465787431";
    static final Channel READING = Gatt.channel(SERVICE, "3f1c0002-6f70-656e-696f-6d7465787431");

    private static final Codec<MedicalFloat> CODEC = Codec.of(
            in -> MedicalFloat.of(in.int16("temperature"), -2),
            (value, out) -> out.int16("temperature", value.mantissa()));

    @Override
    public DriverInfo info() {
        return new DriverInfo(
                "com.example.stick",
                "Thermometer stick",
                "1.0",
                List.of(Mdc.MDC_DEV_SPEC_PROFILE_TEMP),
                List.of(new DriverInfo.Stream(Mdc.MDC_TEMP_BODY, DriverInfo.Kind.EPISODIC)));
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers(SERVICE) ? new Match(Match.KNOWN_MODEL, "the stick's own service") : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext context) {
        GattSession gatt = new GattSession(context);
        return gatt.subscribe(READING, CODEC, value -> measured(context, value)).thenApply(isThere -> {
            if (!isThere) {
                throw new LinkException("the stick has no readings");
            }
            return gatt;
        });
    }

    private static void measured(DriverContext context, MedicalFloat celsius) {
        Value value = Value.Numeric.of(celsius, Units.MDC_DIM_DEGC);
        context.offer(context.arrival().observe(Mdc.MDC_TEMP_BODY, value).build());
    }
}
// page: end
