package org.openiomt.ble.profile.cyclingpower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.controlpoint.CompanyData;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Response;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint.Content;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Context;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

class CyclingPowerTest {
    private static final Codec<ControlPointMessage> POINT = CyclingPowerControlPoint.CODEC;

    @Test
    void aPowerAloneIsFourOctets() {
        assertThat(CyclingPowerMeasurement.CODEC.encode(CyclingPowerMeasurement.of(-10)))
                .isEqualTo(octets("0000F6FF"));
        assertThatIllegalArgumentException().isThrownBy(() -> CyclingPowerMeasurement.of(40_000));
    }

    @Test
    void forcesAndTorquesAtOnceAreReportedAndNotGuessedAt() {
        Decoded<CyclingPowerVector> both = CyclingPowerVector.CODEC.decode(octets("0C0100"), DecodeMode.LENIENT);
        assertThat(both.value().kind()).isEqualTo(CyclingPowerVector.Magnitudes.FORCES_OR_TORQUES);
        assertThat(both.warnings()).isNotEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CyclingPowerVector.CODEC.decode(octets("0C0100"), DecodeMode.STRICT));
    }

    @Test
    void theFeatureDecidesTheUnitOfAnOffset() {
        Response answer = (Response) POINT.decode(octets("200C01F0FF"));
        long raw = answer.parameters().get(CyclingPowerControlPoint.OFFSET).orElseThrow();
        assertThat(Context.FORCE.offset(raw)).hasToString("-16");
        assertThat(Context.TORQUE.offset(raw)).hasToString("-0.50000");
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(CyclingPowerControlPoint.setCumulativeValue(1))).isEqualTo("0101000000");
        assertThat(hex(CyclingPowerControlPoint.updateSensorLocation(SensorLocation.Place.SPIDER)))
                .isEqualTo("020F");
        assertThat(hex(CyclingPowerControlPoint.setCrankLength(345))).isEqualTo("045901");
        assertThat(hex(CyclingPowerControlPoint.setChainLength(1473))).isEqualTo("06C105");
        assertThat(hex(CyclingPowerControlPoint.setChainWeight(303))).isEqualTo("082F01");
        assertThat(hex(CyclingPowerControlPoint.setSpanLength(450))).isEqualTo("0AC201");
        assertThat(hex(CyclingPowerControlPoint.leaveOut(
                        EnumSet.of(Content.PEDAL_POWER_BALANCE, Content.ACCUMULATED_ENERGY))))
                .isEqualTo("0D0101");
        assertThat(hex(CyclingPowerControlPoint.ask(CyclingPowerControlPoint.START_ENHANCED_OFFSET_COMPENSATION)))
                .isEqualTo("10");
        assertThatIllegalArgumentException()
                .as("a parameter is missing")
                .isThrownBy(() -> CyclingPowerControlPoint.ask(CyclingPowerControlPoint.SET_CRANK_LENGTH));
        assertThatIllegalArgumentException().isThrownBy(() -> CyclingPowerControlPoint.setCrankLength(65_536));
    }

    @Test
    void anAnswerTellsWhatTheCompanyKnows() {
        Response answer = (Response) POINT.decode(octets("20100108005F0002BEEF"));
        assertThat(answer.result()).contains(ControlPointResult.SUCCESS);
        assertThat(answer.parameters().get(CyclingPowerControlPoint.COMPANY_DATA))
                .contains(CompanyData.of(95, octets("BEEF")));
        assertThat(answer).hasToString("Response[opCode, requestOpCode, responseCode, offset, companyData]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"200501", "202901", "200507", "7F01", "0C01"})
    void whatTheTableDoesNotForeseeIsKeptAndReportedOrRefused(String hex) {
        Decoded<ControlPointMessage> kept = POINT.decode(octets(hex), DecodeMode.LENIENT);
        assertThat(kept.warnings()).isNotEmpty();
        assertThat(POINT.encode(kept.value())).isEqualTo(octets(hex));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> POINT.decode(octets(hex), DecodeMode.STRICT));
    }

    @Test
    void aCountOfCompanyOctetsThatLiesIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> POINT.decode(octets("20100108005F0005BEEF")))
                .withMessage("companyData at octet 8: cut short, 3 octets missing");
    }

    @Test
    void aMessageOfAnotherControlPointIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> POINT.encode(SpeedCadenceControlPoint.startCalibration()));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ControlPointMessage message) {
        return HexFormat.of().withUpperCase().formatHex(POINT.encode(message));
    }
}
