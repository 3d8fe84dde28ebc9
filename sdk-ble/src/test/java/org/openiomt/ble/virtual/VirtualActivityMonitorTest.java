package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.openiomt.ble.virtual.VirtualActivityMonitor.CONTROL_POINT;
import static org.openiomt.ble.virtual.VirtualActivityMonitor.CURRENT_SESSION;
import static org.openiomt.ble.virtual.VirtualActivityMonitor.FEATURES;
import static org.openiomt.ble.virtual.VirtualActivityMonitor.SESSION_DESCRIPTOR;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.activity.ActivityControlPoint;
import org.openiomt.ble.profile.activity.ActivityControlPoint.Operation;
import org.openiomt.ble.profile.activity.ActivityData;
import org.openiomt.ble.profile.activity.ActivityFeatures;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.ble.profile.activity.CurrentSession;
import org.openiomt.ble.profile.activity.SessionDescriptor;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeMode;

class VirtualActivityMonitorTest {
    private static final Channel HEART = VirtualActivityMonitor.channel(ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS);
    private static final Channel HEART_SUMMARY =
            VirtualActivityMonitor.channel(ActivityLayout.CARDIORESPIRATORY_SUMMARY);
    private static final Channel STEPS = VirtualActivityMonitor.channel(ActivityLayout.STEP_COUNTER_SUMMARY);
    private static final Channel GENERAL = VirtualActivityMonitor.channel(ActivityLayout.GENERAL_INSTANTANEOUS);

    private final ManualAir room = new ManualAir();
    private final VirtualActivityMonitor monitor = new VirtualActivityMonitor(room.air, "band-1");

    private Central connect() {
        return new Central(
                room,
                monitor.peripheral(),
                CONTROL_POINT,
                CURRENT_SESSION,
                SESSION_DESCRIPTOR,
                HEART,
                HEART_SUMMARY,
                STEPS,
                GENERAL);
    }

    private static <T> List<T> joined(List<byte[]> packets, Codec<T> codec) {
        Reassembler reassembler = new Reassembler();
        return packets.stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .map(event -> codec.decode(((Reassembly.Whole) event).octets(), DecodeMode.STRICT)
                        .value())
                .toList();
    }

    private static byte[] request(Operation operation, Map<String, Long> operands) {
        return ActivityControlPoint.CODEC.encode(ActivityControlPoint.of(operation, operands));
    }

    private static ActivityControlPoint ask(Central central, Operation operation, Map<String, Long> operands) {
        return central.ask(CONTROL_POINT, ActivityControlPoint.CODEC, ActivityControlPoint.of(operation, operands));
    }

    private CurrentSession current(Central central) {
        return central.read(CURRENT_SESSION, CurrentSession.CODEC);
    }

    /** Walks in two parts of ten minutes each. */
    private void walkTwice() {
        monitor.startSession();
        monitor.walk(500);
        monitor.beat(100);
        monitor.beat(120);
        room.clock.advance(Duration.ofMinutes(10));
        monitor.startSubSession();
        monitor.walk(700);
        monitor.beat(140);
        room.clock.advance(Duration.ofMinutes(10));
        monitor.stopSession();
    }

    @Test
    void itTellsWhatItCanDo() {
        assertThat(connect().read(FEATURES, ActivityFeatures.CODEC).supports())
                .contains(ActivityFeatures.Feature.HEART_RATE, ActivityFeatures.Feature.NORMAL_WALKING_STEPS)
                .doesNotContain(ActivityFeatures.Feature.MULTIPLE_USERS);
    }

    @Test
    void aCentralStartsAndStopsASession() {
        Central central = connect();
        central.write(CONTROL_POINT, request(Operation.START_SESSION, Map.of("scope", 0L)));
        assertThat(monitor.isSessionRunning()).isTrue();
        assertThat(central.refused(CONTROL_POINT, request(Operation.START_SESSION, Map.of("scope", 0L))))
                .isEqualTo(0xFC);
        central.write(CONTROL_POINT, request(Operation.START_SESSION, Map.of("scope", 1L)));
        central.write(CONTROL_POINT, request(Operation.STOP_SESSION, Map.of()));

        assertThat(central.heard(CURRENT_SESSION, CurrentSession.CODEC))
                .extracting(session -> session.isRunning() + " " + session.sessionId() + " " + session.subSessionId())
                .containsExactly("true 1 1", "true 1 2", "false 1 2");
        assertThat(central.refused(CONTROL_POINT, request(Operation.STOP_SESSION, Map.of())))
                .isEqualTo(0xFC);
        assertThatIllegalStateException().isThrownBy(() -> monitor.walk(1));
    }

