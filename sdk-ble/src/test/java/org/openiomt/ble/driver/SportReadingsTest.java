package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.Metric;
import org.openiomt.ble.profile.location.LocationAndSpeed.Place;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualActivityMonitor;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.ble.virtual.sport.VirtualCyclingSensor;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine;
import org.openiomt.ble.virtual.sport.VirtualLocationPod;
import org.openiomt.ble.virtual.sport.VirtualPowerMeter;
import org.openiomt.ble.virtual.sport.VirtualRunningSensor;
import org.openiomt.ble.virtual.sport.VirtualRunningSensor.Gait;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** What virtual runners, cyclists and machines send comes once, in order, in its unit, through the real gateway. */
class SportReadingsTest {
    private static final int READINGS = 60;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualGateway ward = new ManualGateway();

    @AfterEach
    void close() {
        ward.close();
    }

    private List<Quantity> quantities(Code type) {
        return ward.of(type).stream()
                .map(one -> ((Value.Numeric) one.value()).quantity())
                .toList();
    }

    private static List<Quantity> expected(Code unit, int exponent, IntUnaryOperator digits) {
        return IntStream.range(0, READINGS)
                .mapToObj(i -> Quantity.of(MedicalFloat.of(digits.applyAsInt(i), exponent), unit))
                .toList();
    }

