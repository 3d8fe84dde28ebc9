package org.openiomt.ble.virtual.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket.Message;
import org.openiomt.ble.profile.bond.BondManagementFeature;
import org.openiomt.ble.profile.bond.BondManagementFeature.Feature;
import org.openiomt.ble.profile.emergency.EmergencyId;
import org.openiomt.ble.profile.positioning.Position.Kind;
import org.openiomt.ble.profile.positioning.PositioningConfiguration;
import org.openiomt.ble.profile.positioning.PositioningConfiguration.Part;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.ble.virtual.surroundings.BondManagementService.Bond;
import org.openiomt.ble.virtual.surroundings.BondManagementService.Radio;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.MedicalFloat;

class ServicesTest {
    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1");

    private Central connect() {
        device.appear();
        return new Central(room, device);
    }

    private BondManagementService withBonds(Optional<String> code) {
        BondManagementService bonds = new BondManagementService(device, "us", code);
        bonds.bond("us", Radio.LE);
        bonds.bond("us", Radio.BR_EDR);
        bonds.bond("clinic", Radio.LE);
        bonds.bond("phone", Radio.BR_EDR);
        return bonds;
    }

    @ParameterizedTest
    @CsvSource({
        "01, 'clinic LE, phone BR_EDR'",
        "02, 'us LE, clinic LE, phone BR_EDR'",
        "03, 'us BR_EDR, clinic LE, phone BR_EDR'",
        "04, ''",
        "05, 'us LE, clinic LE'",
        "06, 'us BR_EDR, phone BR_EDR'",
        "07, 'us LE, us BR_EDR'",
        "08, 'us LE, us BR_EDR, clinic LE'",
        "09, 'us LE, us BR_EDR, phone BR_EDR'"
    })
    void bondsAreForgottenAndTheClientsOwnWhenItGoes(String operation, String left) {
        BondManagementService bonds = withBonds(Optional.empty());
        Central client = connect();

        client.write(BondManagementService.CONTROL_POINT, operation);
        assertThat(bonds.bonds()).contains(new Bond("us", Radio.LE), new Bond("us", Radio.BR_EDR));
        client.link.close();

        assertThat(String.join(
                        ", ",
                        bonds.bonds().stream()
                                .map(bond -> bond.with() + " " + bond.radio())
                                .toList()))
                .isEqualTo(left);
    }

    @Test
    void bondsAreKeptFromWhoLacksTheCode() {
        BondManagementService bonds = withBonds(Optional.of("4711"));
        Central client = connect();
        String code = HexFormat.of().formatHex("4711".getBytes(StandardCharsets.UTF_8));

        assertThat(client.refusal(BondManagementService.CONTROL_POINT, "07"))
                .isEqualTo(AttMeaning.INSUFFICIENT_AUTHORIZATION);
        assertThat(client.refusal(BondManagementService.CONTROL_POINT, "0734373130"))
                .isEqualTo(AttMeaning.INSUFFICIENT_AUTHORIZATION);
        assertThat(bonds.bonds()).hasSize(4);
        client.write(BondManagementService.CONTROL_POINT, "07" + code);

        assertThat(bonds.bonds()).hasSize(2);
        assertThat(client.refusal(BondManagementService.CONTROL_POINT, "07" + code))
                .isEqualTo(AttMeaning.OPERATION_FAILED);
    }

    @Test
    void onlyWhatTheFeatureSaysIsDone() {
        BondManagementService bonds = new BondManagementService(
                device, "us", Optional.empty(), EnumSet.of(Feature.DELETE_REQUESTING_DEVICE_LE));
        bonds.bond("us", Radio.LE);
        Central client = connect();

        assertThat(client.refusal(BondManagementService.CONTROL_POINT, "04"))
                .isEqualTo(AttMeaning.OP_CODE_NOT_SUPPORTED);
        assertThat(client.refusal(BondManagementService.CONTROL_POINT, "0A"))
                .isEqualTo(AttMeaning.OP_CODE_NOT_SUPPORTED);
        assertThat(client.refusal(BondManagementService.CONTROL_POINT, ""))
                .isEqualTo(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH);
        assertThat(client.read(BondManagementService.FEATURE, BondManagementFeature.CODEC)
                        .features())
                .containsExactly(Feature.DELETE_REQUESTING_DEVICE_LE);
        client.write(BondManagementService.CONTROL_POINT, "03");
        client.link.close();

        assertThat(bonds.bonds()).isEmpty();
    }

    @Test
    void aBinarySensorAnswersInPackets() {
        BinarySensorService sensor = new BinarySensorService(device);
        device.mtu(23);
        byte[] status = new byte[40];
        status[39] = 9;
        sensor.status(3, status);
        Central client = connect();
        List<BinarySensorPacket> heard = client.hear(BinarySensorService.RESPONSE, BinarySensorPacket.CODEC);

        client.write(BinarySensorService.CONTROL_POINT, "01 00 00");

        assertThat(heard).hasSize(3).allMatch(BinarySensorPacket::isFromServer);
        assertThat(heard.get(0).start().orElseThrow().message()).contains(Message.GET_SENSOR_STATUS_RESPONSE);
        assertThat(heard.get(0).start().orElseThrow().parameters()).isEqualTo(3);
        assertThat(heard).extracting(BinarySensorPacket::isLast).containsExactly(false, false, true);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        heard.forEach(packet -> joined.writeBytes(packet.payload().octets()));
        assertThat(joined.toByteArray()).isEqualTo(status);
    }