    @Test
    void whatItObservesIsHeardAtOnce() {
        Central central = connect();
        monitor.startSession();
        room.clock.advance(Duration.ofSeconds(30));
        monitor.beat(88);
        monitor.worn(false);
        monitor.observe(ActivityLayout.GENERAL_INSTANTANEOUS, Map.of("activityLevel", 7L));

        ActivityData heart = joined(central.heard(HEART), ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS.codec())
                .get(0);
        assertThat(heart.value("heartRate")).hasValue(88);
        assertThat(heart.relativeSeconds()).isEqualTo(30);
        assertThat(heart.isWorn()).isTrue();
        ActivityData general = joined(central.heard(GENERAL), ActivityLayout.GENERAL_INSTANTANEOUS.codec())
                .get(0);
        assertThat(general.isWorn()).isFalse();
        assertThat(general.sequenceNumber()).isEqualTo(1);
    }

    @Test
    void thePartsOfASessionAndTheWholeAreSummedUp() {
        Central central = connect();
        walkTwice();

        List<ActivityData> steps = joined(central.heard(STEPS), ActivityLayout.STEP_COUNTER_SUMMARY.codec());
        assertThat(steps)
                .extracting(value -> value.subSessionId() + " "
                        + value.value("normalWalkingSteps").orElseThrow() + " "
                        + value.value("wornDuration").orElseThrow())
                .containsExactly("1 500 600", "2 700 600", "65535 1200 1200");
        List<ActivityData> heart =
                joined(central.heard(HEART_SUMMARY), ActivityLayout.CARDIORESPIRATORY_SUMMARY.codec());
        assertThat(heart)
                .extracting(value -> value.value("averageHeartRate").orElseThrow())
                .containsExactly(110L, 140L, 120L);
    }

    @Test
    void sessionsAndPartsAreEnquiredForAndCounted() {
        walkTwice();
        monitor.startSession();
        Central central = connect();

        assertThat(ask(central, Operation.ENQUIRE_SESSIONS, Map.of()))
                .isEqualTo(ActivityControlPoint.of(Operation.SESSIONS_SENT, Map.of("count", 2L)));
        List<SessionDescriptor> sessions = joined(central.heard(SESSION_DESCRIPTOR), SessionDescriptor.CODEC);
        assertThat(sessions)
                .extracting(SessionDescriptor::flags)
                .containsExactly(
                        Set.of(SessionDescriptor.Flag.SESSION),
                        Set.of(SessionDescriptor.Flag.SESSION, SessionDescriptor.Flag.RUNNING));
        assertThat(sessions.get(0).end().orElseThrow().baseSeconds()
                        - sessions.get(0).start().baseSeconds())
                .isEqualTo(1_200);
        assertThat(ask(central, Operation.ENQUIRE_SUB_SESSIONS, Map.of("sessionId", 1L)))
                .isEqualTo(ActivityControlPoint.of(Operation.SUB_SESSIONS_SENT, Map.of("count", 2L)));
        assertThat(ask(central, Operation.ENQUIRE_SUB_SESSIONS, Map.of("sessionId", 9L)))
                .isEqualTo(ActivityControlPoint.of(Operation.SUB_SESSIONS_FAILED, Map.of("error", 1L)));
    }

