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
 *
 * <pre>
 * command                    argument {@value #TARGET}
 * start, stop, pause, reset  none
 * set-power                  in W, whole
 * set-inclination            in percent, to 0.1
 * set-speed                  in m/s, of which 0.01 km/h are a whole number
 * </pre>
 */
public final class FitnessMachineDriver extends StandardDriver {
    /** The command that starts a training, or goes on after a pause. */
    public static final String START = "start";

    /** The command that stops a training. */
    public static final String STOP = "stop";

    /** The command that lets a training rest. */
    public static final String PAUSE = "pause";

    /** The command that sets everything back. */
    public static final String RESET = "reset";

    /** The command that sets the power. */
    public static final String SET_POWER = "set-power";

    /** The command that sets the inclination. */
    public static final String SET_INCLINATION = "set-inclination";

    /** The command that sets the speed. */
    public static final String SET_SPEED = "set-speed";

    /** The argument of those that set something: a {@link org.openiomt.core.model.Value.Numeric} in the unit of the command. */
    public static final String TARGET = "target";

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
        MachineControl.offer(gatt);
        CompletionStage<Boolean> any = CompletableFuture.completedFuture(false);
        for (Map.Entry<Machine, Channel> data : DATA.entrySet()) {
            any = any.thenCombine(
                    hear(gatt, data.getValue(), data.getKey().codec(), FitnessObservations::of), Boolean::logicalOr);
        }
        return any;
    }
}
