package org.openiomt.ble.virtual.sport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.speedcadence.CyclingFeature;
import org.openiomt.ble.profile.speedcadence.CyclingMeasurement;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Turned;
import org.openiomt.ble.profile.speedcadence.RunningFeature;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.ble.profile.speedcadence.SensorLocation.Place;
import org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.sport.VirtualRunningSensor.Gait;

class VirtualSensorsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualAir room = new ManualAir();

    @Test
    void aRunnerIsFollowed() {
        VirtualRunningSensor sensor = new VirtualRunningSensor(room.air, "run-1");
        Central client = new Central(room, sensor.peripheral());
        List<RunningMeasurement> heard = client.hear(VirtualRunningSensor.MEASUREMENT, RunningMeasurement.CODEC);

        sensor.move(Gait.WALKING, 384, 55, Duration.ofSeconds(10));
        sensor.strideLength(110);
        sensor.move(Gait.RUNNING, 768, 85, Duration.ofMillis(500));
        room.clock.runUntilIdle();

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0).isRunning()).isFalse();
        assertThat(heard.get(0).speed256()).isEqualTo(384);
        assertThat(heard.get(0).strideLengthCentimetre()).isEmpty();
        assertThat(heard.get(0).totalDistanceDecimetre()).hasValue(150);
        assertThat(heard.get(1).isRunning()).isTrue();
        assertThat(heard.get(1).cadence()).isEqualTo(85);
        assertThat(heard.get(1).strideLengthCentimetre()).isEqualTo(OptionalInt.of(110));
        assertThat(heard.get(1).totalDistanceDecimetre()).isEqualTo(OptionalLong.of(165));
        assertThat(client.read(VirtualRunningSensor.FEATURE, RunningFeature.CODEC)
                        .has(RunningFeature.CALIBRATION))
                .isTrue();
    }

    @Test
    void aDistanceThatWasSetIsCountedOn() {
        VirtualRunningSensor sensor = new VirtualRunningSensor(room.air, "run-1");
        Central client = new Central(room, sensor.peripheral());
        List<RunningMeasurement> heard = client.hear(VirtualRunningSensor.MEASUREMENT, RunningMeasurement.CODEC);
        client.hear(VirtualRunningSensor.CONTROL_POINT);

        client.write(
                VirtualRunningSensor.CONTROL_POINT,
                SpeedCadenceControlPoint.CODEC,
                SpeedCadenceControlPoint.setCumulativeValue(0xFFFF_FFFFL));
        sensor.move(Gait.RUNNING, 256, 80, SECOND);
        room.clock.runUntilIdle();

        assertThat(heard.get(0).totalDistanceDecimetre()).hasValue(9);
    }

    @ParameterizedTest
    @CsvSource({
        "01 E8030000, 100101",
        "01 E803, 100103",
        "03 03, 100301",
        "03 04, 100303",
        "03 63, 100303",
        "04, 100401010203",
        "05, 100502"
    })
    void aRunningSensorAnswersAsTheServiceSays(String request, String answer) {
        VirtualRunningSensor sensor = new VirtualRunningSensor(room.air, "run-1");
        Central client = new Central(room, sensor.peripheral());
        List<String> answers = client.hear(VirtualRunningSensor.CONTROL_POINT);

        client.write(VirtualRunningSensor.CONTROL_POINT, request);

        assertThat(answers).containsExactly(answer);
    }

    @Test
    void aCalibrationTakesItsTimeAndCanFail() {
        VirtualRunningSensor sensor = new VirtualRunningSensor(room.air, "run-1");
        Central client = new Central(room, sensor.peripheral());
        assertThat(client.refusal(VirtualRunningSensor.CONTROL_POINT, "02"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        List<String> answers = client.hear(VirtualRunningSensor.CONTROL_POINT);
        sensor.failNextCalibration();

        client.write(VirtualRunningSensor.CONTROL_POINT, "02");
        assertThat(client.refusal(VirtualRunningSensor.CONTROL_POINT, "04"))
                .isEqualTo(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS);
        assertThat(answers).isEmpty();
        room.clock.advance(VirtualRunningSensor.CALIBRATION);
        client.write(VirtualRunningSensor.CONTROL_POINT, "02");
        room.clock.advance(VirtualRunningSensor.CALIBRATION);

        assertThat(answers).containsExactly("100204", "100201");
    }

    @Test
    void aSensorIsWornWhereItIsTold() {
        VirtualRunningSensor sensor = new VirtualRunningSensor(room.air, "run-1");
        Central client = new Central(room, sensor.peripheral());
        client.hear(VirtualRunningSensor.CONTROL_POINT);
        assertThat(client.read(VirtualRunningSensor.LOCATION, SensorLocation.CODEC))
                .isEqualTo(SensorLocation.of(Place.TOP_OF_SHOE));

        client.write(
                VirtualRunningSensor.CONTROL_POINT,
                SpeedCadenceControlPoint.CODEC,
                SpeedCadenceControlPoint.updateSensorLocation(Place.HIP));

        assertThat(client.read(VirtualRunningSensor.LOCATION, SensorLocation.CODEC))
                .isEqualTo(SensorLocation.of(Place.HIP));
    }

    @Test
    void aCyclistsSpeedAndCadenceFollowFromTwoValues() {
        VirtualCyclingSensor sensor = new VirtualCyclingSensor(room.air, "bike-1");
        Central client = new Central(room, sensor.peripheral());
        List<CyclingMeasurement> heard = client.hear(VirtualCyclingSensor.MEASUREMENT, CyclingMeasurement.CODEC);

        sensor.ride(100, 30, Duration.ofSeconds(30));
        sensor.ride(40, 9, Duration.ofSeconds(6));
        sensor.ride(0, 0, SECOND);
        room.clock.runUntilIdle();

        Revolutions wheel = heard.get(1).wheel().orElseThrow();
        Revolutions crank = heard.get(1).crank().orElseThrow();
        Turned wheelTurned =
                wheel.since(heard.get(0).wheel().orElseThrow(), SECOND).orElseThrow();
        Turned crankTurned =
                crank.since(heard.get(0).crank().orElseThrow(), SECOND).orElseThrow();
        assertThat(wheel.count()).isEqualTo(140);
        assertThat(wheelTurned.perMinute()).hasValue(400);
        assertThat(crankTurned.perMinute()).hasValue(90);
        assertThat(heard.get(2)
                        .wheel()
                        .orElseThrow()
                        .since(wheel, SECOND)
                        .orElseThrow()
                        .isStill())
                .isTrue();
    }

    @Test
    void countersAndTimesRollOver() {
        VirtualCyclingSensor sensor = new VirtualCyclingSensor(room.air, "bike-1");
        Central client = new Central(room, sensor.peripheral());
        List<CyclingMeasurement> heard = client.hear(VirtualCyclingSensor.MEASUREMENT, CyclingMeasurement.CODEC);
        client.hear(VirtualCyclingSensor.CONTROL_POINT);
        client.write(VirtualCyclingSensor.CONTROL_POINT, "01 FEFFFFFF");

        sensor.ride(1, 65_535, Duration.ofMillis(63_500));
        sensor.ride(3, 2, SECOND);
        room.clock.runUntilIdle();

        assertThat(heard.get(0).wheel().orElseThrow().count()).isEqualTo(0xFFFF_FFFFL);
        assertThat(heard.get(1).wheel().orElseThrow().count()).isEqualTo(2);
        assertThat(heard.get(1).wheel().orElseThrow().eventTime()).isEqualTo(512);
        assertThat(heard.get(1).crank().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void aCyclingSensorKnowsNoCalibration() {
        VirtualCyclingSensor sensor = new VirtualCyclingSensor(room.air, "bike-1");
        Central client = new Central(room, sensor.peripheral());
        assertThat(client.refusal(VirtualCyclingSensor.CONTROL_POINT, "04"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        List<String> answers = client.hear(VirtualCyclingSensor.CONTROL_POINT);

        client.write(VirtualCyclingSensor.CONTROL_POINT, "02");
        client.write(VirtualCyclingSensor.CONTROL_POINT, "04");
        client.write(VirtualCyclingSensor.CONTROL_POINT, "03 0C");
        client.write(VirtualCyclingSensor.CONTROL_POINT, "03 01");

        assertThat(answers).containsExactly("100202", "1004010b0c04", "100301", "100303");
        assertThat(client.read(VirtualCyclingSensor.LOCATION, SensorLocation.CODEC))
                .isEqualTo(SensorLocation.of(Place.REAR_WHEEL));
        assertThat(client.read(VirtualCyclingSensor.FEATURE, CyclingFeature.CODEC)
                        .has(CyclingFeature.WHEEL_REVOLUTIONS))
                .isTrue();
    }
}
