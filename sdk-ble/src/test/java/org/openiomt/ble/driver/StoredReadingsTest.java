package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualHealthSensor;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;

/** What a cuff and a health sensor keep while nobody listens, and what they announce, through the real gateway. */
class StoredReadingsTest {
    private static final int CELSIUS = 6048;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualGateway ward = new ManualGateway();

    @AfterEach
    void close() {
        ward.close();
    }

    private List<Long> systolics() {
        return ward.of(Mdc.MDC_PRESS_BLD_NONINV).stream()
                .map(one -> one.quantity(Mdc.MDC_PRESS_BLD_NONINV_SYS)
                        .orElseThrow()
                        .value()
                        .mantissa())
                .toList();
    }

    private static List<Long> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
    }

    private void measure(VirtualCuff cuff, int from, int to) {
        for (int i = from; i <= to; i++) {
            cuff.measure(i, 80, 93);
            ward.clock.advance(MINUTE);
        }
    }

    @Test
    void aReadingThatACuffAnnouncesAndRecordsComesOnce() {
        VirtualCuff cuff = VirtualCuff.enhanced(ward.air, "cuff-1", Set.of(Feature.USER_FACING_TIME, Feature.E2E_CRC));
        cuff.faults(Faults.NONE.withConnectionsRefused());
        measure(cuff, 100, 149);
        cuff.faults(Faults.NONE);
        ward.pass();
        measure(cuff, 150, 160);
        cuff.disconnect();
        ward.pass();

        assertThat(systolics()).isEqualTo(numbers(100, 160));
        assertThat(ward.of(Mdc.MDC_PRESS_BLD_NONINV).stream().map(Observation::id))
                .doesNotHaveDuplicates();
        assertThat(cuff.records()).isEqualTo(61);
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void whatACuffShowsWhileItInflatesComesInItsEnhancedFormOnly() {
        VirtualCuff cuff = VirtualCuff.enhanced(ward.air, "cuff-1", Set.of());
        ward.run();
        cuff.inflate(140);
        ward.run();

        assertThat(ward.of(Mdc.MDC_PRESS_CUFF)).hasSize(1);
    }

    @Test
    void aRecordOfWhichAPacketWasLostIsAskedForAgain() {
        VirtualCuff cuff = VirtualCuff.enhanced(ward.air, "cuff-1", Set.of(Feature.USER_FACING_TIME));
        cuff.peripheral().mtu(23);
        cuff.faults(Faults.NONE.withRefusal(VirtualCuff.ENHANCED_MEASUREMENT, 0x11));
        ward.run();
        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);
        measure(cuff, 100, 110);
        cuff.faults(Faults.NONE);
        cuff.loseNextPacket();
        ward.pass();
        cuff.disconnect();
        ward.pass();

        assertThat(ward.of(Mdc.MDC_PRESS_BLD_NONINV).stream()
                        .map(Observation::id)
                        .distinct())
                .hasSize(11);
    }

    @Test
    void aHealthSensorGivesWhatItHasStoredAndThenWhatItObserves() {
        VirtualHealthSensor sensor = new VirtualHealthSensor(ward.air, "sensor-1", List.of(Mdc.MDC_TEMP_BODY.value()));
        sensor.faults(Faults.NONE.withConnectionsRefused());
        observe(sensor, 10, 29);
        sensor.faults(Faults.NONE);
        ward.pass();
        assertThat(sensor.isLive()).isTrue();
        observe(sensor, 30, 39);
        sensor.faults(Faults.NONE.withConnectionsRefused());
        sensor.disconnect();
        observe(sensor, 40, 49);
        sensor.faults(Faults.NONE);
        ward.pass();

        assertThat(temperatures()).isEqualTo(numbers(3_610, 3_649));
        assertThat(sensor.stored()).isEqualTo(30);
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.health-sensor");
        assertThat(ward.observations.stream().map(Observation::id)).doesNotHaveDuplicates();
    }

    private void observe(VirtualHealthSensor sensor, int from, int to) {
        for (int i = from; i <= to; i++) {
            sensor.measure(Mdc.MDC_TEMP_BODY.value(), CELSIUS, "36." + i);
            ward.clock.advance(MINUTE);
        }
    }

    @Test
    void aSensorThatIsBusyIsAskedForLiveObservationsAgain() {
        VirtualHealthSensor sensor = new VirtualHealthSensor(ward.air, "sensor-1", List.of(Mdc.MDC_TEMP_BODY.value()));
        sensor.busy(true);
        ward.run();
        assertThat(ward.state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(ward.gateway.devices().get(0).reason()).isEqualTo("no live observations: busy");

        sensor.busy(false);
        ward.pass();

        assertThat(sensor.isLive()).isTrue();
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    private List<Long> temperatures() {
        return ward.of(Mdc.MDC_TEMP_BODY).stream()
                .map(one ->
                        one.quantity(Mdc.MDC_TEMP_BODY).orElseThrow().value().mantissa())
                .toList();
    }
}
