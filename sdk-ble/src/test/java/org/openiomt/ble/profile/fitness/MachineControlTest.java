package org.openiomt.ble.profile.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Response;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.SizedNumber;
import org.openiomt.ble.profile.fitness.MachineParameters.StopOrPause;
import org.openiomt.ble.profile.fitness.MachineStatus.Event;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

class MachineControlTest {
    @Test
    void thereAre21OpCodesWithoutAGap() {
        assertThat(MachineControlPoint.POINT.operations())
                .extracting(Operation::code)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 0x14).boxed().toList());
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(MachineControlPoint.requestControl())).isEqualTo("00");
        assertThat(hex(MachineControlPoint.reset())).isEqualTo("01");
        assertThat(hex(MachineControlPoint.setSpeed(105))).isEqualTo("026900");
        assertThat(hex(MachineControlPoint.setInclination(-10))).isEqualTo("03F6FF");
        assertThat(hex(MachineControlPoint.setResistance(20))).isEqualTo("0414");
        assertThat(hex(MachineControlPoint.setWideResistance(20))).isEqualTo("041400");
        assertThat(hex(MachineControlPoint.setPower(200))).isEqualTo("05C800");
        assertThat(hex(MachineControlPoint.setHeartRate(120))).isEqualTo("0678");
        assertThat(hex(MachineControlPoint.startOrResume())).isEqualTo("07");
        assertThat(hex(MachineControlPoint.stop(StopOrPause.PAUSE))).isEqualTo("0802");
        assertThat(hex(MachineControlPoint.setEnergy(500))).isEqualTo("09F401");
        assertThat(hex(MachineControlPoint.setSteps(1000))).isEqualTo("0AE803");
        assertThat(hex(MachineControlPoint.setStrides(500))).isEqualTo("0BF401");
        assertThat(hex(MachineControlPoint.setDistance(100_000))).isEqualTo("0CA08601");
        assertThat(hex(MachineControlPoint.setTrainingTime(1800))).isEqualTo("0D0807");
        assertThat(hex(MachineControlPoint.setTwoZones(300, 600))).isEqualTo("0E2C015802");
        assertThat(hex(MachineControlPoint.setThreeZones(300, 600, 900))).isEqualTo("0F2C0158028403");
        assertThat(hex(MachineControlPoint.setFiveZones(60, 120, 300, 600, 900)))
                .isEqualTo("103C0078002C0158028403");
        assertThat(hex(MachineControlPoint.simulateRoad(0, -145, 40, 51))).isEqualTo("1100006FFF2833");
        assertThat(hex(MachineControlPoint.setWheelCircumference(21_050))).isEqualTo("123A52");
        assertThat(hex(MachineControlPoint.startSpinDown())).isEqualTo("1301");
        assertThat(hex(MachineControlPoint.ignoreSpinDown())).isEqualTo("1302");
        assertThat(hex(MachineControlPoint.setCadence(180))).isEqualTo("14B400");
        assertThatIllegalArgumentException().isThrownBy(() -> MachineControlPoint.setResistance(256));
        assertThatIllegalArgumentException().isThrownBy(() -> MachineControlPoint.setDistance(1 << 24));
    }

    @ParameterizedTest
    @CsvSource({"0414, 20, UINT8, false", "04FF, 255, UINT8, false", "04F6FF, -10, SINT16, true"})
    void theLengthDecidesTheWidthOfAResistance(String hex, long level, IntegerForm form, boolean isReported) {
        Decoded<ControlPointMessage> decoded = MachineControlPoint.CODEC.decode(octets(hex), DecodeMode.LENIENT);
        Request request = (Request) decoded.value();
        assertThat(request.asks(MachineControlPoint.SET_RESISTANCE)).isTrue();
        assertThat(request.parameters().get(MachineParameters.TARGET_RESISTANCE))
                .contains(new SizedNumber(level, form));
        assertThat(decoded.warnings().isEmpty()).isNotEqualTo(isReported);
    }

    @Test
    void aRefusalIsAnAnswer() {
        Response answer = (Response) MachineControlPoint.CODEC.decode(octets("800505"));
        assertThat(answer.result()).contains(ControlPointResult.CONTROL_NOT_PERMITTED);
        assertThat(answer.requestOpCode()).isEqualTo(MachineControlPoint.SET_POWER.code());
    }

    @Test
    void spinningDownIsAnsweredByTwoSpeeds() {
        Response answer = (Response) MachineControlPoint.CODEC.decode(octets("8013018403100E"));
        assertThat(answer.parameters().get(MachineParameters.SPIN_DOWN_LOW)).contains(900L);
        assertThat(answer.parameters().get(MachineParameters.SPIN_DOWN_HIGH)).contains(3600L);
        assertThat(MachineControlPoint.CODEC
                        .decode(octets("801301"), DecodeMode.LENIENT)
                        .warnings())
                .as("without them")
                .isNotEmpty();
    }

    @Test
    void everyEventHasItsOpCode() {
        assertThat(EnumSet.allOf(Event.class))
                .hasSize(22)
                .allSatisfy(event -> assertThat(Event.of(event.code())).contains(event));
        assertThat(MachineStatus.CODEC.decode(octets("FF")).event()).contains(Event.CONTROL_LOST);
        assertThat(MachineStatus.CODEC.decode(octets("0201")).parameters().get(MachineParameters.STOP_OR_PAUSE))
                .hasValueSatisfying(code -> assertThat(StopOrPause.of(code)).contains(StopOrPause.STOP));
    }

    @Test
    void anEventWithoutItsParametersIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> MachineStatus.CODEC.decode(octets("120000FFFF28")))
                .withMessage("windResistanceHundredthKilogramPerMetre at octet 6: cut short, 1 octet missing");
        assertThatIllegalArgumentException().isThrownBy(() -> MachineStatus.of(Event.SPEED_CHANGED));
    }

    @Test
    void anUnknownEventIsKeptAndReportedOrRefused() {
        Decoded<MachineStatus> kept = MachineStatus.CODEC.decode(octets("160102"), DecodeMode.LENIENT);
        assertThat(kept.value().event()).isEmpty();
        assertThat(kept.warnings()).isNotEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> MachineStatus.CODEC.decode(octets("160102"), DecodeMode.STRICT));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ControlPointMessage message) {
        return HexFormat.of().withUpperCase().formatHex(MachineControlPoint.CODEC.encode(message));
    }
}
