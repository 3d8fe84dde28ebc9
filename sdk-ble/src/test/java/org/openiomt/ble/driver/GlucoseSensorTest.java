package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.continuousglucose.CgmFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualGlucoseSensor;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;

/** A continuous glucose sensor with the real gateway. */
class GlucoseSensorTest {
    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(command -> Optional.empty()));
    private final VirtualGlucoseSensor sensor = new VirtualGlucoseSensor(ward.air, "cgm-1");

    @AfterEach
    void close() {
        ward.close();
    }

    /** Measures once a minute: the values are the numbers. */
    private void measure(int from, int to) {
        for (int i = from; i <= to; i++) {
            ward.clock.advance(Duration.ofMinutes(1));
            sensor.measure(i);
        }
    }

    private List<Long> values() {
        return ward.of(Mdc.MDC_CONC_GLU_ISF).stream()
                .map(one -> ((Value.Numeric) one.value()).quantity().value().mantissa())
                .toList();
    }

    private static List<Long> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
    }

    private String reason() {
        return ward.gateway.devices().get(0).reason();
    }

    private CommandResult command(String id, String name) {
        CompletableFuture<CommandResult> result = ward.gateway
                .execute(new Command(
                        id,
                        DeviceId.of("cgm-1"),
                        name,
                        Map.of(),
                        ward.clock.instant().plus(Duration.ofMinutes(5)),
                        "nurse"))
                .toCompletableFuture();
        ward.clock.advance(Duration.ofSeconds(5));
        assertThat(result).isDone();
        return result.join();
    }

    @Test
    void recordsThatWereStoredAndThoseThatComeAreDeliveredOnceInOrderWithTheTime() {
        sensor.startSession();
        measure(101, 110);
        ward.pass();
        measure(111, 115);
        ward.pass();
        assertThat(values()).isEqualTo(numbers(101, 115));
        Observation first = ward.of(Mdc.MDC_CONC_GLU_ISF).get(0);
        assertThat(first.time().isKnown())
                .as("the driver has set the time of the session")
                .isTrue();
        assertThat(ward.state()).as(reason()).isEqualTo(DeviceState.READY);
    }

    @Test
    void whatWasMissedIsCaughtUp() {
        sensor.startSession();
        measure(101, 103);
        ward.pass();
        sensor.faults(Faults.NONE.withConnectionsRefused());
        sensor.disconnect();
        measure(104, 120);
        assertThat(values()).isEqualTo(numbers(101, 103));
        sensor.faults(Faults.NONE);
        ward.pass();
        assertThat(values()).isEqualTo(numbers(101, 120));
    }

    @Test
    void aValueThatIsDamagedOnItsWayIsFetchedAgain() {
        sensor.startSession();
        measure(101, 102);
        ward.pass();
        sensor.damageNext();
        measure(103, 103);
        ward.pass();
        assertThat(values()).isEqualTo(numbers(101, 103));
        measure(104, 105);
        ward.pass();
        assertThat(values()).isEqualTo(numbers(101, 105));
    }

    @Test
    void aSensorWithoutCheckSumsIsReadToo() {
        sensor.close();
        VirtualGlucoseSensor plain =
                new VirtualGlucoseSensor(ward.air, "cgm-2", EnumSet.complementOf(EnumSet.of(CgmFeature.E2E_CRC)));
        plain.startSession();
        plain.measure(99);
        ward.pass();
        assertThat(values()).containsExactly(99L);
    }

    @Test
    void theStateTellsThatNoSessionRunsUntilACommandStartsOne() {
        ward.pass();
        assertThat(ward.state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(reason()).contains("session stopped");
        assertThat(command("c-1", "start-session")).isEqualTo(new CommandResult.Done());
        assertThat(sensor.isSessionRunning()).isTrue();
        assertThat(ward.state()).as(reason()).isEqualTo(DeviceState.READY);
        measure(101, 103);
        ward.pass();
        assertThat(values()).isEqualTo(numbers(101, 103));
        assertThat(command("c-1", "stop-session")).isInstanceOf(CommandResult.Refused.class);
        assertThat(command("c-2", "stop-session")).isEqualTo(new CommandResult.Done());
        assertThat(reason()).contains("session stopped");
    }

    @Test
    void theStateTellsWhatTheSensorFindsAndThatItIsOver() {
        sensor.startSession();
        ward.pass();
        sensor.find(CgmFinding.SENSOR_MALFUNCTION);
        measure(101, 101);
        ward.pass();
        assertThat(reason()).contains("sensor malfunction");
        sensor.clear(CgmFinding.SENSOR_MALFUNCTION);
        measure(102, 102);
        ward.pass();
        assertThat(ward.state()).as(reason()).isEqualTo(DeviceState.READY);
    }

    @Test
    void withoutAPolicyNoCommandReachesTheSensor() {
        try (ManualGateway other = new ManualGateway()) {
            VirtualGlucoseSensor quiet = new VirtualGlucoseSensor(other.air, "cgm-3");
            other.pass();
            CompletableFuture<CommandResult> result = other.gateway
                    .execute(new Command(
                            "c-1",
                            DeviceId.of("cgm-3"),
                            "start-session",
                            Map.of(),
                            other.clock.instant().plus(Duration.ofMinutes(5)),
                            "nurse"))
                    .toCompletableFuture();
            other.run();
            assertThat(result.join()).isInstanceOf(CommandResult.Refused.class);
            assertThat(quiet.isSessionRunning()).isFalse();
        }
    }
}
