package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.RefusedException;

/** A meter with the real gateway. The laws of drivers do not fit: a record that is known is not delivered again. */
class GlucoseDriverTest {
    private final ManualGateway ward = new ManualGateway();
    private final VirtualGlucoseMeter meter = new VirtualGlucoseMeter(ward.air, "meter-1");

    @AfterEach
    void close() {
        ward.close();
    }

    private void measure(int count) {
        for (int i = 0; i < count; i++) {
            meter.measureMilligramPerDecilitre(100 + i);
            ward.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void reconnect() {
        meter.disconnect();
        ward.pass();
    }

    @Test
    void allRecordsComeAtTheFirstSessionInOrder() {
        measure(2);
        meter.measureMillimolePerLitre("5.6", 2);
        ward.pass();

        assertThat(ward.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("glucose").contains("100 mg/dL"),
                        line -> assertThat(line).contains("101 mg/dL"),
                        line -> assertThat(line).contains("5.6 mmol/L").contains("after a meal"));
        assertThat(meter.stored()).isEqualTo(3);
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void laterSessionsBringOnlyWhatIsNew() {
        measure(5);
        ward.pass();
        reconnect();
        reconnect();
        assertThat(ward.lines()).hasSize(5);

        measure(2);
        ward.pass();

        assertThat(ward.lines()).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void aMeterThatWasResetIsReadFromItsBeginning() {
        measure(5);
        ward.pass();
        meter.reset();
        measure(2);
        ward.pass();
        assertThat(ward.lines()).hasSize(7);

        reconnect();

        assertThat(ward.lines()).hasSize(7);
    }

    @Test
    void aMeterThatWasResetAndHasMoreRecordsThanBeforeIsReadFromItsBeginning() {
        measure(3);
        ward.pass();
        meter.faults(Faults.NONE.withConnectionsRefused());
        meter.reset();
        measure(6);
        meter.faults(Faults.NONE);
        ward.pass();

        assertThat(ward.lines()).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void aMeterThatRefusesItsControlPointIsDegraded() {
        meter.faults(Faults.NONE.withRefusal(VirtualGlucoseMeter.CONTROL_POINT, AttError.INSUFFICIENT_AUTHENTICATION));
        ward.pass();
        assertThat(ward.state()).isEqualTo(DeviceState.OFFLINE);
        meter.faults(Faults.NONE);
        meter.peripheral().onWrite(VirtualGlucoseMeter.CONTROL_POINT, octets -> {
            throw new RefusedException(AttError.INSUFFICIENT_AUTHENTICATION, "not paired");
        });
        ward.pass();

        assertThat(ward.state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(ward.gateway.devices().get(0).reason())
                .isEqualTo("the device gives no records: insufficient authentication (0x05)");
    }

    @Test
    void aMeterThatDoesNotAnswerIsDegradedAndStillHeard() {
        meter.peripheral().onWrite(VirtualGlucoseMeter.CONTROL_POINT, octets -> {});
        ward.pass();
        assertThat(ward.state()).isEqualTo(DeviceState.DEGRADED);

        meter.peripheral().notify(VirtualGlucoseMeter.MEASUREMENT, record(1));
        ward.run();

        assertThat(ward.lines()).hasSize(1);
    }

    @Test
    void aMeterWithoutFiltersSendsEverythingAndOnlyTheNewIsDelivered() {
        List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));
        VirtualPeripheral plain = meter.peripheral();
        plain.onWrite(VirtualGlucoseMeter.CONTROL_POINT, request -> {
            boolean isAll = request[1] == 1;
            if (isAll) {
                numbers.forEach(number -> plain.notify(VirtualGlucoseMeter.MEASUREMENT, record(number)));
            }
            plain.notify(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {6, 0, 1, (byte) (isAll ? 1 : 4)});
        });
        reconnect();
        assertThat(ward.lines()).hasSize(3);

        numbers.addAll(List.of(4, 5));
        reconnect();

        assertThat(ward.lines()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void recordsSurviveALinkThatBreaksAtAnyFrame() {
        measure(4);
        for (int frames = 0; frames < 60; frames++) {
            meter.faults(Faults.NONE.withLinkLostAfter(frames));
            ward.clock.advance(Duration.ofSeconds(90));
        }
        meter.faults(Faults.NONE);
        ward.pass();

        List<Observation> glucose = ward.observations.stream()
                .filter(one -> one.type().partition() == 2)
                .toList();
        assertThat(glucose.stream().map(Observation::id).distinct()).hasSize(4);
    }

    @Test
    void aMeterFullOfRecordsIsReadWhole() {
        measure(1_500);
        ward.pass();

        assertThat(ward.lines()).hasSize(1_500).doesNotHaveDuplicates();
    }

    @Test
    void aRecordThatIsNotUnderstoodIsPassedOver() {
        measure(1);
        meter.replay(new byte[] {1, 2});
        measure(1);
        ward.pass();

        assertThat(ward.lines()).hasSize(2);
    }

    /** A record of 2024 with {@code 90 + number} mg/dL. */
    private static byte[] record(int number) {
        return new byte[] {
            2, (byte) number, 0, (byte) 0xE8, 7, 1, 1, 12, (byte) number, 0, (byte) (90 + number), (byte) 0xB0, 0x11
        };
    }
}
