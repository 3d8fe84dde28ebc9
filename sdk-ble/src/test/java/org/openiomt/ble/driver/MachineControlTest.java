package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.MachineFeatures.Target;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine.Motion;
import org.openiomt.core.gateway.CommandPolicy;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** A fitness machine that is steered by commands, through the real gateway. */
class MachineControlTest {
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(command -> Optional.empty()));
    private final VirtualFitnessMachine machine = new VirtualFitnessMachine(ward.air, "gym-1", Machine.TREADMILL);
    private int commands;

    @AfterEach
    void close() {
        ward.close();
    }

    private CommandResult execute(String name, Map<String, Value> arguments) {
        ward.run();
        commands++;
        CompletionStage<CommandResult> result = ward.gateway.execute(
                new Command("c-" + commands, DeviceId.of("gym-1"), name, arguments, LATER, "test"));
        ward.run();
        assertThat(result.toCompletableFuture()).isDone();
        return result.toCompletableFuture().join();
    }

    private static Map<String, Value> target(String value, Code unit) {
        return Map.of(FitnessMachineDriver.TARGET, Value.Numeric.of(MedicalFloat.parse(value), unit));
    }

    @Test
    void aTrainingIsStartedPausedAndStopped() {
        assertThat(execute(FitnessMachineDriver.START, Map.of())).isEqualTo(new CommandResult.Done());
        assertThat(machine.motion()).isEqualTo(Motion.RUNNING);
        execute(FitnessMachineDriver.PAUSE, Map.of());
        assertThat(machine.motion()).isEqualTo(Motion.PAUSED);
        execute(FitnessMachineDriver.START, Map.of());
        execute(FitnessMachineDriver.STOP, Map.of());
        assertThat(machine.motion()).isEqualTo(Motion.STOPPED);
    }

    @Test
    void aTargetIsSetInTheStepsOfTheMachine() {
        assertThat(execute(FitnessMachineDriver.SET_POWER, target("150", Units.MDC_DIM_WATT)))
                .isEqualTo(new CommandResult.Done());
        assertThat(machine.target(Target.POWER)).hasValue(150);
    }

    @Test
    void aSpeedInMetresASecondBecomesHundredthsOfKilometresAnHour() {
        assertThat(execute(FitnessMachineDriver.SET_SPEED, target("2.5", Units.MDC_DIM_M_PER_SEC)))
                .isEqualTo(new CommandResult.Done());
        assertThat(machine.target(Target.SPEED)).hasValue(900);
        execute(FitnessMachineDriver.SET_INCLINATION, target("1.5", Units.MDC_DIM_PERCENT));
        assertThat(machine.target(Target.INCLINATION)).hasValue(15);
    }

    @Test
    void aTargetIsNeverRoundedAndNeverTakenInAnotherUnit() {
        CommandResult.Refused refused =
                new CommandResult.Refused("expected a target in m/s that the machine can hold", -1);
        assertThat(execute(FitnessMachineDriver.SET_SPEED, target("2.501", Units.MDC_DIM_M_PER_SEC)))
                .isEqualTo(refused);
        assertThat(execute(FitnessMachineDriver.SET_SPEED, target("2.5", Units.MDC_DIM_WATT)))
                .isEqualTo(refused);
        assertThat(execute(FitnessMachineDriver.SET_SPEED, target("NaN", Units.MDC_DIM_M_PER_SEC)))
                .isEqualTo(refused);
        assertThat(execute(FitnessMachineDriver.SET_SPEED, target("9999", Units.MDC_DIM_M_PER_SEC)))
                .isEqualTo(refused);
        assertThat(execute(FitnessMachineDriver.SET_SPEED, Map.of())).isEqualTo(refused);
        assertThat(machine.isControlled()).isFalse();
    }

    @Test
    void whatTheMachineCannotDoIsAnAnswer() {
        assertThat(execute(FitnessMachineDriver.PAUSE, Map.of()))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(4));
    }

    @Test
    void controlThatTheUserHasTakenIsAskedForAgain() {
        execute(FitnessMachineDriver.START, Map.of());
        machine.takeControl();
        assertThat(execute(FitnessMachineDriver.STOP, Map.of())).isEqualTo(new CommandResult.Done());
    }

    @Test
    void withoutOptInTheMachineHearsNothing() {
        try (ManualGateway plain = new ManualGateway(builder -> builder.commandPolicy(CommandPolicy.DENY_ALL))) {
            VirtualFitnessMachine other = new VirtualFitnessMachine(plain.air, "gym-1", Machine.TREADMILL);
            plain.run();
            plain.gateway.execute(
                    new Command("c-1", DeviceId.of("gym-1"), FitnessMachineDriver.START, Map.of(), LATER, "test"));
            plain.run();

            assertThat(other.isControlled()).isFalse();
            assertThat(other.motion()).isEqualTo(Motion.STOPPED);
        }
    }
}
