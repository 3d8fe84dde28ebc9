package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.PumpClient.bolus;
import static org.openiomt.ble.virtual.PumpClient.rate;
import static org.openiomt.ble.virtual.PumpClient.result;
import static org.openiomt.ble.virtual.PumpClient.state;
import static org.openiomt.ble.virtual.PumpClient.units;
import static org.openiomt.ble.virtual.VirtualInsulinPump.COMMAND;
import static org.openiomt.ble.virtual.VirtualInsulinPump.STATUS_READER;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.ClockHistory;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.CommandMessage.Instance;
import org.openiomt.ble.profile.insulin.CommandMessage.Template;
import org.openiomt.ble.profile.insulin.CommandMessage.Therapy;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinAmount;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinFeatures;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess.Selection;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinStatus;
import org.openiomt.ble.profile.insulin.InsulinStatus.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.PumpStateHistory;
import org.openiomt.ble.profile.insulin.StatusChanged;
import org.openiomt.ble.profile.insulin.StatusChanged.Change;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterType;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Op;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.wire.MedicalFloat;

class VirtualInsulinPumpTest {
    private final ManualAir room = new ManualAir();
    private final VirtualInsulinPump pump = new VirtualInsulinPump(room.air, "pump-1");
    private final PumpClient client = new PumpClient(room, pump);

    private InsulinStatus status() {
        return client.central.read(VirtualInsulinPump.STATUS, InsulinStatus.codec(client.context));
    }

    // What it is

    @Test
    void itsFeaturesDecideHowEverythingElseIsRead() {
        InsulinFeatures features = client.central.read(VirtualInsulinPump.FEATURES, InsulinFeatures.CODEC);

        assertThat(features.features()).isEqualTo(EnumSet.allOf(Feature.class));
        assertThat(features.counter()).isEqualTo(1);
        assertThat(features.insulinConcentration()).isEqualTo(MedicalFloat.of(100, 0));
        assertThat(InsulinContext.of(features.e2e())).isEqualTo(pump.context());
        InsulinStatus status = status();
        assertThat(status.therapyControlState().known()).contains(TherapyControlState.STOP);
        assertThat(status.operationalState().known()).contains(OperationalState.READY);
        assertThat(status.reservoirUnits()).isEqualTo(MedicalFloat.of(300, 0));
        assertThat(status.isReservoirAttached()).isTrue();
    }

    @Test
    void theCountersOfAChannelGoUpAndBeginAnewWithTheNextConnection() {
        assertThat(status().check().counter()).hasValue(1);
        assertThat(status().check().counter()).hasValue(2);
        client.central.link.close();

        PumpClient next = new PumpClient(room, pump);

        assertThat(next.central
                        .read(VirtualInsulinPump.STATUS, InsulinStatus.codec(next.context))
                        .check()
                        .counter())
                .hasValue(1);
    }

    @Test
    void aCounterWrapsFrom255To1() {
        E2eCounter counter = new E2eCounter();
        List<E2eCounter.Outcome> outcomes = IntStream.range(0, 300)
                .mapToObj(i -> counter.accept(status().check()))
                .toList();

        assertThat(outcomes.subList(1, 300)).containsOnly(E2eCounter.Whole.NEXT);
    }

    // Protection of what is written

    @Test
    void aCommandThatIsSentTwiceIsObeyedOnce() {
        client.run();
        byte[] command = CommandMessage.codec(client.context)
                .encode(client.command(CommandCode.SET_BOLUS, bolus(Bolus.Type.FAST, "2.0", "0", 0)));
        client.central.ask(COMMAND, command);

        assertThat(client.central.refused(COMMAND, command)).isEqualTo(0x82);
        assertThat(client.boluses()).containsExactly(1);
    }

