package org.openiomt.testkit.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;
import org.openiomt.core.wire.MedicalFloat;

/** A driver for devices that offer "scripted", whose {@code open} the test writes; its sessions never answer a command. */
final class ScriptedDriver implements DeviceDriver {
    private final Function<DriverContext, CompletionStage<DeviceSession>> open;

    ScriptedDriver(Function<DriverContext, CompletionStage<DeviceSession>> open) {
        this.open = open;
    }

    /** A session that does nothing and answers no command. */
    static DeviceSession session() {
        return new DeviceSession() {
            @Override
            public CompletionStage<CommandResult> execute(Command command) {
                return new CompletableFuture<>();
            }
        };
    }

    /** Returns a heart rate. */
    static Observation reading(DriverContext context, int number) {
        return context.arrival()
                .observe(
                        Mdc.MDC_ECG_HEART_RATE,
                        Value.Numeric.of(MedicalFloat.of(number, 0), Units.MDC_DIM_BEAT_PER_MIN))
                .build();
    }

    @Override
    public DriverInfo info() {
        return new DriverInfo(
                "test.scripted",
                "scripted",
                "1",
                List.of(),
                List.of(new DriverInfo.Stream(Mdc.MDC_ECG_HEART_RATE, DriverInfo.Kind.EPISODIC)));
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers("scripted") ? new Match(50, "offers scripted") : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext context) {
        return open.apply(context);
    }
}
