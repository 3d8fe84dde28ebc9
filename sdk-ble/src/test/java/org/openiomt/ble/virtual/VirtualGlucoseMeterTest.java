package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.MedicalFloat;

class VirtualGlucoseMeterTest {
    private final ManualAir room = new ManualAir();
    private final VirtualGlucoseMeter meter = new VirtualGlucoseMeter(room.air, "meter-1");
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private Link connect() {
        Link link = room.open(meter.peripheral());
        room.now(link.subscribe(VirtualGlucoseMeter.MEASUREMENT, octets -> {
            int number = GlucoseMeasurement.CODEC.decode(octets).sequenceNumber();
            numbers.add(number);
            log.add("measurement " + number);
        }));
        room.now(link.subscribe(
                VirtualGlucoseMeter.CONTEXT,
                octets -> log.add("context "
                        + GlucoseMeasurementContext.CODEC.decode(octets).sequenceNumber())));
        room.now(link.subscribe(
                VirtualGlucoseMeter.CONTROL_POINT,
                octets -> log.add("answer " + HexFormat.of().formatHex(octets))));
        return link;
    }

    private void ask(Link link, String request) {
        room.now(link.write(
                VirtualGlucoseMeter.CONTROL_POINT, HexFormat.of().parseHex(request), WriteMode.WITH_RESPONSE));
        room.clock.advance(Duration.ofSeconds(2));
    }

    private void measureFive() {
        for (int i = 1; i <= 5; i++) {
            meter.measureMilligramPerDecilitre(100 + i);
            room.clock.advance(Duration.ofHours(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0101, 1 2 3 4 5, 06000101",
        "01030103 00, 3 4 5, 06000101",
        "01020102 00, 1 2, 06000101",
        "01040102 000400, 2 3 4, 06000101",
        "0105, 1, 06000101",
        "0106, 5, 06000101",
        "01030106 00, '', 06000106",
        "0103 02 EA070101020000, 3 4 5, 06000101",
        "0401, '', 05000500",
        "04030104 00, '', 05000200",
        "0100, '', 06000103",
        "0109, '', 06000104",
        "01040104 000200, '', 06000105",
        "010301, '', 06000105",
        "01037700, '', 06000109",
        "0301, '', 06000303",
        "0300, '', 06000301",
        "0701, '', 06000702",
        "0901, '', 06000902",
        "0500, '', 06000502"
    })
    void aRequestIsAnsweredAsTheServiceSays(String request, String reported, String answer) {
        measureFive();
        Link link = connect();

        ask(link, request.replace(" ", ""));

        String sent = numbers.toString().replace("[", "").replace("]", "").replace(",", "");
        assertThat(sent).isEqualTo(reported);
        assertThat(log).last().isEqualTo("answer " + answer);
    }

    @Test
    void recordsKeepTheirValueAndBringTheirContext() {
        List<GlucoseMeasurement> heard = new ArrayList<>();
        meter.measureMilligramPerDecilitre(98);
        meter.measureMillimolePerLitre("5.6", 2);
        Link link = connect();
        room.now(link.subscribe(
                VirtualGlucoseMeter.MEASUREMENT, octets -> heard.add(GlucoseMeasurement.CODEC.decode(octets))));

        ask(link, "0101");

        assertThat(log).containsExactly("measurement 1", "measurement 2", "context 2", "answer 06000101");
        assertThat(heard.get(0).sample().orElseThrow().concentration()).isEqualTo(MedicalFloat.of(98, -5));
        assertThat(heard.get(1).sample().orElseThrow().concentration()).isEqualTo(MedicalFloat.of(56, -4));
    }

    @Test
    void deletedRecordsAreGone() {
        measureFive();
        Link link = connect();

        ask(link, "02020103" + "00");
        ask(link, "0101");

        assertThat(log).containsExactly("answer 06000201", "measurement 4", "measurement 5", "answer 06000101");
        assertThat(meter.stored()).isEqualTo(2);
    }

    @Test
    void anAbortEndsAReport() {
        for (int i = 0; i < 1_000; i++) {
            meter.measureMilligramPerDecilitre(100);
        }
        Link link = connect();
        link.write(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {1, 1}, WriteMode.WITH_RESPONSE);

        ask(link, "0300");

        assertThat(numbers).hasSizeLessThan(1_000);
        assertThat(log).last().isEqualTo("answer 06000301");
        ask(link, "0106");
        assertThat(log).last().isEqualTo("answer 06000101");
    }

    @Test
    void aSecondRequestDuringAReportIsRefused() {
        measureFive();
        Link link = connect();
        link.write(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {1, 1}, WriteMode.WITH_RESPONSE);

        assertThat(room.fault(
                        link.write(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {1, 1}, WriteMode.WITH_RESPONSE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x80));
        room.clock.advance(Duration.ofSeconds(1));
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aRequestBeforeTheSubscriptionsIsRefused() {
        measureFive();
        Link link = room.open(meter.peripheral());

        assertThat(room.fault(
                        link.write(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {1, 1}, WriteMode.WITH_RESPONSE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0x81));
    }

    @Test
    void aLostLinkEndsTheReport() {
        measureFive();
        Link first = connect();
        meter.faults(Faults.NONE.withLinkLostAfter(4));
        first.write(VirtualGlucoseMeter.CONTROL_POINT, new byte[] {1, 1}, WriteMode.WITH_RESPONSE);
        room.clock.advance(Duration.ofSeconds(1));
        assertThat(numbers).containsExactly(1, 2);
        meter.faults(Faults.NONE);

        ask(connect(), "01030103" + "00");

        assertThat(numbers).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void measuringEndsTheLink() {
        Link link = connect();

        meter.measureMilligramPerDecilitre(100);

        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void rawOctetsAreReportedAsTheyAre() {
        int number = meter.replay(new byte[] {1});
        List<byte[]> frames = new ArrayList<>();
        Link link = room.open(meter.peripheral());
        room.now(link.subscribe(VirtualGlucoseMeter.MEASUREMENT, frames::add));
        room.now(link.subscribe(VirtualGlucoseMeter.CONTROL_POINT, octets -> {}));

        ask(link, "0106");

        assertThat(number).isEqualTo(1);
        assertThat(frames.get(0)).containsExactly(1);
    }
}
