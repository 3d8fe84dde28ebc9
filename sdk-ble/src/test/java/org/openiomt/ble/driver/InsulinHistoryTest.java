package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.BasalRateHistory.BasalRateChanged;
import org.openiomt.ble.profile.insulin.ClockHistory.RecordingReason;
import org.openiomt.ble.profile.insulin.ClockHistory.ReferenceTime;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.HistoryData;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinFeatures;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.OpCode;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Operator;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Response;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Result;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Selection;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualInsulinPump;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/** The history of a pump that keeps what a test says, numbered from 0: what is told, once, and with which time. */
class InsulinHistoryTest {
    private static final InsulinContext PLAIN = InsulinContext.of(E2eContext.ABSENT);
    private static final byte[] RUNNING = HexFormat.of().parseHex("55960A0001");
    private static final int TORN = 7;

    private final ManualGateway ward = new ManualGateway();
    private final VirtualPeripheral pump = new VirtualPeripheral(ward.air, "pump-1")
            .advertises("183a")
            .addReadable(
                    VirtualInsulinPump.FEATURES,
                    InsulinFeatures.CODEC.encode(InsulinFeatures.of(0, MedicalFloat.of(100, 0), Set.of())))
            .add(VirtualInsulinPump.STATUS, Property.READ, Property.INDICATE)
            .value(VirtualInsulinPump.STATUS, RUNNING)
            .add(VirtualInsulinPump.HISTORY_DATA, Property.NOTIFY);
    private final List<byte[]> kept = new ArrayList<>();
    private final Set<Integer> gone = new HashSet<>();
    private final Set<Integer> torn = new HashSet<>();

    @AfterEach
    void close() {
        ward.close();
    }

    private void keep(HistoryEventType type, int seconds, HistoryData data) {
        kept.add(HistoryEvent.codec(PLAIN).encode(HistoryEvent.of(type, kept.size(), seconds, data)));
    }

    /** Midnight of a day in January 2026. */
    private void keepReference(int day) {
        keep(
                HistoryEventType.REFERENCE_TIME,
                0,
                new ReferenceTime(
                        Coded.of(RecordingReason.SET_DATE_TIME),
                        DeviceDateTime.of(2026, 1, day, 0, 0, 0),
                        OptionalInt.of(4),
                        OptionalInt.of(0)));
    }

    /** Basal rates that are the numbers of their events in IU/h and came as many seconds after midnight. */
    private void keepRates(int rates) {
        for (int i = 0; i < rates; i++) {
            int number = kept.size();
            keep(
                    HistoryEventType.DELIVERED_BASAL_RATE_CHANGED,
                    number,
                    new BasalRateChanged(MedicalFloat.of(0, 0), MedicalFloat.of(number, 0), Optional.empty()));
        }
    }

    private void keepDamaged() {
        kept.add(HistoryEvent.codec(PLAIN)
                .encode(new HistoryEvent(
                        Coded.of(HistoryEventType.DATA_CORRUPTION),
                        OptionalLong.empty(),
                        0,
                        new Empty(),
                        E2eCheck.none(),
                        Remainder.NONE)));
    }

    private void appear() {
        appearJustNow();
        ward.pass();
    }

    private void appearJustNow() {
        pump.add(VirtualInsulinPump.RECORD_ACCESS, Property.WRITE, Property.INDICATE)
                .onWrite(VirtualInsulinPump.RECORD_ACCESS, this::asked)
                .appear();
    }

    private void asked(byte[] octets) {
        InsulinRecordAccess request = InsulinRecordAccess.codec(PLAIN).decode(octets);
        int first = (int) ((Selection) request.body()).minimum().orElse(0);
        boolean isAny = false;
        for (int i = first; i < kept.size(); i++) {
            if (!gone.contains(i)) {
                isAny = true;
                send(i);
            }
        }
        pump.notify(
                VirtualInsulinPump.RECORD_ACCESS,
                InsulinRecordAccess.codec(PLAIN)
                        .encode(InsulinRecordAccess.of(
                                OpCode.RESPONSE,
                                Operator.NULL,
                                new Response(
                                        request.opCode(),
                                        Coded.of(isAny ? Result.SUCCESS : Result.NO_RECORDS_FOUND)))));
    }

    private void send(int number) {
        byte[] event = kept.get(number);
        pump.notify(VirtualInsulinPump.HISTORY_DATA, torn.contains(number) ? Arrays.copyOf(event, TORN) : event);
    }

    private void nextSession() {
        pump.disconnect();
        ward.pass();
    }

    private List<String> told() {
        return ward.of(Mdc.MDC_INS_DELIV_BASAL).stream()
                .map(InsulinHistoryTest::text)
                .toList();
    }