    @Test
    void aBinarySensorIsSetInPacketsAndTellsItsChanges() {
        BinarySensorService sensor = new BinarySensorService(device);
        Central client = connect();
        List<String> heard = client.hear(BinarySensorService.RESPONSE);

        client.write(BinarySensorService.CONTROL_POINT, "00 02 01 AABB");
        client.write(BinarySensorService.CONTROL_POINT, "03 CC");
        sensor.change(1, new byte[] {1});
        room.clock.runUntilIdle();

        assertThat(sensor.setting()).containsExactly(0xAA, 0xBB, 0xCC);
        assertThat(heard).containsExactly("810300", "81040101");
    }

    @Test
    void aBinarySensorRefusesWhatIsNotTheNextPacketOfAClient() {
        BinarySensorService sensor = new BinarySensorService(device);
        Central client = connect();
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "01 00 00"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        client.hear(BinarySensorService.RESPONSE);

        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "03 CC"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        client.write(BinarySensorService.CONTROL_POINT, "00 02 01 AA");
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "05 CC"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "03 CC"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "81 00 00"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "01 01 00"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "01 05 00"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        client.link.write(BinarySensorService.CONTROL_POINT, new byte[] {1, 0, 0}, WriteMode.WITH_RESPONSE);
        assertThat(client.refusal(BinarySensorService.CONTROL_POINT, "01 00 00"))
                .isEqualTo(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS);
        assertThat(sensor.setting()).isEmpty();
    }

    @Test
    void anEmergencyConfigurationIsReadAndItsChangesAreIndicated() {
        EmergencyConfigurationService service = new EmergencyConfigurationService(device, 0xA1B2C3D4E5F6L, "Diabetes");
        Central client = connect();
        List<EmergencyId> heard = client.hear(EmergencyConfigurationService.ID, EmergencyId.CODEC);

        assertThat(client.read(EmergencyConfigurationService.ID, EmergencyId.CODEC)
                        .id())
                .isEqualTo(0xA1B2C3D4E5F6L);
        service.id(1);
        service.text("Diabetes, pump");
        room.clock.runUntilIdle();

        assertThat(heard).extracting(EmergencyId::id).containsExactly(1L);
        assertThat(client.read(EmergencyConfigurationService.TEXT, DeviceText.CODEC)
                        .text())
                .isEqualTo("Diabetes, pump");
    }

    @Test
    void aBeaconSaysWhereItIsAndIsSetUpByItsClient() {
        IndoorPositioningService service = new IndoorPositioningService(device, "Ward 3");
        service.place(Kind.LATITUDE, MedicalFloat.parse("52.5200000"));
        service.configure(EnumSet.of(Part.COORDINATES, Part.FLOOR_NUMBER));
        Central client = connect();

        client.write(IndoorPositioningService.position(Kind.FLOOR_NUMBER), "17");
        client.writeUnanswered(IndoorPositioningService.LOCATION_NAME, "57617264 2034");

        assertThat(client.read(
                                IndoorPositioningService.position(Kind.LATITUDE),
                                Kind.LATITUDE.profile().codec())
                        .value())
                .isEqualTo(MedicalFloat.of(525_200_000, -7));
        assertThat(client.read(
                                IndoorPositioningService.position(Kind.FLOOR_NUMBER),
                                Kind.FLOOR_NUMBER.profile().codec())
                        .value())
                .isEqualTo(MedicalFloat.of(3, 0));
        assertThat(client.read(
                                IndoorPositioningService.position(Kind.ALTITUDE),
                                Kind.ALTITUDE.profile().codec())
                        .value())
                .isEqualTo(MedicalFloat.NAN);
        assertThat(client.read(IndoorPositioningService.LOCATION_NAME, DeviceText.CODEC)
                        .text())
                .isEqualTo("Ward 4");
        assertThat(client.read(IndoorPositioningService.CONFIGURATION, PositioningConfiguration.CODEC)
                        .parts())
                .containsExactly(Part.COORDINATES, Part.FLOOR_NUMBER);
    }

    @Test
    void aValueOutOfItsRangeIsRefusedAndNotKept() {
        new IndoorPositioningService(device, "Ward 3");
        Central client = connect();

        assertThat(client.refusal(IndoorPositioningService.CONFIGURATION, "80")).isEqualTo(AttMeaning.INVALID_VALUE);
        assertThat(client.refusal(IndoorPositioningService.position(Kind.LATITUDE), "FFFFFF7F"))
                .isEqualTo(AttMeaning.INVALID_VALUE);
        assertThat(client.refusal(IndoorPositioningService.UNCERTAINTY, "70")).isEqualTo(AttMeaning.INVALID_VALUE);
        assertThat(client.read(IndoorPositioningService.CONFIGURATION)).isEqualTo("21");
        assertThat(client.read(IndoorPositioningService.position(Kind.LATITUDE)))
                .isEqualTo("00000000");
    }
}
