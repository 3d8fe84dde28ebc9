package org.openiomt.examples.patch;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;
import org.openiomt.core.wire.DecodeException;

/** The driver of the patch: reads what it measures, subscribes to the wave, and hands each frame on as an observation. */
public final class PatchDriver implements DeviceDriver {
    /** The vendor's own service. */
    public static final String SERVICE = "6f70656e-696f-4d54-a001-000000000000";

    static final Channel INFO = Gatt.channel(SERVICE, "6f70656e-696f-4d54-a001-000000000001");
    static final Channel WAVE = Gatt.channel(SERVICE, "6f70656e-696f-4d54-a001-000000000002");

    @Override
    public DriverInfo info() {
        return new DriverInfo(
                "org.openiomt.examples.patch",
                "Wave patch",
                "1",
                List.of(Mdc.MDC_DEV_SUB_SPEC_PROFILE_ECG),
                List.of(
                        new DriverInfo.Stream(Mdc.MDC_ECG_ELEC_POTL_II, DriverInfo.Kind.WAVEFORM),
                        new DriverInfo.Stream(Mdc.MDC_PULS_OXIM_PLETH, DriverInfo.Kind.WAVEFORM)));
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers(SERVICE) ? new Match(Match.KNOWN_MODEL, "the patch's own service") : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext context) {
        return context.link().read(INFO).thenCompose(octets -> {
            Session session = new Session(context, PatchInfo.CODEC.decode(octets));
            return context.link().subscribe(WAVE, session::frame).thenApply(subscription -> session);
        });
    }

    /** One patch at work. */
    private static final class Session implements DeviceSession {
        private final DriverContext context;
        private final PatchInfo info;
        private OptionalLong expected = OptionalLong.empty();

        Session(DriverContext context, PatchInfo info) {
            this.context = context;
            this.info = info;
        }

        void frame(byte[] octets) {
            PatchFrame frame;
            try {
                frame = PatchFrame.CODEC.decode(octets);
            } catch (DecodeException e) {
                context.refused(WAVE, e);
                return;
            }
            if (expected.isPresent() && expected.getAsLong() != frame.first()) {
                context.degraded("samples were lost on the air");
            } else {
                context.recovered();
            }
            expected = OptionalLong.of(frame.next());
            Value wave =
                    Value.SampleArray.of(info.kind().unit(), info.scale(), info.offset(), info.rate(), frame.samples());
            context.offer(context.arrival()
                    .observe(info.kind().type(), wave)
                    .at(new DeviceTime.Ticks(frame.first(), info.rate().durationOf(1)))
                    .build());
        }
    }
}