    @Test
    void aCommandWithoutTheRightProtectionIsRefused() {
        byte[] plain = CommandMessage.codec(InsulinContext.of(E2eContext.ABSENT))
                .encode(CommandMessage.of(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN)));
        byte[] wrong = CommandMessage.codec(client.context)
                .encode(client.command(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN)));
        wrong[2] = (byte) TherapyControlState.PAUSE.code();

        assertThat(client.central.refused(COMMAND, plain)).isEqualTo(0x80);
        assertThat(client.central.refused(COMMAND, wrong)).isEqualTo(0x81);
        assertThat(pump.therapy()).isEqualTo(TherapyControlState.STOP);
    }

    @Test
    void aLostCommandDoesNotStopTheNext() {
        client.next(COMMAND);
        client.next(COMMAND);

        client.run();
    }

    @Test
    void nothingIsAnsweredBeforeTheSubscriptions() {
        VirtualInsulinPump other = new VirtualInsulinPump(room.air, "pump-2", Set.of(Feature.BASAL_RATE));
        Central central = new Central(room, other.peripheral());

        assertThat(central.refused(COMMAND, new byte[] {0x5A, 0x0F, 0x55})).isEqualTo(0xFD);
        assertThat(central.refused(STATUS_READER, new byte[] {0x30, 0x03})).isEqualTo(0xFD);
        assertThat(central.refused(VirtualInsulinPump.RECORD_ACCESS, new byte[] {0x33, 0x33, 0x0F}))
                .isEqualTo(0xFD);
        central.listen(COMMAND);
        assertThat(central.refused(COMMAND, new byte[] {(byte) 0xAA, 0x0F, 1})).isEqualTo(0xFD);
        assertThat(other.therapy()).isEqualTo(TherapyControlState.STOP);
    }

    // Therapy

    @Test
    void theTherapyStartsAndSaysSoToWhoListens() {
        client.run();

        assertThat(client.central.heard(VirtualInsulinPump.STATUS, InsulinStatus.codec(client.context)))
                .extracting(status -> status.therapyControlState().known().orElseThrow())
                .containsExactly(TherapyControlState.RUN);
        assertThat(client.central
                        .heard(VirtualInsulinPump.STATUS_CHANGED, StatusChanged.codec(client.context))
                        .get(0)
                        .changes())
                .contains(Change.THERAPY_CONTROL_STATE, Change.ACTIVE_BASAL_RATE, Change.HISTORY_EVENT_RECORDED);
    }

    @Test
    void aChangeStaysUntilItIsReset() {
        client.run();
        StatusReaderMessage answer =
                client.ask(Op.RESET_STATUS, new StatusReaderMessage.Reset(Set.of(Change.THERAPY_CONTROL_STATE)));

        assertThat(((StatusReaderMessage.Response) answer.body()).result().known())
                .contains(InsulinResult.SUCCESS);
        assertThat(client.central
                        .read(VirtualInsulinPump.STATUS_CHANGED, StatusChanged.codec(client.context))
                        .changes())
                .doesNotContain(Change.THERAPY_CONTROL_STATE)
                .contains(Change.HISTORY_EVENT_RECORDED);
    }

    @Test
    void withoutAReservoirNothingRuns() {
        pump.detachReservoir();

        assertThat(result(client.ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        assertThat(status().isReservoirAttached()).isFalse();
        pump.fill(200);
        client.run();
    }

    @Test
    void anUndeterminedOrUnknownStateIsNone() {
        for (int code : new int[] {TherapyControlState.UNDETERMINED.code(), 0x99}) {
            assertThat(result(client.ask(
                            CommandCode.SET_THERAPY_CONTROL_STATE,
                            new Therapy(new Coded<>(TherapyControlState.class, code)))))
                    .isEqualTo(InsulinResult.INVALID_OPERAND);
        }
    }

    @Test
    void theBasalRateFollowsTheProfileOfTheDay() {
        client.run();
        room.clock.advance(Duration.ofHours(8));

        StatusReaderMessage.ActiveBasalRate rate =
                (StatusReaderMessage.ActiveBasalRate) client.ask(Op.GET_ACTIVE_BASAL_RATE_DELIVERY);
        assertThat(rate.template()).isEqualTo(1);
        assertThat(rate.rateUnitsPerHour().toBigDecimal()).isEqualByComparingTo("1.2");
        StatusReaderMessage.DeliveredInsulin sums =
                (StatusReaderMessage.DeliveredInsulin) client.ask(Op.GET_DELIVERED_INSULIN);
        assertThat(sums.basalUnits().toBigDecimal()).isEqualByComparingTo("7.2");
        assertThat(sums.bolusUnits().toBigDecimal()).isEqualByComparingTo("0");
        assertThat(pump.reservoir()).isEqualByComparingTo("292.8");
    }

    @Test
    void theSumsOfADayEndAtMidnight() {
        client.run();
        client.set(bolus(Bolus.Type.FAST, "3.0", "0", 0));
        room.clock.advance(Duration.ofHours(25));

        StatusReaderMessage.DailyInsulin today =
                (StatusReaderMessage.DailyInsulin) client.ask(Op.GET_TOTAL_DAILY_INSULIN_STATUS);
        assertThat(today.bolusUnits().toBigDecimal()).isEqualByComparingTo("0");
        assertThat(today.basalUnits().toBigDecimal()).isEqualByComparingTo("0.8");
        List<HistoryEvent> days = client.events(HistoryEventType.TOTAL_DAILY_INSULIN);
        assertThat(days).hasSize(1);
        PumpStateHistory.DailyTotal day =
                (PumpStateHistory.DailyTotal) days.get(0).data();
        assertThat(day.day()).isEqualTo(1);
        assertThat(day.bolusUnits().toBigDecimal()).isEqualByComparingTo("3");
        assertThat(day.basalUnits().toBigDecimal()).isBetween(new BigDecimal("24.5"), new BigDecimal("24.6"));
    }

    @Test
    void whenTheReservoirIsEmptyTheTherapyStopsAndItSaysSo() {
        pump.fill(21);
        client.run();
        room.clock.advance(Duration.ofHours(2));
        AnnunciationState low =
                client.central.read(VirtualInsulinPump.ANNUNCIATION, AnnunciationState.codec(client.context));
        assertThat(low.annunciation().orElseThrow().type().known()).contains(AnnunciationState.Type.RESERVOIR_LOW);

        room.clock.advance(Duration.ofHours(24));

        assertThat(pump.therapy()).isEqualTo(TherapyControlState.STOP);
        assertThat(pump.reservoir()).isEqualByComparingTo("0");
        AnnunciationState empty =
                client.central.read(VirtualInsulinPump.ANNUNCIATION, AnnunciationState.codec(client.context));
        assertThat(empty.annunciation().orElseThrow().type().known()).contains(AnnunciationState.Type.RESERVOIR_EMPTY);
    }

    // Annunciations, reservoir, the rest

    @Test
    void anAnnunciationIsSnoozedAndConfirmed() {
        int id = pump.annunciate(AnnunciationState.Type.OCCLUSION_DETECTED);

        assertThat(client.ask(CommandCode.SNOOZE_ANNUNCIATION, new Instance(id))
                        .opCode()
                        .known())
                .contains(CommandCode.SNOOZED_ANNUNCIATION);
        assertThat(client.ask(CommandCode.CONFIRM_ANNUNCIATION, new Instance(id))
                        .opCode()
                        .known())
                .contains(CommandCode.CONFIRMED_ANNUNCIATION);
        assertThat(result(client.ask(CommandCode.CONFIRM_ANNUNCIATION, new Instance(id))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
        assertThat(result(client.ask(CommandCode.CONFIRM_ANNUNCIATION, new Instance(id + 1))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);

        assertThat(client.central.heard(VirtualInsulinPump.ANNUNCIATION, AnnunciationState.codec(client.context)))
                .extracting(state ->
                        state.annunciation().orElseThrow().status().known().orElseThrow())
                .containsExactly(
                        AnnunciationState.Status.PENDING,
                        AnnunciationState.Status.SNOOZED,
                        AnnunciationState.Status.CONFIRMED);
    }

    @Test
    void primingIsForAStoppedPump() {
        assertThat(result(client.ask(CommandCode.STOP_PRIMING))).isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        assertThat(result(client.ask(CommandCode.START_PRIMING, new InsulinAmount(units("10")))))
                .isEqualTo(InsulinResult.SUCCESS);
        assertThat(status().operationalState().known()).contains(OperationalState.PRIMING);
        assertThat(result(client.ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        room.clock.advance(Duration.ofMinutes(1));

        assertThat(status().operationalState().known()).contains(OperationalState.READY);
        assertThat(pump.reservoir()).isEqualByComparingTo("290");
        client.run();
        assertThat(result(client.ask(CommandCode.START_PRIMING, new InsulinAmount(units("10")))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    @Test
    void theCountersOfThePumpGoOnAndAreReset() {
        room.clock.advance(Duration.ofHours(3));
        assertThat(minutes(CounterType.RESERVOIR_INSULIN_OPERATION_TIME, CounterValueSelection.ELAPSED))
                .isEqualTo(180);
        assertThat(minutes(CounterType.LIFETIME, CounterValueSelection.REMAINING))
                .isEqualTo(4 * 365 * 1440 - 180);

        client.ask(CommandCode.RESET_RESERVOIR_INSULIN_OPERATION_TIME);

        assertThat(minutes(CounterType.RESERVOIR_INSULIN_OPERATION_TIME, CounterValueSelection.ELAPSED))
                .isZero();
    }

    private int minutes(CounterType type, CounterValueSelection selection) {
        StatusReaderMessage answer =
                client.ask(Op.GET_COUNTER, new StatusReaderMessage.CounterQuery(Coded.of(type), Coded.of(selection)));
        return ((StatusReaderMessage.Counter) answer.body()).minutes();
    }

    @Test
    void inFlightModeItIsGoneUntilItWakesUp() {
        assertThat(result(client.ask(CommandCode.SET_FLIGHT_MODE))).isEqualTo(InsulinResult.SUCCESS);

        assertThat(client.central.link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(pump.peripheral().discovery()).isEmpty();
        pump.wakeUp();
        assertThat(pump.peripheral().discovery()).isPresent();
    }

    @Test
    void itFailsWhenItIsTold() {
        pump.failNextCommand();
        assertThat(result(client.ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_COMPLETED);
        assertThat(pump.therapy()).isEqualTo(TherapyControlState.STOP);
        pump.refuseNextCommand(0x0E);

        assertThat(client.central.refused(COMMAND, new byte[] {1, 2})).isEqualTo(0x0E);
        client.run();
    }

    @Test
    void aPumpWithoutFeaturesKnowsNoProtectionAndNoTherapyButItsState() {
        VirtualInsulinPump other = new VirtualInsulinPump(room.air, "pump-2", Set.of());
        PumpClient plain = new PumpClient(room, other);
        assertThat(plain.context.e2e()).isEqualTo(E2eContext.ABSENT);
        for (CommandCode code : List.of(
                CommandCode.CANCEL_TBR_ADJUSTMENT,
                CommandCode.GET_AVAILABLE_BOLUSES,
                CommandCode.GET_MAX_BOLUS_AMOUNT)) {
            assertThat(result(plain.ask(code))).isEqualTo(InsulinResult.OP_CODE_NOT_SUPPORTED);
        }
        assertThat(result(plain.ask(CommandCode.READ_BASAL_RATE_PROFILE, new Template(1))))
                .isEqualTo(InsulinResult.OP_CODE_NOT_SUPPORTED);
        assertThat(((StatusReaderMessage.Response) plain.ask(Op.GET_INSULIN_ON_BOARD))
                        .result()
                        .known())
                .contains(InsulinResult.OP_CODE_NOT_SUPPORTED);
        assertThat(result(plain.ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN))))
                .isEqualTo(InsulinResult.SUCCESS);
        // an answer, an unknown code, and none at all
        assertThat(plain.central.ask(COMMAND, new byte[] {0x77, 0x11, 1, 0}))
                .containsExactly(0x55, 0x0F, 0x77, 0x11, 0x70);
        assertThat(plain.central.ask(COMMAND, new byte[] {1, 2})).containsExactly(0x55, 0x0F, 1, 2, 0x70);
        assertThat(plain.central.ask(COMMAND, new byte[] {1})).containsExactly(0x55, 0x0F, 0, 0, 0x71);
        // an operand that is cut short, and one with a tail
        assertThat(plain.central.ask(COMMAND, new byte[] {0x5A, 0x0F})).containsExactly(0x55, 0x0F, 0x5A, 0x0F, 0x71);
        assertThat(plain.central.ask(COMMAND, new byte[] {0x5A, 0x0F, 0x33, 0}))
                .containsExactly(0x55, 0x0F, 0x5A, 0x0F, 0x71);
        assertThat(other.therapy()).isEqualTo(TherapyControlState.RUN);
    }

    // History

    private InsulinRecordAccess select(
            InsulinRecordAccess.OpCode opCode,
            InsulinRecordAccess.Operator operator,
            InsulinRecordAccess.Filter filter,
            OptionalLong from,
            OptionalLong to) {
        return InsulinRecordAccess.of(opCode, operator, new Selection(Coded.of(filter), from, to));
    }

    private static InsulinRecordAccess.Result ended(InsulinRecordAccess answer) {
        return ((InsulinRecordAccess.Response) answer.body()).result().known().orElseThrow();
    }

    @Test
    void theHistoryIsAskedForByNumberAndByWhatItIsAmong() {
        client.run();
        client.set(bolus(Bolus.Type.FAST, "1", "0", 0));
        room.clock.advance(Duration.ofMinutes(2));
        int all = pump.events();

        assertThat(ended(client.ask(InsulinRecordAccess.reportAll()))).isEqualTo(InsulinRecordAccess.Result.SUCCESS);
        List<HistoryEvent> events = client.history();
        assertThat(events).hasSize(all);
        assertThat(events)
                .extracting(event -> event.sequenceNumber().orElseThrow())
                .isEqualTo(LongStream.range(0, all).boxed().toList());
        E2eCounter counter = new E2eCounter();
        events.forEach(event -> assertThat(counter.accept(event.check())).isInstanceOf(E2eCounter.Whole.class));

        client.ask(select(
                InsulinRecordAccess.OpCode.REPORT,
                InsulinRecordAccess.Operator.FIRST,
                InsulinRecordAccess.Filter.REFERENCE_TIMES,
                OptionalLong.empty(),
                OptionalLong.empty()));
        assertThat(client.history())
                .extracting(event -> event.type().known().orElseThrow())
                .containsExactly(HistoryEventType.REFERENCE_TIME);
        client.ask(select(
                InsulinRecordAccess.OpCode.REPORT,
                InsulinRecordAccess.Operator.WITHIN,
                InsulinRecordAccess.Filter.OTHERS,
                OptionalLong.of(0),
                OptionalLong.of(2)));
        assertThat(client.history())
                .extracting(event -> event.sequenceNumber().orElseThrow())
                .containsExactly(1L, 2L);
        InsulinRecordAccess count = client.ask(select(
                InsulinRecordAccess.OpCode.COUNT,
                InsulinRecordAccess.Operator.AT_LEAST,
                InsulinRecordAccess.Filter.SEQUENCE_NUMBER,
                OptionalLong.of(1),
                OptionalLong.empty()));
        assertThat(count.body()).isEqualTo(new InsulinRecordAccess.Count(all - 1));
    }

    @Test
    void theHistoryRefusesWhatItCannotDo() {
        assertThat(ended(client.ask(select(
                        InsulinRecordAccess.OpCode.DELETE,
                        InsulinRecordAccess.Operator.ALL,
                        InsulinRecordAccess.Filter.SEQUENCE_NUMBER,
                        OptionalLong.empty(),
                        OptionalLong.empty()))))
                .isEqualTo(InsulinRecordAccess.Result.OP_CODE_NOT_SUPPORTED);
        assertThat(ended(client.ask(InsulinRecordAccess.reportFrom(1_000))))
                .isEqualTo(InsulinRecordAccess.Result.NO_RECORDS_FOUND);
        assertThat(ended(client.ask(select(
                        InsulinRecordAccess.OpCode.REPORT,
                        InsulinRecordAccess.Operator.WITHIN,
                        InsulinRecordAccess.Filter.SEQUENCE_NUMBER,
                        OptionalLong.of(5),
                        OptionalLong.of(1)))))
                .isEqualTo(InsulinRecordAccess.Result.INVALID_OPERAND);
        assertThat(ended(client.ask(select(
                        InsulinRecordAccess.OpCode.REPORT,
                        InsulinRecordAccess.Operator.NULL,
                        InsulinRecordAccess.Filter.SEQUENCE_NUMBER,
                        OptionalLong.empty(),
                        OptionalLong.empty()))))
                .isEqualTo(InsulinRecordAccess.Result.INVALID_OPERATOR);
        assertThat(ended(client.ask(InsulinRecordAccess.abort()))).isEqualTo(InsulinRecordAccess.Result.SUCCESS);
    }

    @Test
    void aReferenceTimeComesBeforeTheSecondsOverflow() {
        room.clock.advance(Duration.ofHours(20));
        client.run();

        List<HistoryEvent> times = client.events(HistoryEventType.REFERENCE_TIME);
        assertThat(times).hasSize(2);
        assertThat(client.events(HistoryEventType.THERAPY_CONTROL_STATE_CHANGED)
                        .get(0)
                        .offsetSeconds())
                .isZero();
    }

    @Test
    void aPumpWithoutAClockSaysThatItHasLostItsTime() {
        pump.withoutClock();
        pump.recordTime();

        List<HistoryEvent> times = client.events(HistoryEventType.REFERENCE_TIME);
        ClockHistory.ReferenceTime lost =
                (ClockHistory.ReferenceTime) times.get(1).data();
        assertThat(lost.dateTime().isComplete()).isFalse();
    }

    @Test
    void atFullResolutionAmountsFitTheirOctets() {
        assertThat(PumpDelivery.amount(new BigDecimal("20.469"))).isEqualTo(MedicalFloat.of(204, -1));
        assertThat(PumpDelivery.amount(new BigDecimal("20.45"))).isEqualTo(MedicalFloat.of(2045, -2));
        assertThat(PumpDelivery.amount(new BigDecimal("300"))).isEqualTo(MedicalFloat.of(300, 0));
        assertThat(PumpDelivery.amount(BigDecimal.ZERO)).isEqualTo(MedicalFloat.of(0, -2));
    }
}