    @ParameterizedTest
    @CsvSource({
        "65535, 2, CARDIORESPIRATORY_INSTANTANEOUS, 3",
        "1, 2, CARDIORESPIRATORY_INSTANTANEOUS, 2",
        "2, 2, CARDIORESPIRATORY_INSTANTANEOUS, 1",
        "65535, 4, STEP_COUNTER_SUMMARY, 3",
        "65535, 5, SLEEP_INSTANTANEOUS, 0"
    })
    void theDataOfAnEndedSessionAreSentAndCounted(long part, long characteristic, ActivityLayout layout, int count) {
        walkTwice();
        Central central = connect();
        central.listen(VirtualActivityMonitor.channel(ActivityLayout.SLEEP_INSTANTANEOUS));

        ActivityControlPoint answer = ask(
                central,
                Operation.GET_ENDED_SESSION_DATA,
                Map.of("sessionId", 1L, "subSessionId", part, "characteristic", characteristic));

        assertThat(answer)
                .isEqualTo(ActivityControlPoint.of(Operation.ENDED_SESSION_DATA_SENT, Map.of("count", (long) count)));
        assertThat(joined(central.heard(VirtualActivityMonitor.channel(layout)), layout.codec()))
                .hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"2, 65535, 2", "1, 9, 2", "1, 65535, 7"})
    void whatThereIsNotIsAnsweredByAnError(long session, long part, long characteristic) {
        walkTwice();
        monitor.startSession();

        assertThat(ask(
                        connect(),
                        Operation.GET_ENDED_SESSION_DATA,
                        Map.of("sessionId", session, "subSessionId", part, "characteristic", characteristic)))
                .isEqualTo(ActivityControlPoint.of(Operation.ENDED_SESSION_DATA_FAILED, Map.of("error", 1L)));
    }

    @Test
    void aDeletedSessionHasNoDataAndSaysSo() {
        walkTwice();
        Central central = connect();
        central.write(CONTROL_POINT, request(Operation.DELETE_ENDED_SESSION, Map.of("sessionId", 1L)));

        ask(central, Operation.ENQUIRE_SESSIONS, Map.of());
        assertThat(joined(central.heard(SESSION_DESCRIPTOR), SessionDescriptor.CODEC)
                        .get(0)
                        .flags())
                .contains(SessionDescriptor.Flag.DELETED);
        assertThat(central.refused(CONTROL_POINT, request(Operation.DELETE_ENDED_SESSION, Map.of("sessionId", 1L))))
                .isEqualTo(0xFC);
    }

    @Test
    void thePersonSaysWhatItWas() {
        Central central = connect();
        byte[] running = request(Operation.SET_AVERAGE_ACTIVITY_TYPE, Map.of("scope", 1L, "activityType", 5L));
        assertThat(central.refused(CONTROL_POINT, running)).isEqualTo(0xFC);
        monitor.startSession();

        central.write(CONTROL_POINT, running);

        assertThat(current(central).activityType()).isEqualTo(0x0500);
        assertThat(central.refused(
                        CONTROL_POINT,
                        request(Operation.SET_AVERAGE_ACTIVITY_TYPE, Map.of("scope", 2L, "activityType", 5L))))
                .isEqualTo(0xFF);
    }

    @Test
    void aRequestDuringAReportOrWithoutListenersIsRefused() {
        walkTwice();
        Central deaf = new Central(room, monitor.peripheral());
        byte[] enquiry = request(Operation.ENQUIRE_SESSIONS, Map.of());
        assertThat(deaf.refused(CONTROL_POINT, enquiry)).isEqualTo(0xFD);
        deaf.listen(CONTROL_POINT);
        assertThat(deaf.refused(CONTROL_POINT, enquiry)).isEqualTo(0xFD);
        deaf.listen(SESSION_DESCRIPTOR);
        deaf.write(CONTROL_POINT, enquiry);

        assertThat(deaf.refused(CONTROL_POINT, enquiry)).isEqualTo(0xFE);
    }

    @ParameterizedTest
    @CsvSource({"08, 6", "FC0100, 6", "03, 13", "0500, 13", "'', 13"})
    void whatIsNoRequestIsRefused(String octets, int error) {
        assertThat(connect().refused(CONTROL_POINT, HexFormat.of().parseHex(octets)))
                .isEqualTo(error);
    }

    @Test
    void itFailsWhenItIsTold() {
        walkTwice();
        Central central = connect();
        monitor.failNextProcedure();
        assertThat(ask(central, Operation.ENQUIRE_SESSIONS, Map.of()))
                .isEqualTo(ActivityControlPoint.of(Operation.SESSIONS_FAILED, Map.of("error", 2L)));
        monitor.failNextProcedure();
        assertThat(central.refused(CONTROL_POINT, request(Operation.START_SESSION, Map.of("scope", 0L))))
                .isEqualTo(0xFC);
        monitor.refuseNextRequest(0x0E);
        assertThat(central.refused(CONTROL_POINT, request(Operation.ENQUIRE_SESSIONS, Map.of())))
                .isEqualTo(0x0E);
        assertThat(monitor.isSessionRunning()).isFalse();
    }

    @Test
    void aLostPacketIsNoticedByItsCounter() {
        Central central = connect();
        monitor.startSession();
        monitor.beat(80);
        monitor.loseNext(ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS);
        monitor.beat(82);
        Reassembler reassembler = new Reassembler();

        List<Reassembly> events = central.heard(HEART).stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .toList();

        assertThat(events.get(1)).isInstanceOf(Reassembly.Loss.class);
    }
}