    @Test
    void aRunnersSpeedCadenceStrideAndDistanceCome() {
        VirtualRunningSensor sensor = new VirtualRunningSensor(ward.air, "run-1");
        sensor.strideLength(95);
        ward.run();
        for (int i = 0; i < READINGS; i++) {
            sensor.move(Gait.RUNNING, 768, 150 + i, SECOND);
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_HF_CAD)).isEqualTo(expected(Units.MDC_DIM_PER_MIN, 0, i -> 150 + i));
        assertThat(quantities(Mdc.MDC_HF_DISTANCE)).isEqualTo(expected(Units.MDC_DIM_M, -1, i -> 30 * (i + 1)));
        assertThat(quantities(Mdc.MDC_HF_SPEED)).hasSize(READINGS);
        assertThat(quantities(Mdc.MDC_HF_STRIDE)).hasSize(READINGS);
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.running");
    }

    @Test
    void aCyclistsCadenceComesOfTwoValuesAndIs0WhileTheCrankStandsStill() {
        VirtualCyclingSensor sensor = new VirtualCyclingSensor(ward.air, "bike-1");
        ward.run();
        for (int i = 0; i < READINGS + 1; i++) {
            sensor.ride(4, i % 3, SECOND);
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_HF_CAD))
                .isEqualTo(expected(
                        Units.MDC_DIM_RPM, -1, i -> List.of(300, 1_200, 0).get(i % 3)));
    }

    @Test
    void aPowerMeterGivesPowerEnergyAndCadence() {
        VirtualPowerMeter meter = new VirtualPowerMeter(ward.air, "power-1");
        ward.run();
        for (int i = 0; i < READINGS; i++) {
            meter.ride(1_000 + i, 0, 1, SECOND);
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_HF_POWER)).isEqualTo(expected(Units.MDC_DIM_WATT, 0, i -> 1_000 + i));
        assertThat(quantities(Mdc.MDC_HF_ENERGY)).hasSize(READINGS);
        assertThat(quantities(Mdc.MDC_HF_CAD))
                .hasSize(READINGS - 1)
                .containsOnly(Quantity.of(MedicalFloat.of(600, -1), Units.MDC_DIM_RPM));
    }

    @Test
    void aPowerMeterThatIsACyclingSensorTooGivesEachCadenceOnce() {
        VirtualPeripheral sensor = new VirtualPeripheral(ward.air, "bike-1")
                .add(VirtualCyclingSensor.MEASUREMENT, Property.NOTIFY)
                .add(VirtualPowerMeter.MEASUREMENT, Property.NOTIFY)
                .advertises("1816", "1818");
        sensor.appear();
        ward.run();
        for (byte turns = 0; turns < 3; turns++) {
            sensor.notify(VirtualCyclingSensor.MEASUREMENT, new byte[] {2, turns, 0, 0, (byte) (4 * turns)});
            sensor.notify(VirtualPowerMeter.MEASUREMENT, new byte[] {0x20, 0, 100, 0, turns, 0, 0, (byte) (4 * turns)});
            ward.clock.advance(SECOND);
        }

        assertThat(ward.of(Mdc.MDC_HF_CAD)).hasSize(2);
        assertThat(ward.of(Mdc.MDC_HF_POWER)).hasSize(3);
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.cycling-power");
    }

    @Test
    void aLocationPodGivesItsPlacesWithTheTimeInUtc() {
        VirtualLocationPod pod = new VirtualLocationPod(ward.air, "pod-1");
        ward.run();
        for (int i = 0; i < READINGS; i++) {
            pod.moveTo(new Place(200_000_000 + i, -100_000_000 - i), 30, 300, 0);
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_HF_LATITUDE))
                .isEqualTo(expected(Units.MDC_DIM_ANG_DEG, -7, i -> 200_000_000 + i));
        assertThat(quantities(Mdc.MDC_HF_LONGITUDE))
                .isEqualTo(expected(Units.MDC_DIM_ANG_DEG, -7, i -> -100_000_000 - i));
        assertThat(quantities(Mdc.MDC_HF_DISTANCE)).isEqualTo(expected(Units.MDC_DIM_M, -1, i -> 30 * (i + 1)));
        assertThat(ward.of(Mdc.MDC_HF_SPEED))
                .hasSize(READINGS)
                .allMatch(one -> one.time().isKnown())
                .extracting(one -> one.time().deviceInstant(ZoneOffset.UTC).orElseThrow())
                .isSorted();
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyMachinesReadingsComeAlsoWhenTheyAreSplit(Machine machine) {
        VirtualFitnessMachine device = new VirtualFitnessMachine(ward.air, "gym-1", machine);
        device.peripheral().mtu(23);
        ward.run();
        Map<Metric, OptionalLong> values = new EnumMap<>(Metric.class);
        for (int i = 0; i < READINGS; i++) {
            int number = i;
            machine.metrics(Machine.Reading.FIRST_EDITION)
                    .forEach(metric -> values.put(metric, OptionalLong.of(number + 1)));
            device.measure(values);
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_HF_HR)).isEqualTo(expected(Units.MDC_DIM_BEAT_PER_MIN, 0, i -> i + 1));
        assertThat(quantities(Mdc.MDC_HF_ACTIVITY_TIME)).isEqualTo(expected(Units.MDC_DIM_SEC, 0, i -> i + 1));
        assertThat(quantities(Mdc.MDC_HF_ENERGY)).isEqualTo(expected(Units.MDC_DIM_KILO_CAL, 0, i -> i + 1));
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.fitness-machine");
    }

    @Test
    void anActivityMonitorsLiveRatesCome() {
        VirtualActivityMonitor monitor = new VirtualActivityMonitor(ward.air, "watch-1");
        ward.run();
        monitor.startSession();
        for (int i = 0; i < READINGS; i++) {
            monitor.observe(
                    ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS,
                    Map.of("heartRate", 60L + i, "respirationRate", 12L));
            ward.clock.advance(SECOND);
        }

        assertThat(quantities(Mdc.MDC_ECG_HEART_RATE)).isEqualTo(expected(Units.MDC_DIM_BEAT_PER_MIN, 0, i -> 60 + i));
        assertThat(quantities(Mdc.MDC_RESP_RATE)).hasSize(READINGS);
        assertThat(ward.observations.stream().map(Observation::id)).doesNotHaveDuplicates();
    }

    @Test
    void aWatchWithManyServicesIsCalledByTheOneThatSaysMostAboutItsWearer() {
        VirtualPeripheral watch = new VirtualPeripheral(ward.air, "watch-1")
                .add(VirtualRunningSensor.MEASUREMENT, Property.NOTIFY)
                .add(VirtualHeartRateStrap.MEASUREMENT, Property.NOTIFY)
                .add(VirtualLocationPod.LOCATION_AND_SPEED, Property.NOTIFY)
                .add(VirtualDevice.BATTERY_LEVEL, Property.NOTIFY)
                .advertises("1802", "180d", "1814", "1819");
        watch.appear();
        ward.run();
        watch.notify(VirtualRunningSensor.MEASUREMENT, new byte[] {0, 0, 3, (byte) 180});
        watch.notify(VirtualHeartRateStrap.MEASUREMENT, new byte[] {0, 72});
        watch.notify(VirtualLocationPod.LOCATION_AND_SPEED, new byte[] {1, 0, 44, 1});
        watch.notify(VirtualDevice.BATTERY_LEVEL, new byte[] {55});
        ward.run();

        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.heart-rate");
        assertThat(ward.of(Mdc.MDC_ECG_HEART_RATE)).hasSize(1);
        assertThat(ward.of(Mdc.MDC_HF_CAD)).hasSize(1);
        assertThat(ward.of(Mdc.MDC_HF_SPEED)).hasSize(2);
        assertThat(ward.of(Mdc.MDC_ATTR_VAL_BATT_CHARGE)).hasSize(1);
        assertThat(ward.gateway.devices().get(0).description().specializations())
                .containsExactly(Mdc.MDC_DEV_SPEC_PROFILE_HF_CARDIO);
    }
}
