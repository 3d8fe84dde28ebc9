package org.openiomt.ble.driver;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/**
 * Treadmills, cross trainers, step and stair climbers, rowers and indoor bikes. What a machine spreads over several values is
 * delivered as it comes.
 */
public final class FitnessMachineDriver extends StandardDriver {
    private static final Map<Machine, Channel> DATA = new EnumMap<>(Map.of(
            Machine.TREADMILL, Gatt.channel("1826", "2acd"),
            Machine.CROSS_TRAINER, Gatt.channel("1826", "2ace"),
            Machine.STEP_CLIMBER, Gatt.channel("1826", "2acf"),
            Machine.STAIR_CLIMBER, Gatt.channel("1826", "2ad0"),
            Machine.ROWER, Gatt.channel("1826", "2ad1"),
            Machine.INDOOR_BIKE, Gatt.channel("1826", "2ad2")));

    /** For the service loader. */
    public FitnessMachineDriver() {
        super(
                "org.openiomt.fitness-machine",
                "Fitness machine",
                "1826",
                Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO,
                FitnessObservations.types());
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        CompletionStage<Boolean> any = CompletableFuture.completedFuture(false);
        for (Map.Entry<Machine, Channel> data : DATA.entrySet()) {
            any = any.thenCombine(
                    hear(gatt, data.getValue(), data.getKey().codec(), FitnessObservations::of), Boolean::logicalOr);
        }
        return any;
    }
}
