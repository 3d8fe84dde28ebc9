package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Contact;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement.BodyMass;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;

class VirtualDevicesTest {
    private final ManualAir room = new ManualAir();

    /** Connects, subscribes and collects decoded values. */
    private <T> List<T> listen(VirtualDevice device, Channel channel, Codec<T> codec) {
        List<T> values = new ArrayList<>();
        Link link = room.open(device.peripheral());
        room.now(link.subscribe(channel, octets -> values.add(codec.decode(octets))));
        room.clock.runUntilIdle();
        return values;
    }

    @Test
    void everyDeviceAdvertisesItsServiceAndTellsBatteryAndIdentity() {
        List<VirtualDevice> devices = List.of(
                new VirtualCuff(room.air, "dev-1"),
                new VirtualThermometer(room.air, "dev-2"),
                new VirtualHeartRateStrap(room.air, "dev-3"),
                new VirtualOximeter(room.air, "dev-4"),
                new VirtualScale(room.air, "dev-5"),
                new VirtualGlucoseMeter(room.air, "dev-6"));
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());
        room.clock.runUntilIdle();

        assertThat(seen.stream().map(discovery -> String.join("", discovery.services())))
                .containsExactly("1810", "1809", "180d", "1822", "181d", "1808");
        for (VirtualDevice device : devices) {
            Link link = room.open(device.peripheral());
            assertThat(room.now(link.read(VirtualDevice.BATTERY_LEVEL))).containsExactly(100);
            assertThat(text(link, VirtualDevice.MANUFACTURER)).isEqualTo("OpenIoMT");
            assertThat(text(link, VirtualDevice.SERIAL_NUMBER))
                    .isEqualTo(device.peripheral().address());
        }
    }

    @Test
    void aBatteryThatRunsDownSaysSo() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        Link link = room.open(cuff.peripheral());
        List<Integer> levels = new ArrayList<>();
        room.now(link.subscribe(VirtualDevice.BATTERY_LEVEL, octets -> levels.add((int) octets[0])));

        cuff.battery(12);
        room.clock.runUntilIdle();

        assertThat(levels).containsExactly(12);
        assertThat(room.now(link.read(VirtualDevice.BATTERY_LEVEL))).containsExactly(12);
    }

    @Test
    void aCuffMeasuresNow() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        List<BloodPressureMeasurement> heard = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);

        cuff.measure(120, 80, 93, 64);
        room.clock.runUntilIdle();

        BloodPressureMeasurement value = heard.get(0);
        assertThat(value.systolic()).isEqualTo(MedicalFloat.of(120, 0));
        assertThat(value.diastolic()).isEqualTo(MedicalFloat.of(80, 0));
        assertThat(value.meanArterialPressure()).isEqualTo(MedicalFloat.of(93, 0));
        assertThat(value.pulseRate()).contains(MedicalFloat.of(64, 0));
        assertThat(value.takenAt()).contains(DeviceDateTime.of(2026, 1, 1, 0, 0, 0));
        assertThat(cuff.stored()).isZero();
    }

    @Test
    void aCuffKeepsWhatNobodyHearsAndSendsItOldestFirst() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        cuff.measure(121, 80, 93);
        cuff.measure(122, 80, 93);
        room.open(cuff.peripheral()).close();
        assertThat(cuff.stored()).isEqualTo(2);

        List<BloodPressureMeasurement> heard = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);

        assertThat(heard).extracting(value -> value.systolic().mantissa()).containsExactly(121L, 122L);
        assertThat(cuff.stored()).isZero();
    }

    @Test
    void aReadingWhoseConfirmationIsLostIsSentAgain() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        cuff.measure(121, 80, 93);
        cuff.measure(122, 80, 93);
        // Request, answer, first indication: lost before its confirmation.
        cuff.faults(Faults.NONE.withLinkLostAfter(3));
        List<BloodPressureMeasurement> first = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);
        assertThat(first).hasSize(1);
        assertThat(cuff.stored()).isEqualTo(2);

        cuff.faults(Faults.NONE);
        List<BloodPressureMeasurement> again = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);

        assertThat(again).hasSize(2).first().isEqualTo(first.get(0));
        assertThat(cuff.stored()).isZero();
    }

    @Test
    void aFullMemoryOverwritesItsOldestReading() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        for (int i = 0; i < 1_030; i++) {
            cuff.measure(i, 80, 93);
        }

        List<BloodPressureMeasurement> heard = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);

        assertThat(heard).hasSize(1_024);
        assertThat(heard.get(0).systolic()).isEqualTo(MedicalFloat.of(6, 0));
    }

    @Test
    void aCuffShowsItsPressureToWhoListens() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        cuff.inflate(90);
        List<IntermediateCuffPressure> heard = listen(cuff, VirtualCuff.CUFF_PRESSURE, IntermediateCuffPressure.CODEC);

        cuff.inflate(140);
        room.clock.runUntilIdle();

        assertThat(heard).extracting(IntermediateCuffPressure::cuffPressure).containsExactly(MedicalFloat.of(140, 0));
    }

    @Test
    void aFailedMeasurementIsNaN() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        cuff.fail();

        List<BloodPressureMeasurement> heard = listen(cuff, VirtualCuff.MEASUREMENT, BloodPressureMeasurement.CODEC);

        assertThat(heard.get(0).systolic()).isEqualTo(MedicalFloat.NAN);
        assertThat(heard.get(0).pulseRate()).contains(MedicalFloat.NAN);
    }

    @Test
    void aDeviceStampsWithItsOwnClockOrNone() {
        VirtualThermometer thermometer = new VirtualThermometer(room.air, "thermo-1");
        thermometer.clock(Clock.offset(room.clock, Duration.ofDays(-365)).withZone(ZoneId.of("Asia/Kolkata")));
        thermometer.measure("37.60");
        thermometer.withoutClock();
        thermometer.measure("36.5");

        List<TemperatureMeasurement> heard =
                listen(thermometer, VirtualThermometer.MEASUREMENT, TemperatureMeasurement.CODEC);

        assertThat(heard.get(0).temperature()).isEqualTo(MedicalFloat.of(3760, -2));
        assertThat(heard.get(0).takenAt()).contains(DeviceDateTime.of(2025, 1, 1, 5, 30, 0));
        assertThat(heard.get(1).takenAt()).isEmpty();
    }

    @Test
    void aScaleKnowsItsUsers() {
        VirtualScale scale = new VirtualScale(room.air, "scale-1");
        scale.measure("81.65");
        scale.measure(
                MedicalFloat.parse("62.5"),
                OptionalInt.of(2),
                Optional.of(new BodyMass(MedicalFloat.parse("22.1"), MedicalFloat.parse("1.682"))));
        scale.fail();

        List<WeightMeasurement> heard = listen(scale, VirtualScale.MEASUREMENT, WeightMeasurement.CODEC);

        assertThat(heard.get(0).weight()).isEqualTo(MedicalFloat.of(81650, -3));
        assertThat(heard.get(1).userId()).hasValue(2);
        assertThat(heard.get(1).bodyMass()).isPresent();
        assertThat(heard.get(2).isSuccessful()).isFalse();
    }

    @Test
    void anOximeterMeasuresContinuouslyAndOnDemand() {
        VirtualOximeter oximeter = new VirtualOximeter(room.air, "oxi-1");
        oximeter.measure(95, 70);
        oximeter.spotCheck(97, 71);
        List<ContinuousMeasurement> continuous =
                listen(oximeter, VirtualOximeter.CONTINUOUS, ContinuousMeasurement.CODEC);
        oximeter.measure(98, 72);
        oximeter.fail();
        room.clock.runUntilIdle();
        oximeter.disconnect();

        List<SpotCheckMeasurement> spots = listen(oximeter, VirtualOximeter.SPOT_CHECK, SpotCheckMeasurement.CODEC);

        assertThat(continuous)
                .extracting(value -> value.normal().spO2())
                .containsExactly(MedicalFloat.of(98, 0), MedicalFloat.NAN);
        assertThat(spots).hasSize(1);
        assertThat(spots.get(0).oximetry().pulseRate()).isEqualTo(MedicalFloat.of(71, 0));
    }

    @Test
    void aStrapTellsBeatsContactAndEnergyUntilItIsReset() {
        VirtualHeartRateStrap strap = new VirtualHeartRateStrap(room.air, "strap-1");
        List<HeartRateMeasurement> heard = new ArrayList<>();
        Link link = room.open(strap.peripheral());
        room.now(link.subscribe(
                VirtualHeartRateStrap.MEASUREMENT, octets -> heard.add(HeartRateMeasurement.CODEC.decode(octets))));

        strap.measure(72, 850, 860);
        strap.expend(70_000);
        strap.slipOff();
        strap.measure(300);
        room.now(link.write(VirtualHeartRateStrap.CONTROL_POINT, new byte[] {1}, WriteMode.WITH_RESPONSE));
        strap.measure(73);
        room.clock.runUntilIdle();

        assertThat(heard.get(0).rrIntervals1024()).contains(List.of(850, 860));
        assertThat(heard.get(0).contact()).isEqualTo(Contact.DETECTED);
        assertThat(heard.get(0).energyExpendedKilojoule()).isEmpty();
        assertThat(heard.get(1).heartRate()).isEqualTo(300);
        assertThat(heard.get(1).contact()).isEqualTo(Contact.NOT_DETECTED);
        assertThat(heard.get(1).energyExpendedKilojoule()).hasValue(65_535);
        assertThat(heard.get(2).energyExpendedKilojoule()).hasValue(0);
    }

    @Test
    void aStrapRefusesWhatItDoesNotKnow() {
        VirtualHeartRateStrap strap = new VirtualHeartRateStrap(room.air, "strap-1");
        Link link = room.open(strap.peripheral());

        assertThat(room.fault(link.write(VirtualHeartRateStrap.CONTROL_POINT, new byte[] {2}, WriteMode.WITH_RESPONSE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x80));
        assertThat(room.fault(link.write(VirtualHeartRateStrap.CONTROL_POINT, new byte[] {}, WriteMode.WITH_RESPONSE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x0D));
    }

    @Test
    void rawOctetsAreSentAsTheyAre() {
        VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
        List<byte[]> heard = new ArrayList<>();
        cuff.replay(new byte[] {1, 2, 3});
        room.now(room.open(cuff.peripheral()).subscribe(VirtualCuff.MEASUREMENT, heard::add));
        room.clock.runUntilIdle();

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).containsExactly(1, 2, 3);
    }

    private String text(Link link, Channel channel) {
        return new String(room.now(link.read(channel)), StandardCharsets.UTF_8);
    }
}
