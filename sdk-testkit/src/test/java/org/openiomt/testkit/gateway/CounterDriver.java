package org.openiomt.testkit.gateway;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
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
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;

/** A vendor's driver as the tests need it: a 16-bit number on "count", a wave form on "wave", a command on "control". */
final class CounterDriver implements DeviceDriver {
    static final Channel COUNT = Channel.of("count");
    static final Channel WAVE = Channel.of("wave");
    static final Channel CONTROL = Channel.of("control");
    private static final Codec<Integer> NUMBER =
            Codec.of((ByteReader in) -> in.uint16("number"), (value, out) -> out.uint16("number", value));

    final AtomicInteger closedSessions = new AtomicInteger();
    final AtomicInteger heldBack = new AtomicInteger(-1);
    final AtomicInteger refusedOffers = new AtomicInteger();
    private final String id;
    private final int score;

    CounterDriver(String id, int score) {
        this.id = id;
        this.score = score;
    }

    static byte[] octets(int number) {
        return NUMBER.encode(number);
    }

    @Override
    public DriverInfo info() {
        return new DriverInfo(
                id,
                "counter",
                "1",
                List.of(),
                List.of(new DriverInfo.Stream(Mdc.MDC_ECG_HEART_RATE, DriverInfo.Kind.EPISODIC)));
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers("counter") ? new Match(score, "offers counter") : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext context) {
        return context.link()
                .subscribe(COUNT, octets -> offer(context, number(NUMBER.decode(octets))))
                .thenCompose(counting -> context.link().subscribe(WAVE, octets -> {
                    int[] samples = {NUMBER.decode(octets)};
                    offer(
                            context,
                            Value.SampleArray.of(
                                    Units.MDC_DIM_MILLI_VOLT,
                                    MedicalFloat.of(1, 0),
                                    MedicalFloat.of(0, 0),
                                    SampleRate.hertz(250),
                                    samples));
                }))
                .thenApply(waving -> session(context));
    }

    private static Value number(int number) {
        return Value.Numeric.of(MedicalFloat.of(number, 0), Units.MDC_DIM_BEAT_PER_MIN);
    }

    private void offer(DriverContext context, Value value) {
        boolean isTaken = context.offer(
                context.arrival().observe(Mdc.MDC_ECG_HEART_RATE, value).build());
        if (!isTaken) {
            refusedOffers.incrementAndGet();
        }
    }

    private DeviceSession session(DriverContext context) {
        return new DeviceSession() {
            @Override
            public CompletionStage<CommandResult> execute(Command command) {
                return context.link()
                        .write(CONTROL, new byte[] {1}, WriteMode.WITH_RESPONSE)
                        .thenApply(nothing -> new CommandResult.Done());
            }

            @Override
            public void close() {
                closedSessions.incrementAndGet();
                if (heldBack.get() >= 0) {
                    offer(context, number(heldBack.get()));
                }
            }
        };
    }
}
