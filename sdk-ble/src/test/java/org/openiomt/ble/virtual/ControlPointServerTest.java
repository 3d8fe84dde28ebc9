package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint.CUMULATIVE_VALUE;
import static org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint.POINT;
import static org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint.REQUEST_SENSOR_LOCATIONS;
import static org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint.SET_CUMULATIVE_VALUE;
import static org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint.START_CALIBRATION;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;

class ControlPointServerTest {
    private static final Channel CONTROL = Gatt.channel("1816", "2a55");
    private static final Channel NEWER = Gatt.channel("1818", "2a66");

    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1")
            .add(CONTROL, Property.WRITE, Property.INDICATE)
            .add(NEWER, Property.WRITE, Property.INDICATE);
    private final CompletableFuture<Reply> calibration = new CompletableFuture<>();
    private final List<Long> set = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    ControlPointServerTest() {
        new OperationServer(device, CONTROL, POINT)
                .on(SET_CUMULATIVE_VALUE, asked -> {
                    set.add(asked.get(CUMULATIVE_VALUE).orElseThrow());
                    return Reply.done();
                })
                .onSlow(START_CALIBRATION, asked -> calibration)
                .on(REQUEST_SENSOR_LOCATIONS, asked -> Reply.done(new Parameter.Codes(List.of(4, 12))));
        ControlPointServer.serveAtOnce(device, NEWER, request -> List.of(request, request));
        device.appear();
    }

    private Link connect() {
        Link link = room.open(device);
        room.now(link.subscribe(CONTROL, octets -> answers.add(HexFormat.of().formatHex(octets))));
        return link;
    }

    private void ask(Link link, String request) {
        room.now(link.write(CONTROL, HexFormat.of().parseHex(request), WriteMode.WITH_RESPONSE));
        room.clock.runUntilIdle();
    }

    private int refusal(Link link, Channel channel, String request) {
        Throwable fault = room.fault(link.write(channel, HexFormat.of().parseHex(request), WriteMode.WITH_RESPONSE));
        assertThat(fault).isInstanceOf(RefusedException.class);
        return ((RefusedException) fault).code();
    }

    @ParameterizedTest
    @CsvSource({
        "01 39300000, 100101",
        "04, 100401040C",
        "03 05, 100302",
        "07, 100702",
        "10 01 01, 101002",
        "01 393000, 100103",
        "01 3930000000, 100103",
        "04 00, 100403"
    })
    void aRequestIsAnsweredAsItsTableSays(String request, String answer) {
        ask(connect(), request.replace(" ", ""));

        assertThat(answers).containsExactly(answer.toLowerCase(Locale.ROOT));
    }

    @Test
    void onlyASoundRequestIsCarriedOut() {
        Link link = connect();

        ask(link, "0139300000");
        ask(link, "01393000");

        assertThat(set).containsExactly(12_345L);
    }

    @Test
    void aRequestWhileIndicationsAreOffIsRefusedWithTheCodeOfItsService() {
        Link link = room.open(device);

        assertThat(refusal(link, CONTROL, "0139300000")).isEqualTo(0x81);
        assertThat(refusal(link, NEWER, "01")).isEqualTo(0xFD);
        assertThat(set).isEmpty();
    }

    @Test
    void aSecondRequestIsRefusedUntilTheFirstIsAnswered() {
        Link link = connect();
        ask(link, "02");
        assertThat(answers).isEmpty();

        assertThat(refusal(link, CONTROL, "0139300000")).isEqualTo(0x80);
        calibration.complete(Reply.FAILED);
        room.clock.runUntilIdle();
        ask(link, "0139300000");

        assertThat(answers).containsExactly("100204", "100101");
    }

    @Test
    void aProcedureRunsUntilItsLastIndicationIsConfirmed() {
        Link link = room.open(device);
        List<byte[]> heard = new ArrayList<>();
        room.now(link.subscribe(NEWER, heard::add));

        link.write(NEWER, new byte[] {1}, WriteMode.WITH_RESPONSE);
        int code = refusal(link, NEWER, "02");
        room.now(link.write(NEWER, new byte[] {3}, WriteMode.WITH_RESPONSE));
        room.clock.runUntilIdle();

        assertThat(code).isEqualTo(0xFE);
        assertThat(heard).extracting(octets -> octets[0]).containsExactly((byte) 1, (byte) 1, (byte) 3, (byte) 3);
    }

    @Test
    void theNextRequestMayBeginInTheAnswerToTheLast() {
        Link link = room.open(device);
        List<byte[]> heard = new ArrayList<>();
        room.now(link.subscribe(CONTROL, octets -> {
            heard.add(octets);
            if (heard.size() == 1) {
                link.write(CONTROL, new byte[] {4}, WriteMode.WITH_RESPONSE);
            }
        }));

        ask(link, "0139300000");

        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).containsExactly(0x10, 4, 1, 4, 12);
    }

    @Test
    void aLostLinkEndsAProcedureAndItsAnswerReachesNobody() {
        ask(connect(), "02");
        device.disconnect();
        Link next = connect();

        calibration.complete(Reply.done());
        room.clock.runUntilIdle();
        assertThat(answers).isEmpty();
        ask(next, "0139300000");

        assertThat(answers).containsExactly("100101");
    }

    @Test
    void anEmptyRequestIsRefusedAndEndsNothing() {
        Link link = connect();

        assertThat(refusal(link, CONTROL, "")).isEqualTo(0x0D);
        ask(link, "0139300000");

        assertThat(answers).containsExactly("100101");
    }
}