    private static String text(Observation one) {
        String value = ((Value.Numeric) one.value()).quantity().value().toString();
        return one.time().device() instanceof DeviceTime.WallClock clock
                ? value + " at " + clock.clock() + clock.offset().orElseThrow()
                : value;
    }

    @Test
    void anEventBehindATornReferenceIsToldWhenThatHasComeAndThenWithItsTime() {
        keepReference(1);
        keepRates(1);
        keepReference(2);
        keepRates(2);
        torn.add(2);
        appear();
        assertThat(told()).containsExactly("1 at 2026-01-01T00:00:01+01:00");
        torn.clear();
        nextSession();
        assertThat(told())
                .containsExactly(
                        "1 at 2026-01-01T00:00:01+01:00",
                        "3 at 2026-01-02T00:00:03+01:00",
                        "4 at 2026-01-02T00:00:04+01:00");
        nextSession();
        assertThat(told()).hasSize(3);
    }

    @Test
    void aReferenceThatIsTornOnceDelaysItsEventsBySeconds() {
        keepReference(1);
        keepRates(1);
        torn.add(0);
        appearJustNow();
        ward.clock.advance(Duration.ofSeconds(4));
        assertThat(told()).isEmpty();
        torn.clear();
        ward.clock.advance(Duration.ofSeconds(10));
        assertThat(told()).containsExactly("1 at 2026-01-01T00:00:01+01:00");
    }

    @Test
    void eventsBehindOneThatIsTornForEverAreToldInTheFourthSessionWithoutTimeAndStaySo() {
        keepReference(1);
        keepReference(2);
        keepRates(2);
        torn.add(1);
        appear();
        nextSession();
        nextSession();
        assertThat(told()).as("three sessions").isEmpty();
        nextSession();
        assertThat(told()).containsExactly("2", "3");
        torn.clear();
        keepRates(1);
        nextSession();
        assertThat(told()).as("as final as the events before").containsExactly("2", "3", "4");
        keepReference(3);
        keepRates(1);
        nextSession();
        assertThat(told()).containsExactly("2", "3", "4", "6 at 2026-01-03T00:00:06+01:00");
    }

    @Test
    void inOneLongSessionTheyAreToldWithinADay() {
        keepReference(1);
        keepReference(2);
        keepRates(1);
        torn.add(1);
        appear();
        ward.clock.advance(Duration.ofHours(17));
        assertThat(told()).isEmpty();
        ward.clock.advance(Duration.ofHours(7));
        assertThat(told()).containsExactly("2");
        torn.clear();
        ward.clock.advance(Duration.ofDays(2));
        nextSession();
        assertThat(told()).containsExactly("2");
    }

    @Test
    void eventsBehindOneThatThePumpHasNoMoreAreToldInTheSameSession() {
        keepReference(1);
        keepRates(1);
        keepReference(2);
        keepRates(2);
        gone.add(2);
        appear();
        assertThat(told()).containsExactly("1 at 2026-01-01T00:00:01+01:00", "3", "4");
        gone.clear();
        nextSession();
        assertThat(told()).hasSize(3);
    }

    @Test
    void theTimeOfTheLastReferenceIsKnownWhenThePumpHasItNoMore() {
        keepReference(1);
        keepRates(2);
        appear();
        gone.addAll(List.of(0, 1));
        keepRates(1);
        nextSession();
        assertThat(told())
                .containsExactly(
                        "1 at 2026-01-01T00:00:01+01:00",
                        "2 at 2026-01-01T00:00:02+01:00",
                        "3 at 2026-01-01T00:00:03+01:00");
    }

    @Test
    void aPumpThatCountsAnewIsReadWholeAndNoTimeOfTheOldOneIsUsed() {
        keepReference(1);
        keepRates(5);
        appear();
        kept.clear();
        keepRates(1);
        keepReference(7);
        keepRates(1);
        nextSession();
        assertThat(told().subList(5, told().size())).containsExactly("0", "2 at 2026-01-07T00:00:02+01:00");
        nextSession();
        assertThat(told()).hasSize(7);
    }

    @Test
    void behindADamagedEventNoTimeIsSureUntilTheNextReference() {
        keepReference(1);
        keepRates(1);
        keepDamaged();
        keepRates(1);
        keepReference(2);
        keepRates(1);
        appear();
        List<String> all = List.of("1 at 2026-01-01T00:00:01+01:00", "3", "5 at 2026-01-02T00:00:05+01:00");
        assertThat(told()).isEqualTo(all);
        nextSession();
        assertThat(told()).isEqualTo(all);
    }

    @Test
    void aPumpThatCannotBeAskedTellsWhatComesAtOnce() {
        keepReference(1);
        keepReference(2);
        keepRates(1);
        pump.appear();
        ward.pass();
        send(0);
        send(2);
        ward.run();
        assertThat(told()).containsExactly("2");
    }
}
