package org.openiomt.testkit.outbox;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;

/** A driver of virtual devices on a ward: three octets are a blood pressure, 500 are a second of one lead at 250 Hz. */
final class WardDriver implements DeviceDriver {
    static final String SERVICE = "ward";
    static final Channel PRESSURE = Channel.of("pressure");
    static final Channel LEAD = Channel.of("lead");
    private static final int RATE = 250;

    private static final Codec<Value> READING = Codec.of(
            in -> Value.Compound.of(
                    pressure(Mdc.MDC_PRESS_BLD_NONINV_SYS, in),
                    pressure(Mdc.MDC_PRESS_BLD_NONINV_DIA, in),
                    pressure(Mdc.MDC_PRESS_BLD_NONINV_MEAN, in)),
            (value, out) -> {
                throw new UnsupportedOperationException("a device sends this");
            });
    private static final Codec<Value> SECOND = Codec.of(WardDriver::second, (value, out) -> {
        throw new UnsupportedOperationException("a device sends this");
    });

    private static Value.Component pressure(Code type, ByteReader in) {
        return new Value.Component(
                type, Value.Numeric.of(MedicalFloat.of(in.uint8("pressure"), 0), Units.MDC_DIM_MMHG));
    }

    private static Value second(ByteReader in) {
        int[] samples = new int[RATE];
        for (int i = 0; i < RATE; i++) {
            samples[i] = in.uint16("sample");
        }
        return Value.SampleArray.of(
                Units.MDC_DIM_MILLI_VOLT,
                MedicalFloat.of(5, -3),
                MedicalFloat.of(0, 0),
                SampleRate.hertz(RATE),
                samples);
    }

    /** Returns what a cuff sends. */
    static byte[] reading(int minute) {
        return new byte[] {(byte) (110 + minute % 40), (byte) (70 + minute % 20), (byte) (90 + minute % 25)};
    }

    /** Returns what a patch sends: no two neighbouring samples alike. */
    static byte[] lead(int second) {
        byte[] octets = new byte[2 * RATE];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i % 2 == 0 ? second * 31 + i * 7 : i % 5);
        }
        return octets;
    }

    @Override
    public DriverInfo info() {
        return new DriverInfo(
                "test.ward",
                "ward",
                "1",
                List.of(),
                List.of(new DriverInfo.Stream(Mdc.MDC_PRESS_BLD_NONINV, DriverInfo.Kind.EPISODIC)));
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers(SERVICE) ? new Match(50, "offers " + SERVICE) : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext context) {
        return context.link()
                .subscribe(
                        PRESSURE,
                        octets -> context.offer(context.arrival()
                                .observe(Mdc.MDC_PRESS_BLD_NONINV, READING.decode(octets))
                                .build()))
                .thenCompose(pressure -> context.link()
                        .subscribe(
                                LEAD,
                                octets -> context.offer(context.arrival()
                                        .observe(Mdc.MDC_ECG_ELEC_POTL, SECOND.decode(octets))
                                        .build())))
                .thenApply(lead -> new DeviceSession() {});
    }
}
