package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.testing.MaskingGuard;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.ble.virtual.VirtualScale;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/** From a virtual device's octets through the real gateway to the application's callback. */
class WholeStackTest {
    private static final Channel TEMPERATURE = Gatt.channel("1809", "2a1c");

    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(command -> Optional.empty()));

    @AfterEach
    void close() {
        ward.close();
    }

    private DeviceDescription description() {
        return ward.gateway.devices().get(0).description();
    }

    @Test
    void aCuffsReadingComesWithBatteryAndIdentity() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        ward.run();
        cuff.measure(120, 80, 93, 64);
        ward.run();

        assertThat(ward.lines())
                .containsExactly(
                        "2026-01-01T00:00:00  blood pressure  120/80 (93) mm[Hg]",
                        "2026-01-01T00:00:00  pulse rate  64 /min");
        assertThat(ward.of(Mdc.MDC_ATTR_VAL_BATT_CHARGE)).hasSize(1);
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
        assertThat(description().manufacturer()).contains("OpenIoMT");
        assertThat(description().model()).contains("Virtual cuff");
        assertThat(description().serialNumber()).contains("cuff-1");
        assertThat(description().hardware()).isEmpty();
        assertThat(description().specializations()).containsExactly(Mdc.MDC_DEV_SPEC_PROFILE_BP);
    }

    @Test
    void aCuffWithAQuirkIsReadInItsOwnForm() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        cuff.peripheral()
                .value(VirtualCuff.MANUFACTURER, "Beurer".getBytes(StandardCharsets.UTF_8))
                .value(VirtualCuff.MODEL, "BM85".getBytes(StandardCharsets.UTF_8));
        ward.run();

        cuff.replay(HexFormat.of().parseHex("56770046000000EA07080B1439000057010040"));
        ward.run();

        assertThat(ward.lines())
                .containsExactly(
                        "2026-08-11T20:57:00  blood pressure  119/70 (NaN) mm[Hg]  cuff status: flags 0x40",
                        "2026-08-11T20:57:00  pulse rate  87 /min");
    }

    @Test
    void everyVirtualDeviceIsHeard() {
        VirtualThermometer thermometer = new VirtualThermometer(ward.air, "thermo-1");
        VirtualHeartRateStrap strap = new VirtualHeartRateStrap(ward.air, "strap-1");
        VirtualOximeter oximeter = new VirtualOximeter(ward.air, "oxi-1");
        VirtualScale scale = new VirtualScale(ward.air, "scale-1");
        ward.run();

        thermometer.warmUp("36.1");
        thermometer.measure("37.60");
        ward.run();
        strap.measure(72);
        oximeter.measure(98, 71);
        ward.run();
        oximeter.spotCheck(97, 70);
        scale.measure("81.65");
        ward.run();

        assertThat(ward.lines())
                .containsExactlyInAnyOrder(
                        "received 2026-01-01T00:00:00Z  heart rate  72 /min",
                        "received 2026-01-01T00:00:00Z  SpO2  98 %",
                        "received 2026-01-01T00:00:00Z  pulse rate  71 /min",
                        "2026-01-01T00:00:00  SpO2  97 %  MDC_ATTR_SUPPLEMENTAL_TYPES: spot check",
                        "2026-01-01T00:00:00  pulse rate  70 /min  MDC_ATTR_SUPPLEMENTAL_TYPES: spot check",
                        "2026-01-01T00:00:00  weight  81.650 kg",
                        "2026-01-01T00:00:00  body temperature  36.1 Cel  [early indication]  "
                                + "MDC_ATTR_SUPPLEMENTAL_TYPES: tympanic temperature",
                        "2026-01-01T00:00:00  body temperature  37.60 Cel  "
                                + "MDC_ATTR_SUPPLEMENTAL_TYPES: tympanic temperature");
    }

    @Test
    void readingsThatWereStoredWhileOfflineComeOldestFirst() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        ward.run();
        cuff.faults(Faults.NONE.withConnectionsRefused());
        cuff.disconnect();
        for (int i = 0; i < 10; i++) {
            cuff.measure(120 + i, 80, 93);
            ward.clock.advance(Duration.ofHours(1));
        }
        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);

        cuff.faults(Faults.NONE);
        ward.pass();

        assertThat(ward.lines())
                .hasSize(10)
                .first()
                .isEqualTo("2026-01-01T00:00:00  blood pressure  120/80 (93) mm[Hg]");
        assertThat(ward.lines()).isSorted().last().isEqualTo("2026-01-01T09:00:00  blood pressure  129/80 (93) mm[Hg]");
    }

    @Test
    void noReadingIsLostWhereverTheLinkBreaksAndARepeatedOneIsTheSame() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        for (int frames = 0; frames < 40; frames++) {
            cuff.measure(100 + frames, 80, 93);
            cuff.faults(Faults.NONE.withLinkLostAfter(frames));
            ward.clock.advance(Duration.ofSeconds(30));
        }
        cuff.faults(Faults.NONE);
        ward.pass();

        List<Observation> pressures = ward.of(Mdc.MDC_PRESS_BLD_NONINV);
        assertThat(pressures.stream().map(Observation::id).distinct()).hasSize(40);
        assertThat(cuff.stored()).isZero();
    }

    @Test
    void aDeviceWithSeveralServicesIsServedWhole() {
        VirtualThermometer thermometer = new VirtualThermometer(ward.air, "both-1");
        VirtualPeripheral peripheral = thermometer.peripheral();
        peripheral.add(VirtualHeartRateStrap.MEASUREMENT, Property.NOTIFY).advertises("180d");
        ward.run();
        thermometer.measure("37.1");
        peripheral.notify(VirtualHeartRateStrap.MEASUREMENT, new byte[] {0, 72});
        ward.run();

        assertThat(ward.of(Mdc.MDC_TEMP_BODY)).hasSize(1);
        assertThat(ward.of(Mdc.MDC_ECG_HEART_RATE)).hasSize(1);
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.thermometer");
        assertThat(description().specializations())
                .containsExactly(Mdc.MDC_DEV_SPEC_PROFILE_TEMP, Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO);
    }

    @Test
    void aRefusedIdentityDoesNotStopASession() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        cuff.faults(Faults.NONE
                .withRefusal(VirtualDevice.SERIAL_NUMBER, AttError.INSUFFICIENT_ENCRYPTION)
                .withRefusal(VirtualDevice.BATTERY_LEVEL, AttError.READ_NOT_PERMITTED));
        ward.run();
        cuff.measure(120, 80, 93);
        ward.run();

        assertThat(ward.lines()).hasSize(1);
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
        assertThat(description().serialNumber()).isEmpty();
        assertThat(description().model()).contains("Virtual cuff");
    }

    @Test
    void aRefusedSecondServiceLeavesTheSessionDegraded() {
        VirtualThermometer thermometer = new VirtualThermometer(ward.air, "both-1");
        thermometer
                .peripheral()
                .add(VirtualHeartRateStrap.MEASUREMENT, Property.NOTIFY)
                .advertises("180d");
        thermometer.faults(
                Faults.NONE.withRefusal(VirtualHeartRateStrap.MEASUREMENT, AttError.INSUFFICIENT_ENCRYPTION));
        ward.run();
        thermometer.measure("37.1");
        ward.run();

        assertThat(ward.of(Mdc.MDC_TEMP_BODY)).hasSize(1);
        assertThat(ward.state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(ward.gateway.devices().get(0).reason())
                .isEqualTo("180d/2a37 refused: insufficient encryption (0x0F)");
    }

    @Test
    void aDeviceThatRefusesItsMeasurementsIsOfflineWithTheReason() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        cuff.faults(Faults.NONE.withRefusal(VirtualCuff.MEASUREMENT, AttError.INSUFFICIENT_ENCRYPTION));
        ward.run();

        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(ward.gateway.devices().get(0).reason()).contains("insufficient encryption (0x0F)");
        assertThat(ward.air.linkCount()).isZero();
        cuff.faults(Faults.NONE);
        ward.pass();
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void aDeviceThatOnlyAdvertisesItsServiceIsOfflineWithTheReason() {
        new VirtualPeripheral(ward.air, "empty-1").advertises("1809").appear();
        ward.run();

        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(ward.gateway.devices().get(0).reason()).contains("none of the standard measurements");
    }

    @Test
    void aMutilatedFrameIsReportedAndTheNextOneIsHeard() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        ward.run();
        cuff.faults(Faults.NONE.withFramesCutTo(5));
        cuff.measure(120, 80, 93);
        ward.run();
        cuff.faults(Faults.NONE);
        cuff.measure(121, 80, 93);
        ward.run();

        assertThat(ward.lines()).containsExactly("2026-01-01T00:00:00  blood pressure  121/80 (93) mm[Hg]");
        assertThat(ward.events(DeviceEvent.FrameRefused.class))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.reason()).startsWith("meanArterialPressure at octet 5: cut short"));
    }

    @Test
    void aDelayedLinkChangesNothingButTheTimeOfReception() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        cuff.faults(Faults.NONE.withDelay(Duration.ofMillis(80)));
        cuff.measure(120, 80, 93);
        ward.clock.advance(Duration.ofSeconds(10));
        cuff.measure(121, 80, 93);
        ward.clock.advance(Duration.ofSeconds(10));

        assertThat(ward.lines())
                .containsExactly(
                        "2026-01-01T00:00:00  blood pressure  120/80 (93) mm[Hg]",
                        "2026-01-01T00:00:10  blood pressure  121/80 (93) mm[Hg]");
    }

    @Test
    void aSilentDeviceGoesOfflineAndComesBack() {
        VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");
        cuff.faults(Faults.NONE.withSilence());
        cuff.measure(120, 80, 93);
        ward.clock.advance(Duration.ofSeconds(31));
        assertThat(ward.events(DeviceEvent.StateChanged.class)).anyMatch(event -> event.to() == DeviceState.OFFLINE);

        cuff.faults(Faults.NONE);
        ward.pass();

        assertThat(ward.lines()).hasSize(1);
    }

    @Test
    void aCommandResetsTheEnergyExpended() {
        VirtualHeartRateStrap strap = new VirtualHeartRateStrap(ward.air, "strap-1");
        ward.run();
        strap.expend(500);

        assertThat(execute("c-1", HeartRateDriver.RESET_ENERGY_EXPENDED)).isEqualTo(new CommandResult.Done());
        strap.measure(72);
        ward.run();

        assertThat(ward.lines()).last().isEqualTo("received 2026-01-01T00:00:00Z  energy expended  0 kJ");
    }

    @Test
    void aCommandThatTheDeviceRefusesIsAnAnswer() {
        VirtualHeartRateStrap strap = new VirtualHeartRateStrap(ward.air, "strap-1");
        strap.faults(Faults.NONE.withRefusal(VirtualHeartRateStrap.CONTROL_POINT, 0x80));
        ward.run();

        assertThat(execute("c-1", HeartRateDriver.RESET_ENERGY_EXPENDED))
                .isEqualTo(new CommandResult.Refused("180d/2a39 refused: control point not supported (0x80)", 0x80));
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void aCommandForAControlPointThatIsNotThereIsRefused() {
        new VirtualPeripheral(ward.air, "strap-1")
                .add(VirtualHeartRateStrap.MEASUREMENT, Property.NOTIFY)
                .advertises("180d")
                .appear();
        ward.run();

        assertThat(execute("c-1", HeartRateDriver.RESET_ENERGY_EXPENDED))
                .isEqualTo(new CommandResult.Refused("the device has no heart rate control point", -1));
    }

    @Test
    void aDeviceWithoutBatteryAndIdentityIsHeard() {
        VirtualPeripheral bare = new VirtualPeripheral(ward.air, "bare-1")
                .add(TEMPERATURE, Property.INDICATE)
                .advertises("1809");
        bare.appear();
        ward.run();
        bare.notify(TEMPERATURE, new byte[] {0, 0x74, 1, 0, (byte) 0xFF});
        ward.run();

        assertThat(ward.lines()).containsExactly("received 2026-01-01T00:00:00Z  body temperature  37.2 Cel");
        assertThat(ward.observations).hasSize(1);
    }

    @Test
    void aCuffWithSealedFramesIsHeardByItsOwnGatewayOnly() {
        try (ManualGateway own = new ManualGateway(builder -> builder.guards(any -> Optional.of(new MaskingGuard())))) {
            VirtualCuff cuff = new VirtualCuff(own.air, "cuff-1");
            VirtualCuff open = new VirtualCuff(own.air, "cuff-2");
            cuff.peripheral().guardedBy(MaskingGuard::new);
            own.run();
            cuff.measure(120, 80, 93);
            open.measure(121, 80, 93);
            own.run();

            assertThat(own.lines()).containsExactly("2026-01-01T00:00:00  blood pressure  120/80 (93) mm[Hg]");
            assertThat(own.events(DeviceEvent.FrameRefused.class))
                    .isNotEmpty()
                    .allMatch(event -> event.device().value().equals("cuff-2")
                            && event.reason().equals("frame not authentic"));
        }
    }

    @Test
    void afterTheEndNothingIsLeft() {
        List<VirtualCuff> cuffs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cuffs.add(new VirtualCuff(ward.air, "cuff-" + i));
        }
        ward.run();
        assertThat(cuffs).allMatch(cuff -> cuff.peripheral().isConnected());

        ward.gateway.closeAsync();
        ward.run();

        assertThat(cuffs).noneMatch(cuff -> cuff.peripheral().isConnected());
        assertThat(ward.air.linkCount()).isZero();
        assertThat(ward.clock.waiting()).isZero();
    }

    private CommandResult execute(String id, String name) {
        CompletionStage<CommandResult> result = ward.gateway.execute(
                new Command(id, DeviceId.of("strap-1"), name, Map.of(), Instant.parse("2027-01-01T00:00:00Z"), "test"));
        ward.run();
        assertThat(result.toCompletableFuture()).isDone();
        return result.toCompletableFuture().join();
    }
}
