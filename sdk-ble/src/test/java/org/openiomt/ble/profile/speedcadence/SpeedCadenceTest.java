package org.openiomt.ble.profile.speedcadence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.ble.profile.speedcadence.Revolutions.Turned;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class SpeedCadenceTest {
    @Test
    void theSpeedOfARunnerIsExact() {
        assertThat(RunningMeasurement.CODEC.decode(octets("00010000")).speed()).hasToString("0.00390625");
        assertThat(RunningMeasurement.CODEC.decode(octets("00000300")).speed()).hasToString("3.00000000");
    }

    @Test
    void twoMeasurementsGiveCadenceAndTurnsOfTheWheel() {
        CyclingMeasurement first = CyclingMeasurement.CODEC.decode(octets("03A4000000184E4000A74C"));
        CyclingMeasurement second = CyclingMeasurement.CODEC.decode(octets("03A600000072524100C050"));
        Duration between = Duration.ofMillis(854);
        assertThat(second.wheel().orElseThrow().since(first.wheel().orElseThrow(), between))
                .contains(new Turned(Counter.WHEEL, 2, 1114));
        Turned crank = second.crank()
                .orElseThrow()
                .since(first.crank().orElseThrow(), between)
                .orElseThrow();
        assertThat(crank).isEqualTo(new Turned(Counter.CRANK, 1, 1049));
        assertThat(crank.perMinute().orElseThrow()).isCloseTo(58.57, within(0.01));
    }

    @Test
    void aRollOverOfCountAndClockIsNoLeap() {
        Revolutions before = new Revolutions(Counter.CRANK, 0xFFFE, 0xFF00);
        Revolutions after = new Revolutions(Counter.CRANK, 1, 0x0100);
        assertThat(after.since(before, Duration.ofSeconds(1))).contains(new Turned(Counter.CRANK, 3, 0x200));
    }

    @Test
    void aGapAsLongAsTheClockIsNotGuessedAt() {
        Revolutions before = new Revolutions(Counter.POWER_WHEEL, 1, 0);
        Revolutions after = new Revolutions(Counter.POWER_WHEEL, 2, 2048);
        assertThat(after.since(before, Duration.ofMillis(31_999))).isPresent();
        assertThat(after.since(before, Duration.ofSeconds(32))).isEmpty();
    }

    @Test
    void aWheelThatWasSetAnewTurnsBackwards() {
        assertThat(new Revolutions(Counter.WHEEL, 0, 10)
                        .since(new Revolutions(Counter.WHEEL, 500, 0), Duration.ofSeconds(1)))
                .contains(new Turned(Counter.WHEEL, -500, 10));
    }

    @Test
    void countersOfTwoKindsAreNotCompared() {
        Revolutions wheel = new Revolutions(Counter.WHEEL, 0, 0);
        Revolutions crank = new Revolutions(Counter.CRANK, 0, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> wheel.since(crank, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CyclingMeasurement(Optional.of(crank), Optional.empty(), Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Revolutions(Counter.CRANK, 65_536, 0));
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(SpeedCadenceControlPoint.setCumulativeValue(1))).isEqualTo("0101000000");
        assertThat(hex(SpeedCadenceControlPoint.startCalibration())).isEqualTo("02");
        assertThat(hex(SpeedCadenceControlPoint.updateSensorLocation(SensorLocation.Place.HIP)))
                .isEqualTo("0303");
        assertThat(hex(SpeedCadenceControlPoint.requestSensorLocations())).isEqualTo("04");
        assertThatIllegalArgumentException().isThrownBy(() -> SpeedCadenceControlPoint.setCumulativeValue(-1));
    }

    @Test
    void anAnswerNamesItsLocations() {
        ControlPointMessage.Response response =
                (ControlPointMessage.Response) SpeedCadenceControlPoint.CODEC.decode(octets("1004010506"));
        assertThat(response.result()).contains(ControlPointResult.SUCCESS);
        assertThat(response.parameters().get(SpeedCadenceControlPoint.SENSOR_LOCATIONS))
                .hasValueSatisfying(places -> assertThat(places.codes()).containsExactly(5, 6));
        assertThat(response.parameters().get(SpeedCadenceControlPoint.CUMULATIVE_VALUE))
                .isEmpty();
    }

    @Test
    void anUnknownOpCodeIsKeptAndReportedOrRefused() {
        assertThat(SpeedCadenceControlPoint.CODEC
                        .decode(octets("0501"), DecodeMode.LENIENT)
                        .warnings())
                .isNotEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> SpeedCadenceControlPoint.CODEC.decode(octets("0501"), DecodeMode.STRICT))
                .withMessageContaining("unknown op code 5");
    }

    @Test
    void featuresOfOneSensorAreNotWrittenAsThoseOfAnother() {
        Features features = Features.of(RunningFeature.class, 16, EnumSet.of(RunningFeature.TOTAL_DISTANCE));
        assertThat(features.has(RunningFeature.TOTAL_DISTANCE)).isTrue();
        assertThat(features.has(RunningFeature.STRIDE_LENGTH)).isFalse();
        assertThat(features.has(CyclingFeature.CRANK_REVOLUTIONS)).isFalse();
        assertThat(RunningFeature.CODEC.encode(features)).isEqualTo(octets("0200"));
        assertThatIllegalArgumentException().isThrownBy(() -> CyclingFeature.CODEC.encode(features));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ControlPointMessage message) {
        return HexFormat.of().withUpperCase().formatHex(SpeedCadenceControlPoint.CODEC.encode(message));
    }
}
