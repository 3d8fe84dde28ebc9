package org.openiomt.ble.virtual.sport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint.Content;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.BalanceReference;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.Extremes;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.TorqueSource;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector.Direction;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector.Magnitudes;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.ble.profile.speedcadence.SensorLocation.Place;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.core.wire.Remainder;

class VirtualPowerMeterTest {
    /** Every field, each with another number. */
    private static final CyclingPowerMeasurement WHOLE = new CyclingPowerMeasurement(
            -250,
            BalanceReference.LEFT,
            OptionalInt.of(101),
            TorqueSource.CRANK,
            OptionalInt.of(1_202),
            Optional.of(new Revolutions(Counter.POWER_WHEEL, 70_303, 1_404)),
            Optional.of(new Revolutions(Counter.CRANK, 1_505, 1_606)),
            Optional.of(new Extremes(707, -808)),
            Optional.of(new Extremes(909, -1_010)),
            Optional.of(new Extremes(111, 212)),
            OptionalInt.of(313),
            OptionalInt.of(214),
            OptionalInt.of(1_515),
            true,
            Remainder.NONE);

    private final ManualAir room = new ManualAir();
    private final VirtualPowerMeter meter = new VirtualPowerMeter(room.air, "power-1");

    @Test
    void aRideIsToldWithItsPowerTurnsAndEnergy() {
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);

        meter.ride(200, 10, 4, Duration.ofSeconds(4));
        meter.ride(300, -2, 5, Duration.ofSeconds(4));
        room.clock.runUntilIdle();

