package org.openiomt.ble.virtual.sport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.location.HeadingSource;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.ble.profile.location.LocationAndSpeed.Place;
import org.openiomt.ble.profile.location.LocationControlPoint;
import org.openiomt.ble.profile.location.LocationControlPoint.Content;
import org.openiomt.ble.profile.location.LocationControlPoint.Steering;
import org.openiomt.ble.profile.location.LocationFeature;
import org.openiomt.ble.profile.location.Navigation;
import org.openiomt.ble.profile.location.PositionQuality;
import org.openiomt.ble.profile.location.PositionStatus;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.sport.VirtualLocationPod.Guidance;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Remainder;

class VirtualLocationPodTest {
    private static final Place HERE = new Place(525_200_000, 134_050_000);
    private static final Navigation NEXT = new Navigation(
            9_000,
            8_500,
            OptionalInt.of(1_200),
            OptionalInt.empty(),
            Optional.empty(),
            PositionStatus.POSITION_OK,
            HeadingSource.MOVEMENT,
            Set.of(),
            Remainder.NONE);

    private final ManualAir room = new ManualAir();
    private final VirtualLocationPod pod = new VirtualLocationPod(room.air, "pod-1", "To the clinic", "Round the lake");

    @Test
    void aMoveIsToldWithPlaceDistanceAndTime() {
        Central client = new Central(room, pod.peripheral());
        List<LocationAndSpeed> heard = client.hear(VirtualLocationPod.LOCATION_AND_SPEED, LocationAndSpeed.CODEC);

        pod.moveTo(HERE, 25, 500, 9_000);
        room.clock.runUntilIdle();

        LocationAndSpeed value = heard.get(0);
        assertThat(value.location()).contains(HERE);
        assertThat(value.totalDistanceDecimetre()).hasValue(25);
        assertThat(value.utcTime()).contains(DeviceDateTime.of(2026, 1, 1, 0, 0, 0));
        assertThat(client.read(VirtualLocationPod.FEATURE, LocationFeature.CODEC)
                        .has(LocationFeature.CONTENT_MASKING))
                .isTrue();
    }

    @Test
    void whatIsLongerThanAPacketComesAsSeveralThatTogetherSayAll() {
        Central wide = new Central(room, pod.peripheral());
        List<LocationAndSpeed> whole = wide.hear(VirtualLocationPod.LOCATION_AND_SPEED, LocationAndSpeed.CODEC);
        pod.moveTo(HERE, 0, 500, 9_000);
        room.clock.runUntilIdle();
        wide.link.close();
        pod.peripheral().mtu(23);
        Central narrow = new Central(room, pod.peripheral());
        List<LocationAndSpeed> parts = narrow.hear(VirtualLocationPod.LOCATION_AND_SPEED, LocationAndSpeed.CODEC);

        pod.moveTo(HERE, 0, 500, 9_000);
        room.clock.runUntilIdle();

        assertThat(whole).hasSize(1);
        assertThat(parts).hasSize(2);
        assertThat(parts.stream().flatMap(part -> part.fields().entrySet().stream()))
                .containsAll(whole.get(0).fields().entrySet().stream()
                        .filter(field -> !field.getKey().equals("flags"))
                        .toList());
    }

    @Test
    void whatTheClientSetsOrLeavesOutHolds() {
        Central client = new Central(room, pod.peripheral());
        List<LocationAndSpeed> heard = client.hear(VirtualLocationPod.LOCATION_AND_SPEED, LocationAndSpeed.CODEC);
        client.hear(VirtualLocationPod.CONTROL_POINT);

        ask(client, LocationControlPoint.setCumulativeDistance(16_777_210));
        ask(client, LocationControlPoint.setElevation(-321));
        ask(client, LocationControlPoint.setFixRate(5));
        ask(client, LocationControlPoint.leaveOut(Set.of(Content.HEADING, Content.UTC_TIME)));
        pod.moveTo(HERE, 10, 500, 9_000);
        room.clock.runUntilIdle();

        LocationAndSpeed value = heard.get(0);
        assertThat(value.totalDistanceDecimetre()).hasValue(4);
        assertThat(value.elevationCentimetre()).hasValue(-321);
        assertThat(value.headingHundredthsDegree()).isEmpty();
        assertThat(value.utcTime()).isEmpty();
        assertThat(value.speedCentimetrePerSecond()).hasValue(500);
        assertThat(pod.fixRateSeconds()).isEqualTo(5);
    }

