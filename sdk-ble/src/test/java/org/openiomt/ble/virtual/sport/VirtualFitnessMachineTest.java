package org.openiomt.ble.virtual.sport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.ble.profile.fitness.MachineControlPoint;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.fitness.MachineDataJoiner;
import org.openiomt.ble.profile.fitness.MachineDataJoiner.Joined;
import org.openiomt.ble.profile.fitness.MachineDataSplitter;
import org.openiomt.ble.profile.fitness.MachineFeatures;
import org.openiomt.ble.profile.fitness.MachineFeatures.Feature;
import org.openiomt.ble.profile.fitness.MachineFeatures.Target;
import org.openiomt.ble.profile.fitness.MachineParameters.StopOrPause;
import org.openiomt.ble.profile.fitness.MachineStatus;
import org.openiomt.ble.profile.fitness.MachineStatus.Event;
import org.openiomt.ble.profile.fitness.Metric;
import org.openiomt.ble.profile.fitness.SupportedRange;
import org.openiomt.ble.profile.fitness.TrainingStatus;
import org.openiomt.ble.profile.fitness.TrainingStatus.Status;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine.Motion;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.WriteMode;

class VirtualFitnessMachineTest {
    private final ManualAir room = new ManualAir();

    private static Map<Metric, OptionalLong> everyMetric(Machine machine) {
        Map<Metric, OptionalLong> values = new EnumMap<>(Metric.class);
        machine.metrics(Reading.FIRST_EDITION).forEach(metric -> values.put(metric, OptionalLong.of(values.size())));
        return values;
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyMachineSplitsWhatIsLongerThanAPacket(Machine machine) {
        VirtualFitnessMachine device = new VirtualFitnessMachine(room.air, "gym-1", machine);
        device.peripheral().mtu(23);
        Central client = new Central(room, device.peripheral());
        List<MachineData> heard = client.hear(VirtualFitnessMachine.data(machine), machine.codec());

        device.measure(everyMetric(machine));
        room.clock.runUntilIdle();

        MachineDataJoiner joiner = new MachineDataJoiner(MachineDataJoiner.DEFAULT_MAX_AGE);
        List<Joined> joined = heard.stream()
                .map(part -> joiner.accept(part, room.clock.instant()))
                .toList();
        assertThat(heard).hasSizeGreaterThan(1);
        assertThat(heard.subList(0, heard.size() - 1)).allMatch(MachineData::hasMoreData);
        assertThat(joined.get(joined.size() - 1).whole()).contains(MachineData.of(machine, everyMetric(machine)));
        assertThat(joined).allMatch(step -> step.lost().isEmpty());
    }

    @Test
    void whatFitsAPacketIsOneValue() {
        VirtualFitnessMachine bike = new VirtualFitnessMachine(room.air, "bike-1", Machine.INDOOR_BIKE);
        Central client = new Central(room, bike.peripheral());
        List<MachineData> heard =
                client.hear(VirtualFitnessMachine.data(Machine.INDOOR_BIKE), Machine.INDOOR_BIKE.codec());

        bike.measure(everyMetric(Machine.INDOOR_BIKE));
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(MachineData.of(Machine.INDOOR_BIKE, everyMetric(Machine.INDOOR_BIKE)));
    }

    @Test
    void dataWithoutItsFirstGroupIsNoWhole() {
        MachineData rest = MachineData.of(Machine.ROWER, Map.of(Metric.HEART_RATE, OptionalLong.of(120)));

        assertThatThrownBy(() -> MachineDataSplitter.split(rest, 20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMachineSaysWhatItIsAndWhatItCanBeSetTo() {
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());
        VirtualFitnessMachine treadmill = new VirtualFitnessMachine(
                room.air, "run-1", Machine.TREADMILL, Set.of(Target.SPEED, Target.INCLINATION));
        room.clock.runUntilIdle();
        Central client = new Central(room, treadmill.peripheral());

        MachineFeatures features = client.read(VirtualFitnessMachine.FEATURE, MachineFeatures.CODEC);

        assertThat(seen.get(0).data().get("service:1826")).containsExactly(1, 1, 0);
        assertThat(features.targets()).isEqualTo(EnumSet.of(Target.SPEED, Target.INCLINATION));
        assertThat(features.features())
                .contains(Feature.PACE, Feature.STEP_COUNT)
                .doesNotContain(Feature.CADENCE);
        assertThat(client.read(VirtualFitnessMachine.range(Target.SPEED), SupportedRange.Target.SPEED.codec())
                        .maximum())
                .isEqualTo(2_000);
        assertThat(client.link.channels()).doesNotContain(VirtualFitnessMachine.range(Target.POWER));
    }

    @Test
    void nobodySteersWhoHasNotAskedForControl() {
        VirtualFitnessMachine bike = new VirtualFitnessMachine(room.air, "bike-1", Machine.INDOOR_BIKE);
        Central client = new Central(room, bike.peripheral());
        assertThat(client.refusal(VirtualFitnessMachine.CONTROL_POINT, "00"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        List<String> answers = client.hear(VirtualFitnessMachine.CONTROL_POINT);

        client.write(VirtualFitnessMachine.CONTROL_POINT, "07");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "05 C800");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "05 C800");

        assertThat(answers).containsExactly("800705", "800505", "800001", "800501");
        assertThat(bike.target(Target.POWER)).hasValue(200);
        assertThat(bike.motion()).isEqualTo(Motion.STOPPED);
    }

    @Test
    void oneProcedureRunsAtATime() {
        VirtualFitnessMachine bike = new VirtualFitnessMachine(room.air, "bike-1", Machine.INDOOR_BIKE);
        Central client = new Central(room, bike.peripheral());
        client.hear(VirtualFitnessMachine.CONTROL_POINT);

        client.link.write(VirtualFitnessMachine.CONTROL_POINT, new byte[] {0}, WriteMode.WITH_RESPONSE);

        assertThat(client.refusal(VirtualFitnessMachine.CONTROL_POINT, "07"))
                .isEqualTo(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "02 E803, 800201, 05e803",
        "02 D107, 800203, ''",
        "03 0A00, 800301, 060a00",
        "03 9700, 800303, ''",
        "04 64, 800401, 0764",
        "04 6400, 800403, ''",
        "04 FA, 800403, ''",
        "05 2003, 800501, 082003",
        "05 2103, 800503, ''",
        "06 78, 800601, 0978",
        "07, 800701, 04",
        "08 01, 800804, ''",
        "08 03, 800803, ''",
        "09 F401, 800901, 0af401",
        "0A 8813, 800a01, 0b8813",
        "0B 8813, 800b01, 0c8813",
        "0C 102700, 800c01, 0d102700",
        "0D 0807, 800d01, 0e0807",
        "0E 3C007800, 800e01, 0f3c007800",
        "0F 3C0078000A00, 800f01, 103c0078000a00",
        "10 3C0078000A0001000200, 801001, 113c0078000a0001000200",
        "11 0000640028 33, 801101, 120000640028 33",
        "12 3852, 801201, 133852",
        "13 01, 801301d007ac0d, ''",
        "13 03, 801303, ''",
        "14 B400, 801401, 15b400",
        "15, 801502, ''",
        "02 E8, 800203, ''"
    })
    void aRequestIsAnsweredAndItsChangeIsTold(String request, String answer, String status) {
        VirtualFitnessMachine trainer = new VirtualFitnessMachine(room.air, "gym-1", Machine.CROSS_TRAINER);
        Central client = new Central(room, trainer.peripheral());
        List<String> answers = client.hear(VirtualFitnessMachine.CONTROL_POINT);
        List<String> told = client.hear(VirtualFitnessMachine.STATUS);
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");

        client.write(VirtualFitnessMachine.CONTROL_POINT, request);

        assertThat(answers).containsExactly("800001", answer);
        assertThat(String.join(" ", told)).isEqualTo(status.replace(" ", ""));
    }

    @Test
    void whatAMachineCannotBeSetToIsNoOpCodeOfIts() {
        VirtualFitnessMachine climber =
                new VirtualFitnessMachine(room.air, "gym-1", Machine.STAIR_CLIMBER, Set.of(Target.STEPS));
        Central client = new Central(room, climber.peripheral());
        List<String> answers = client.hear(VirtualFitnessMachine.CONTROL_POINT);
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");

        client.write(VirtualFitnessMachine.CONTROL_POINT, "05 C800");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "13 01");

        assertThat(answers).containsExactly("800001", "800502", "801302");
    }

    @Test
    void aTrainingIsStartedPausedAndStopped() {
        VirtualFitnessMachine rower = new VirtualFitnessMachine(room.air, "row-1", Machine.ROWER);
        Central client = new Central(room, rower.peripheral());
        List<String> answers = client.hear(VirtualFitnessMachine.CONTROL_POINT);
        List<MachineStatus> told = client.hear(VirtualFitnessMachine.STATUS, MachineStatus.CODEC);
        List<TrainingStatus> training = client.hear(VirtualFitnessMachine.TRAINING_STATUS, TrainingStatus.CODEC);
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");

        client.write(
                VirtualFitnessMachine.CONTROL_POINT, MachineControlPoint.CODEC, MachineControlPoint.startOrResume());
        client.write(
                VirtualFitnessMachine.CONTROL_POINT, MachineControlPoint.CODEC, MachineControlPoint.startOrResume());
        client.write(
                VirtualFitnessMachine.CONTROL_POINT,
                MachineControlPoint.CODEC,
                MachineControlPoint.stop(StopOrPause.PAUSE));
        assertThat(rower.motion()).isEqualTo(Motion.PAUSED);
        rower.userStarts();
        rower.userStops(StopOrPause.STOP);
        room.clock.runUntilIdle();

        assertThat(answers).containsExactly("800001", "800701", "800704", "800801");
        assertThat(told.stream().map(status -> status.event().orElseThrow()))
                .containsExactly(
                        Event.STARTED_BY_USER, Event.STOPPED_BY_USER, Event.STARTED_BY_USER, Event.STOPPED_BY_USER);
        assertThat(training.stream().map(status -> status.status().orElseThrow()))
                .containsExactly(Status.MANUAL, Status.OTHER, Status.MANUAL, Status.IDLE);
        assertThat(client.read(VirtualFitnessMachine.TRAINING_STATUS, TrainingStatus.CODEC)
                        .status())
                .contains(Status.IDLE);
    }

    @Test
    void theUserTakesControlAndTheSafetyKeyStops() {
        VirtualFitnessMachine treadmill = new VirtualFitnessMachine(room.air, "run-1", Machine.TREADMILL);
        Central client = new Central(room, treadmill.peripheral());
        List<String> answers = client.hear(VirtualFitnessMachine.CONTROL_POINT);
        List<String> told = client.hear(VirtualFitnessMachine.STATUS);
        treadmill.takeControl();
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "07");

        treadmill.takeControl();
        treadmill.pullSafetyKey();
        treadmill.spinDownStatus(4);
        client.write(VirtualFitnessMachine.CONTROL_POINT, "07");

        assertThat(told).containsExactly("04", "ff", "03", "1404");
        assertThat(answers).containsExactly("800001", "800701", "800705");
        assertThat(treadmill.motion()).isEqualTo(Motion.STOPPED);
    }

    @Test
    void aResetSetsEverythingBackAndEndsControl() {
        VirtualFitnessMachine treadmill = new VirtualFitnessMachine(room.air, "run-1", Machine.TREADMILL);
        Central client = new Central(room, treadmill.peripheral());
        client.hear(VirtualFitnessMachine.CONTROL_POINT);
        client.write(VirtualFitnessMachine.CONTROL_POINT, "00");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "02 E803");
        client.write(VirtualFitnessMachine.CONTROL_POINT, "07");

        client.write(VirtualFitnessMachine.CONTROL_POINT, "01");

        assertThat(treadmill.isControlled()).isFalse();
        assertThat(treadmill.motion()).isEqualTo(Motion.STOPPED);
        assertThat(treadmill.target(Target.SPEED)).isEmpty();
    }

    @Test
    void controlIsLostWithTheLink() {
        VirtualFitnessMachine treadmill = new VirtualFitnessMachine(room.air, "run-1", Machine.TREADMILL);
        Central first = new Central(room, treadmill.peripheral());
        first.hear(VirtualFitnessMachine.CONTROL_POINT);
        first.write(VirtualFitnessMachine.CONTROL_POINT, "00");
        assertThat(treadmill.isControlled()).isTrue();
        first.link.close();
        Central second = new Central(room, treadmill.peripheral());
        List<String> answers = second.hear(VirtualFitnessMachine.CONTROL_POINT);

        second.write(VirtualFitnessMachine.CONTROL_POINT, "07");

        assertThat(answers).containsExactly("800705");
    }

    @Test
    void whatTheMachineShowsIsTold() {
        VirtualFitnessMachine treadmill = new VirtualFitnessMachine(room.air, "run-1", Machine.TREADMILL);
        Central client = new Central(room, treadmill.peripheral());

        treadmill.training(Status.WARMING_UP, Optional.of("Hill 2"));

        assertThat(client.read(VirtualFitnessMachine.TRAINING_STATUS, TrainingStatus.CODEC)
                        .text())
                .contains(DeviceText.of("Hill 2"));
    }
}