        CyclingPowerMeasurement last = heard.get(1);
        assertThat(last.powerWatt()).isEqualTo(300);
        assertThat(last.accumulatedEnergyKilojoule()).hasValue(2);
        Revolutions wheel = last.wheel().orElseThrow();
        assertThat(wheel.since(heard.get(0).wheel().orElseThrow(), Duration.ofSeconds(4))
                        .orElseThrow()
                        .turns())
                .isEqualTo(-2);
        assertThat(wheel.eventTime()).isEqualTo(8 * 2_048);
        assertThat(last.crank().orElseThrow().since(heard.get(0).crank().orElseThrow(), Duration.ofSeconds(4)))
                .hasValueSatisfying(turned -> assertThat(turned.perMinute()).hasValue(75));
    }

    @Test
    void whatFitsAPacketIsOneValue() {
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);

        meter.measure(WHOLE);
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(WHOLE);
    }

    @ParameterizedTest
    @CsvSource({"23, 3", "30, 2", "38, 1"})
    void whatIsLongerComesAsSeveralThatTogetherSayAll(int mtu, int values) {
        meter.peripheral().mtu(mtu);
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);

        meter.measure(WHOLE);
        room.clock.runUntilIdle();

        assertThat(heard).hasSize(values).allSatisfy(part -> {
            assertThat(part.powerWatt()).isEqualTo(WHOLE.powerWatt());
            assertThat(part.isOffsetCompensated()).isTrue();
            part.fields().forEach((name, value) -> {
                if (!name.equals("flags")) {
                    assertThat(WHOLE.fields()).containsEntry(name, value);
                }
            });
        });
        assertThat(heard.stream().flatMap(part -> part.fields().keySet().stream()))
                .containsAll(WHOLE.fields().keySet());
    }

    @Test
    void whatTheClientLeavesOutIsNotSent() {
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);
        List<String> answers = client.hear(VirtualPowerMeter.CONTROL_POINT);

        client.write(
                VirtualPowerMeter.CONTROL_POINT,
                CyclingPowerControlPoint.CODEC,
                CyclingPowerControlPoint.leaveOut(Set.of(
                        Content.PEDAL_POWER_BALANCE, Content.EXTREME_MAGNITUDES, Content.BOTTOM_DEAD_SPOT_ANGLE)));
        meter.measure(WHOLE);
        client.write(VirtualPowerMeter.CONTROL_POINT, "0D 0000");
        meter.measure(WHOLE);
        room.clock.runUntilIdle();

        CyclingPowerMeasurement less = heard.get(0);
        assertThat(less.pedalBalanceHalfPercent()).isEmpty();
        assertThat(less.force()).isEmpty();
        assertThat(less.torque()).isEmpty();
        assertThat(less.bottomDeadSpotDegree()).isEmpty();
        assertThat(less.angle()).isEqualTo(WHOLE.angle());
        assertThat(less.topDeadSpotDegree()).isEqualTo(WHOLE.topDeadSpotDegree());
        assertThat(heard.get(1)).isEqualTo(WHOLE);
        assertThat(answers).containsExactly("200d01", "200d01");
    }

    @ParameterizedTest
    @CsvSource({
        "01 E8030000, 200101",
        "02 06, 200201",
        "02 07, 200203",
        "03, 20030105060f0d",
        "04 5E01, 200401",
        "05, 2005015901",
        "07, 2007018c05",
        "09, 2009010401",
        "0B, 200b014e02",
        "0D 0002, 200d03",
        "0E, 200e0140",
        "0F, 200f01e907061e0c0000",
        "11, 201102",
        "04 5E, 200403"
    })
    void aRequestIsAnsweredAsTheServiceSays(String request, String answer) {
        Central client = new Central(room, meter.peripheral());
        List<String> answers = client.hear(VirtualPowerMeter.CONTROL_POINT);

        client.write(VirtualPowerMeter.CONTROL_POINT, request);

        assertThat(answers).containsExactly(answer);
    }

    @Test
    void whatWasSetIsToldAndCountedOn() {
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);
        List<String> answers = client.hear(VirtualPowerMeter.CONTROL_POINT);

        client.write(VirtualPowerMeter.CONTROL_POINT, "0A 5802");
        client.write(VirtualPowerMeter.CONTROL_POINT, "0B");
        client.write(VirtualPowerMeter.CONTROL_POINT, "01 E8030000");
        client.write(VirtualPowerMeter.CONTROL_POINT, "02 0F");
        meter.ride(100, 5, 1, Duration.ofSeconds(1));
        room.clock.runUntilIdle();

        assertThat(answers).element(1).isEqualTo("200b015802");
        assertThat(heard.get(0).wheel().orElseThrow().count()).isEqualTo(1_005);
        assertThat(client.read(VirtualPowerMeter.LOCATION, SensorLocation.CODEC))
                .isEqualTo(SensorLocation.of(Place.SPIDER));
    }

    @Test
    void compensatingTakesItsTimeAndShows() {
        Central client = new Central(room, meter.peripheral());
        List<CyclingPowerMeasurement> heard = client.hear(VirtualPowerMeter.MEASUREMENT, CyclingPowerMeasurement.CODEC);
        assertThat(client.refusal(VirtualPowerMeter.CONTROL_POINT, "0C"))
                .isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        List<String> answers = client.hear(VirtualPowerMeter.CONTROL_POINT);
        meter.offset(-3);
        meter.ride(100, 1, 1, Duration.ofSeconds(1));

        client.write(VirtualPowerMeter.CONTROL_POINT, "0C");
        assertThat(client.refusal(VirtualPowerMeter.CONTROL_POINT, "0E"))
                .isEqualTo(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS);
        room.clock.advance(VirtualPowerMeter.COMPENSATION);
        client.write(VirtualPowerMeter.CONTROL_POINT, "10");
        room.clock.advance(VirtualPowerMeter.COMPENSATION);
        meter.failNextCompensation();
        client.write(VirtualPowerMeter.CONTROL_POINT, "10");
        room.clock.advance(VirtualPowerMeter.COMPENSATION);
        meter.ride(100, 1, 1, Duration.ofSeconds(1));
        room.clock.runUntilIdle();

        assertThat(answers).containsExactly("200c01fdff", "201001fdffffff00", "20100401ffff00");
        assertThat(heard)
                .extracting(CyclingPowerMeasurement::isOffsetCompensated)
                .containsExactly(false, true);
    }

    @Test
    void vectorsAreSentUnlessTheLinkIsTooSlow() {
        CyclingPowerVector vector = new CyclingPowerVector(
                Optional.empty(),
                OptionalInt.of(90),
                Magnitudes.TORQUES,
                List.of(5, -6),
                Direction.TANGENTIAL,
                Remainder.NONE);
        Central client = new Central(room, meter.peripheral());
        meter.faults(Faults.NONE.withRefusal(VirtualPowerMeter.VECTOR, 0x80));
        assertThat(room.fault(client.link.subscribe(VirtualPowerMeter.VECTOR, octets -> {})))
                .hasMessageContaining("refused");
        meter.faults(Faults.NONE);
        List<CyclingPowerVector> heard = client.hear(VirtualPowerMeter.VECTOR, CyclingPowerVector.CODEC);

        meter.vector(vector);
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(vector);
        assertThat(client.read(VirtualPowerMeter.FEATURE, CyclingPowerFeature.CODEC)
                        .supports())
                .hasSize(CyclingPowerFeature.Feature.values().length);
    }
}
