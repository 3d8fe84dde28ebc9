package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.profile.alert.AlertLevel.Level;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.surroundings.VirtualEnvironmentSensor;
import org.openiomt.ble.virtual.surroundings.VirtualTag;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.wire.MedicalFloat;

/** Rooms and tags through the real gateway. */
class SurroundingsReadingsTest {
    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(command -> Optional.empty()));

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void aRoomsTemperatureIsReadAndThenHeard() {
        VirtualEnvironmentSensor room =
                new VirtualEnvironmentSensor(ward.air, "room-1", Kind.TEMPERATURE, Kind.HUMIDITY);
        room.measure(Kind.TEMPERATURE, MedicalFloat.parse("21.50"));
        ward.run();
        room.measure(Kind.TEMPERATURE, MedicalFloat.parse("21.75"));
        room.measure(Kind.HUMIDITY, MedicalFloat.parse("40.00"));
        ward.run();

        assertThat(ward.lines())
                .containsExactly(
                        "received 2026-01-01T00:00:00Z  room temperature  21.50 Cel",
                        "received 2026-01-01T00:00:00Z  room temperature  21.75 Cel");
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.environment");
    }

    @Test
    void aTemperatureThatTheSensorDoesNotKnowIsNotAvailable() {
        new VirtualEnvironmentSensor(ward.air, "room-1", Kind.TEMPERATURE);
        ward.run();

        assertThat(ward.of(Mdc.MDC_TEMP_ROOM))
                .singleElement()
                .satisfies(one -> assertThat(one.status()).containsExactly(MeasurementStatus.NOT_AVAILABLE));
    }

    @Test
    void aSensorWithoutATemperatureIsOfflineWithTheReason() {
        new VirtualEnvironmentSensor(ward.air, "room-1", Kind.HUMIDITY);
        ward.run();

        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(ward.gateway.devices().get(0).reason()).contains("none of the standard measurements");
    }

    @Test
    void aTagRingsByCommandAndTheAnswerIsThatNobodyKnows() {
        VirtualTag tag = new VirtualTag(ward.air, "tag-1", 0);
        ward.run();

        assertThat(execute("c-1", AssetTagDriver.ALERT, "high")).isEqualTo(new CommandResult.NoAnswer(Duration.ZERO));
        assertThat(tag.sounding()).isEqualTo(Level.HIGH);
        execute("c-2", AssetTagDriver.ALERT, "none");
        assertThat(tag.sounding()).isEqualTo(Level.NONE);
        assertThat(ward.of(Mdc.MDC_ATTR_VAL_BATT_CHARGE)).hasSize(1);
    }

    @Test
    void aTagRingsWhenItIsLostAsLoudAsItWasTold() {
        VirtualTag tag = new VirtualTag(ward.air, "tag-1", 0);
        ward.run();

        assertThat(execute("c-1", AssetTagDriver.ALERT_ON_LOSS, "mild")).isEqualTo(new CommandResult.Done());
        tag.faults(Faults.NONE.withLinkLostAfter(0));

        assertThat(tag.sounding()).isEqualTo(Level.MILD);
    }

    @Test
    void aLevelThatIsNoneIsRefusedBeforeTheTagIsAsked() {
        VirtualTag tag = new VirtualTag(ward.air, "tag-1", 0);
        ward.run();

        assertThat(execute("c-1", AssetTagDriver.ALERT, "deafening"))
                .isEqualTo(new CommandResult.Refused("expected the level none, mild or high", -1));
        assertThat(tag.sounding()).isEqualTo(Level.NONE);
    }

    @Test
    void aTagThatRefusesIsAnAnswer() {
        VirtualTag tag = new VirtualTag(ward.air, "tag-1", 0);
        tag.faults(Faults.NONE.withRefusal(VirtualTag.LINK_LOSS_ALERT, AttError.INSUFFICIENT_ENCRYPTION));
        ward.run();

        assertThat(execute("c-1", AssetTagDriver.ALERT_ON_LOSS, "mild"))
                .isEqualTo(new CommandResult.Refused(
                        "1803/2a06 refused: insufficient encryption (0x0F)", AttError.INSUFFICIENT_ENCRYPTION));
    }

    @Test
    void withoutOptInNoTagRings() {
        try (ManualGateway plain = new ManualGateway()) {
            VirtualTag tag = new VirtualTag(plain.air, "tag-1", 0);
            plain.run();
            plain.gateway.execute(command("c-1", AssetTagDriver.ALERT, "high"));
            plain.run();

            assertThat(tag.sounding()).isEqualTo(Level.NONE);
        }
    }

    private static Command command(String id, String name, String level) {
        return new Command(
                id,
                DeviceId.of("tag-1"),
                name,
                Map.of(AssetTagDriver.LEVEL, new Value.Text(level)),
                Instant.parse("2027-01-01T00:00:00Z"),
                "test");
    }

    private CommandResult execute(String id, String name, String level) {
        CompletionStage<CommandResult> result = ward.gateway.execute(command(id, name, level));
        ward.run();
        assertThat(result.toCompletableFuture()).isDone();
        return result.toCompletableFuture().join();
    }
}
