package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.BODY_COMPOSITION;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.BODY_COMPOSITION_FEATURE;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.CHANGE_INCREMENT;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.FIRST_NAME;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.HEIGHT;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.REGISTERED_USER;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.UNKNOWN_USER;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.USER_CONTROL_POINT;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.USER_INDEX;
import static org.openiomt.ble.virtual.VirtualBodyCompositionScale.WEIGHT;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.userdata.RegisteredUser;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.profile.userdata.UserControlMessage.Consent;
import org.openiomt.ble.profile.userdata.UserControlMessage.DeleteData;
import org.openiomt.ble.profile.userdata.UserControlMessage.DeleteUser;
import org.openiomt.ble.profile.userdata.UserControlMessage.ListUsers;
import org.openiomt.ble.profile.userdata.UserControlMessage.Outcome;
import org.openiomt.ble.profile.userdata.UserControlMessage.Register;
import org.openiomt.ble.profile.userdata.UserControlMessage.Response;
import org.openiomt.ble.profile.weight.BodyCompositionFeature;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.profile.weight.BodyCompositionParts;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class VirtualBodyCompositionScaleTest {
    private static final Map<Part, MedicalFloat> PARTS = Map.of(
            Part.BASAL_METABOLISM, MedicalFloat.of(7012, 0),
            Part.MUSCLE_PERCENTAGE, MedicalFloat.parse("41.2"),
            Part.MUSCLE_MASS, MedicalFloat.parse("33.5"),
            Part.FAT_FREE_MASS, MedicalFloat.parse("60.1"),
            Part.SOFT_LEAN_MASS, MedicalFloat.parse("57.0"),
            Part.BODY_WATER_MASS, MedicalFloat.parse("44.3"),
            Part.IMPEDANCE, MedicalFloat.parse("512.4"));

    private final ManualAir room = new ManualAir();
    private final VirtualBodyCompositionScale scale = new VirtualBodyCompositionScale(room.air, "scale-1");

    private Central connect() {
        return new Central(
                room,
                scale.peripheral(),
                WEIGHT,
                BODY_COMPOSITION,
                USER_CONTROL_POINT,
                CHANGE_INCREMENT,
                REGISTERED_USER);
    }

    private static Response ask(Central central, UserControlMessage request) {
        return (Response) central.ask(USER_CONTROL_POINT, UserControlMessage.CODEC, request);
    }

    private static Outcome outcome(Central central, UserControlMessage request) {
        return ask(central, request).outcome().orElseThrow();
    }

    private static List<String> weights(Central central) {
        return central.heard(WEIGHT, WeightMeasurement.CODEC).stream()
                .map(value -> value.userId().orElseThrow() + " " + value.weight())
                .toList();
    }

    @Test
    void itTellsWhatItCanMeasure() {
        Central central = connect();

        assertThat(central.read(BODY_COMPOSITION_FEATURE, BodyCompositionFeature.CODEC)
                        .supports())
                .isEqualTo(EnumSet.allOf(BodyCompositionFeature.Feature.class));
    }

    @Test
    void twoPeopleAreToldApart() {
        int anna = scale.register(1111);
        int ben = scale.register(2222);
        scale.weigh(anna, "62.5");
        scale.weigh(ben, "81.65");
        scale.weigh(UNKNOWN_USER, "20.0");
        Central central = connect();
        assertThat(weights(central)).containsExactly("255 20.000");

        assertThat(outcome(central, Consent.of(ben, 2222))).isEqualTo(Outcome.SUCCESS);
        assertThat(weights(central)).containsExactly("1 81.650");
        assertThat(scale.stored()).isEqualTo(1);

        assertThat(outcome(central, Consent.of(anna, 1111))).isEqualTo(Outcome.SUCCESS);
        assertThat(weights(central)).containsExactly("0 62.500");
        assertThat(scale.stored()).isZero();
    }

    @Test
    void consentEndsWithTheConnection() {
        int anna = scale.register(1111);
        Central central = connect();
        outcome(central, Consent.of(anna, 1111));
        assertThat(room.now(central.link.read(USER_INDEX))).containsExactly(0);
        central.link.close();
        scale.weigh(anna, "62.5");

        Central next = connect();

        assertThat(weights(next)).isEmpty();
        assertThat(room.now(next.link.read(USER_INDEX))).containsExactly(0xFF);
        assertThat(next.refused(HEIGHT, new byte[] {(byte) 0xA0, 0})).isEqualTo(0x80);
    }

    @Test
    void withoutConsentNoDataAreGivenOrTaken() {
        scale.register(1111);
        Central central = connect();

        assertThat(room.fault(central.link.read(FIRST_NAME)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x80));
        assertThat(room.fault(central.link.read(CHANGE_INCREMENT)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x80));
        assertThat(central.refused(CHANGE_INCREMENT, new byte[] {1, 0, 0, 0})).isEqualTo(0x80);
    }

    @Test
    void theWrongCodeIsNoConsent() {
        int anna = scale.register(1111);
        Central central = connect();

        assertThat(outcome(central, Consent.of(anna, 1112))).isEqualTo(Outcome.USER_NOT_AUTHORIZED);
        assertThat(outcome(central, Consent.of(7, 1111))).isEqualTo(Outcome.INVALID_PARAMETER);
        assertThat(room.now(central.link.read(USER_INDEX))).containsExactly(0xFF);
    }

    @Test
    void aCentralRegistersAPersonAndWritesTheData() {
        Central central = connect();
        Response answer = ask(central, Register.of(4711));
        assertThat(answer).isEqualTo(Response.done(UserControlMessage.REGISTER, 0));
        outcome(central, Consent.of(0, 4711));

        central.write(HEIGHT, new byte[] {(byte) 182, 0});
        central.write(FIRST_NAME, DeviceText.CODEC, DeviceText.of("Anna"));
        central.write(CHANGE_INCREMENT, new byte[] {5, 0, 0, 0});

        assertThat(room.now(central.link.read(HEIGHT))).containsExactly(182, 0);
        assertThat(room.now(central.link.read(CHANGE_INCREMENT))).containsExactly(5, 0, 0, 0);
        scale.weigh(0, "82.0");
        WeightMeasurement value = central.heard(WEIGHT, WeightMeasurement.CODEC).get(0);
        assertThat(value.bodyMass().orElseThrow().bmi()).isEqualTo(MedicalFloat.of(248, -1));
        assertThat(central.refused(HEIGHT, new byte[] {1})).isEqualTo(0xFF);
        assertThat(central.refused(CHANGE_INCREMENT, new byte[] {1, 2})).isEqualTo(0xFF);
    }

    @Test
    void whatIsChangedAtTheScaleIsCountedAndTold() {
        int anna = scale.register(1111);
        int ben = scale.register(2222);
        Central central = connect();
        outcome(central, Consent.of(anna, 1111));

        scale.name(anna, "Anna");
        scale.name(ben, "Ben");
        scale.height(anna, "1.70");

        assertThat(central.heard(CHANGE_INCREMENT))
                .extracting(octets -> octets[0])
                .containsExactly((byte) 1, (byte) 2);
        assertThat(room.now(central.link.read(CHANGE_INCREMENT))).containsExactly(2, 0, 0, 0);
    }

    @Test
    void usersAreListedBeforeTheAnswerThatCountsThem() {
        scale.peripheral().mtu(23);
        scale.name(scale.register(1111), "Maximiliane Friederike");
        scale.register(2222);
        Central central = connect();

        Response answer = ask(central, new ListUsers(Remainder.NONE));

        assertThat(answer).isEqualTo(Response.done(UserControlMessage.LIST_USERS, 2));
        Reassembler reassembler = new Reassembler();
        List<RegisteredUser> listed = central.heard(REGISTERED_USER).stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .map(event -> RegisteredUser.WHOLE.decode(((Reassembly.Whole) event).octets()))
                .toList();
        assertThat(listed).extracting(RegisteredUser::userIndex).containsExactly(0, 1);
        assertThat(listed.get(0).name()).contains(DeviceText.of("Maximiliane Friederike"));
        assertThat(listed.get(1).name()).isEmpty();
    }

    @Test
    void aPersonIsForgottenOnlyWithConsent() {
        int anna = scale.register(1111);
        scale.name(anna, "Anna");
        Central central = connect();
        assertThat(outcome(central, DeleteUser.of(anna))).isEqualTo(Outcome.USER_NOT_AUTHORIZED);
        assertThat(outcome(central, new DeleteData(Remainder.NONE))).isEqualTo(Outcome.USER_NOT_AUTHORIZED);
        outcome(central, Consent.of(anna, 1111));

        assertThat(outcome(central, new DeleteData(Remainder.NONE))).isEqualTo(Outcome.SUCCESS);
        assertThat(room.now(central.link.read(FIRST_NAME))).isEmpty();
        assertThat(ask(central, DeleteUser.of(anna))).isEqualTo(Response.done(UserControlMessage.DELETE_USER, anna));
        assertThat(outcome(central, DeleteUser.of(anna))).isEqualTo(Outcome.INVALID_PARAMETER);
        assertThat(scale.users()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> scale.weigh(anna, "62.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "09, 20 09 02",
        "20 01 01 00, 20 20 02",
        "01, 20 01 03",
        "01 10 27, 20 01 03",
        "01 01 00 00, 20 01 03",
        "02 00, 20 02 03",
        "'', 20 00 03"
    })
    void aRequestThatIsNoneIsAnsweredSo(String request, String answer) {
        byte[] said = connect().ask(USER_CONTROL_POINT, hex(request));

        assertThat(said).containsExactly(hex(answer));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void aBodyCompositionThatFitsTakesOnePacket() {
        Central central = connect();
        scale.measure(UNKNOWN_USER, "81.65", "22.4", PARTS);

        List<BodyCompositionMeasurement> heard = central.heard(BODY_COMPOSITION, BodyCompositionMeasurement.CODEC);

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).isOneOfTwo()).isFalse();
        assertThat(heard.get(0).part(Part.IMPEDANCE)).contains(MedicalFloat.parse("512.4"));
    }

    @Test
    void aBodyCompositionThatDoesNotFitTakesTwoThatJoin() {
        scale.peripheral().mtu(23);
        int anna = scale.register(1111);
        scale.measure(anna, "62.5", "22.4", PARTS);
        scale.measure(anna, "62.6", "22.5", PARTS);
        Central central = connect();
        outcome(central, Consent.of(anna, 1111));

        List<byte[]> packets = central.heard(BODY_COMPOSITION);

        assertThat(packets).hasSize(4).allMatch(packet -> packet.length <= 20);
        BodyCompositionParts joiner = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
        List<BodyCompositionParts.Joined> joined = packets.stream()
                .flatMap(packet ->
                        joiner.accept(BodyCompositionMeasurement.CODEC.decode(packet), room.clock.instant()).stream())
                .toList();
        assertThat(joined).hasSize(2).allMatch(BodyCompositionParts.Joined::isComplete);
        assertThat(joined)
                .extracting(each -> each.measurement().part(Part.WEIGHT).orElseThrow())
                .containsExactly(MedicalFloat.parse("62.500"), MedicalFloat.parse("62.600"));
        assertThat(joined.get(0).measurement().parts()).hasSize(8);
        assertThat(joined.get(0).measurement().takenAt()).isPresent();
    }

    @Test
    void whenTheLinkIsLostBetweenTheHalvesBothAreSentAgain() {
        scale.peripheral().mtu(23);
        scale.measure(UNKNOWN_USER, "62.5", "22.4", PARTS);
        scale.weigh(UNKNOWN_USER, "1.0");
        // Request, answer, the first half and its confirmation.
        scale.faults(Faults.NONE.withLinkLostAfter(4));
        new Central(room, scale.peripheral(), BODY_COMPOSITION);
        room.clock.runUntilIdle();
        assertThat(scale.peripheral().isConnected()).isFalse();
        scale.faults(Faults.NONE);

        Central central = new Central(room, scale.peripheral(), BODY_COMPOSITION);

        assertThat(central.heard(BODY_COMPOSITION)).hasSize(2);
        assertThat(scale.stored()).isEqualTo(2);
    }

    @Test
    void aMeasurementThatFailedSaysSo() {
        Central central = connect();
        scale.fail(UNKNOWN_USER);

        assertThat(central.heard(BODY_COMPOSITION, BodyCompositionMeasurement.CODEC))
                .extracting(BodyCompositionMeasurement::isSuccessful)
                .containsExactly(false);
    }

    @Test
    void itFailsWhenItIsTold() {
        int anna = scale.register(1111);
        Central central = connect();
        scale.failNextProcedure();
        assertThat(outcome(central, Consent.of(anna, 1111))).isEqualTo(Outcome.OPERATION_FAILED);
        scale.refuseNextRequest(0x0E);
        assertThat(central.refused(USER_CONTROL_POINT, new byte[] {4})).isEqualTo(0x0E);

        assertThat(outcome(central, Consent.of(anna, 1111))).isEqualTo(Outcome.SUCCESS);
    }
}
