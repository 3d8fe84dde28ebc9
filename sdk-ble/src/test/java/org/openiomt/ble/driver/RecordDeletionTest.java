package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;

/** A record leaves its device only when its sink has it and the application said so. */
class RecordDeletionTest {
    private final MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(10_000, 10 << 20));
    private final List<String> asked = new ArrayList<>();

    private ManualGateway ward(UnaryOperator<Gateway.Builder> settings) {
        return new ManualGateway(settings);
    }

    private ManualGateway deleting() {
        return ward(builder -> builder.outbox(outbox).deleteArrivedRecords(device -> true));
    }

    private static VirtualGlucoseMeter meter(ManualGateway ward, int records) {
        VirtualGlucoseMeter meter = new VirtualGlucoseMeter(ward.air, "meter-1");
        measure(ward, meter, records);
        return meter;
    }

    private static void measure(ManualGateway ward, VirtualGlucoseMeter meter, int records) {
        for (int i = 0; i < records; i++) {
            meter.measureMilligramPerDecilitre(100 + i);
            ward.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void sinkTakes(ManualGateway ward, int most) {
        outbox.acknowledge(outbox.read(Lane.CLINICAL, 0, most));
        ward.clock.advance(Duration.ofSeconds(20));
    }

    @Test
    void nothingIsDeletedUnlessTheApplicationSaysSo() {
        ManualGateway ward = ward(builder -> builder.outbox(outbox));
        VirtualGlucoseMeter meter = meter(ward, 3);
        ward.pass();
        sinkTakes(ward, 100);
        assertThat(ward.lines()).hasSize(3);
        assertThat(meter.stored()).isEqualTo(3);
    }

    @Test
    void nothingIsDeletedThatIsOnlyStored() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = meter(ward, 3);
        ward.pass();
        assertThat(outbox.read(Lane.CLINICAL, 0, 100)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(meter.stored()).isEqualTo(3);
    }

    @Test
    void whatTheSinkHasTakenIsDeletedAndNothingElse() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = meter(ward, 5);
        ward.pass();
        List<OutboxEntry> glucose = outbox.read(Lane.CLINICAL, 0, 100).stream()
                .filter(entry -> ward.observations.stream()
                        .anyMatch(one -> one.id().equals(entry.record().id())
                                && one.type().partition() == 2))
                .toList();
        assertThat(glucose).hasSize(5);
        outbox.acknowledge(glucose.subList(0, 2));
        outbox.acknowledge(glucose.subList(3, 5));
        ward.clock.advance(Duration.ofSeconds(20));
        assertThat(meter.stored())
                .as("the third has not arrived, so those behind it stay")
                .isEqualTo(3);
        outbox.acknowledge(glucose.subList(2, 3));
        ward.clock.advance(Duration.ofSeconds(20));
        assertThat(meter.stored()).isZero();
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void aRecordThatCameInBetweenStays() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = meter(ward, 3);
        ward.pass();
        meter.measureMilligramPerDecilitre(200);
        sinkTakes(ward, 100);
        assertThat(meter.stored()).isEqualTo(1);
        meter.disconnect();
        ward.pass();
        assertThat(ward.lines()).last().asString().contains("200 mg/dL");
        sinkTakes(ward, 100);
        assertThat(meter.stored()).isZero();
    }

    @Test
    void aRecordThatWasNotUnderstoodKeepsAllFromBeingDeleted() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = meter(ward, 2);
        meter.replay(new byte[] {1, 2});
        measure(ward, meter, 2);
        ward.pass();
        sinkTakes(ward, 100);
        assertThat(ward.lines()).hasSize(4);
        assertThat(meter.stored()).isEqualTo(5);
        assertThat(ward.gateway.devices().get(0).reason()).contains("records stay on the device");
    }

    @Test
    void aMeterThatCannotCountByNumberKeepsItsRecords() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = new VirtualGlucoseMeter(ward.air, "meter-1");
        VirtualPeripheral plain = meter.peripheral();
        plain.onWrite(VirtualGlucoseMeter.CONTROL_POINT, request -> {
            asked.add(request[0] + " " + request[1]);
            if (request[0] == 1) {
                plain.notify(
                        VirtualGlucoseMeter.MEASUREMENT,
                        new byte[] {2, 1, 0, (byte) 0xE8, 7, 1, 1, 12, 1, 0, 91, (byte) 0xB0, 0x11});
                plain.notify(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {6, 0, 1, 1});
            } else {
                plain.notify(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {6, 0, request[0], 4});
            }
        });
        ward.pass();
        sinkTakes(ward, 100);
        assertThat(ward.lines()).hasSize(1);
        assertThat(asked).contains("4 3").noneMatch(request -> request.startsWith("2 "));
    }

    @Test
    void aSinkThatTakesAfterTheSessionDeletesAtTheNext() {
        ManualGateway ward = deleting();
        VirtualGlucoseMeter meter = meter(ward, 3);
        ward.pass();
        meter.disconnect();
        outbox.acknowledge(outbox.read(Lane.CLINICAL, 0, 100));
        ward.run();
        assertThat(meter.stored()).isEqualTo(3);
        ward.pass();
        assertThat(meter.stored()).isZero();
        assertThat(ward.lines()).as("each delivered once").hasSize(3);
    }
}