    private static void ask(Central client, Request request) {
        client.write(VirtualLocationPod.CONTROL_POINT, LocationControlPoint.CODEC, request);
    }

    @Test
    void navigationTellsTheWayOnlyWhileItRuns() {
        Central client = new Central(room, pod.peripheral());
        List<Navigation> heard = client.hear(VirtualLocationPod.NAVIGATION, Navigation.CODEC);
        List<String> answers = client.hear(VirtualLocationPod.CONTROL_POINT);

        pod.guide(NEXT);
        ask(client, LocationControlPoint.selectRoute(1));
        ask(client, LocationControlPoint.steer(Steering.START));
        pod.guide(NEXT);
        ask(client, LocationControlPoint.steer(Steering.SKIP_WAYPOINT));
        ask(client, LocationControlPoint.steer(Steering.PAUSE));
        pod.guide(NEXT);
        ask(client, LocationControlPoint.steer(Steering.RESUME));
        pod.guide(NEXT);
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(NEXT, NEXT);
        assertThat(answers).containsExactly("200601", "200301", "200301", "200301", "200301");
        assertThat(pod.guidance()).isEqualTo(Guidance.RUNNING);
        assertThat(pod.route()).isEqualTo(1);
        assertThat(pod.skippedWaypoints()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "01 E80300, 200101",
        "02 8000, 200203",
        "03 00, 200301",
        "03 02, 200304",
        "03 03, 200304",
        "03 04, 200304",
        "03 05, 200301",
        "03 06, 200303",
        "04, 2004010200",
        "05 0000, 200501546f2074686520636c696e6963",
        "05 0200, 200503",
        "06 0200, 200603",
        "07, 200703",
        "09, 200902"
    })
    void aRequestIsAnsweredAsTheServiceSays(String request, String answer) {
        Central client = new Central(room, pod.peripheral());
        List<String> answers = client.hear(VirtualLocationPod.CONTROL_POINT);

        client.write(VirtualLocationPod.CONTROL_POINT, request);

        assertThat(answers).containsExactly(answer);
    }

    @Test
    void navigationCannotBeginWithoutARoute() {
        VirtualLocationPod empty = new VirtualLocationPod(room.air, "pod-2");
        Central client = new Central(room, empty.peripheral());
        assertThat(client.refusal(VirtualLocationPod.CONTROL_POINT, "04"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        List<String> answers = client.hear(VirtualLocationPod.CONTROL_POINT);

        client.write(VirtualLocationPod.CONTROL_POINT, "03 01");

        assertThat(answers).containsExactly("200304");
        assertThat(empty.guidance()).isEqualTo(Guidance.STOPPED);
    }

    @Test
    void theQualityOfThePositionIsRead() {
        PositionQuality good = new PositionQuality(
                OptionalInt.of(8),
                OptionalInt.of(11),
                OptionalInt.of(120),
                OptionalLong.of(250),
                OptionalLong.of(400),
                OptionalInt.of(5),
                OptionalInt.of(7),
                PositionStatus.POSITION_OK,
                Remainder.NONE);
        Central client = new Central(room, pod.peripheral());
        assertThat(client.read(VirtualLocationPod.POSITION_QUALITY, PositionQuality.CODEC)
                        .positionStatus())
                .isEqualTo(PositionStatus.NO_POSITION);

        pod.quality(good);

        assertThat(client.read(VirtualLocationPod.POSITION_QUALITY, PositionQuality.CODEC))
                .isEqualTo(good);
    }
}
