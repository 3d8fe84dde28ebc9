package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.PumpClient.bolus;
import static org.openiomt.ble.virtual.PumpClient.rate;
import static org.openiomt.ble.virtual.PumpClient.result;
import static org.openiomt.ble.virtual.PumpClient.state;
import static org.openiomt.ble.virtual.PumpClient.units;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.insulin.BasalRateHistory;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusDetails;
import org.openiomt.ble.profile.insulin.BolusHistory;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandData;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.CommandMessage.AvailableBoluses;
import org.openiomt.ble.profile.insulin.CommandMessage.BolusTemplate;
import org.openiomt.ble.profile.insulin.CommandMessage.Instance;
import org.openiomt.ble.profile.insulin.CommandMessage.SetBolus;
import org.openiomt.ble.profile.insulin.CommandMessage.Template;
import org.openiomt.ble.profile.insulin.CommandMessage.Templates;
import org.openiomt.ble.profile.insulin.CommandMessage.WriteBlocks;
import org.openiomt.ble.profile.insulin.CommandMessage.Wrote;
import org.openiomt.ble.profile.insulin.HistoryData.EndReason;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinAmount;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Op;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.ble.profile.insulin.TemporaryRateTemplate;
import org.openiomt.ble.profile.insulin.TimeBlock;
import org.openiomt.ble.testing.ManualAir;

class VirtualInsulinPumpDeliveryTest {
    private final ManualAir room = new ManualAir();
    private final VirtualInsulinPump pump = new VirtualInsulinPump(room.air, "pump-1");
    private final PumpClient client = new PumpClient(room, pump);

    // Bolus

    @Test
    void aFastBolusIsDeliveredAndRecorded() {
        client.run();
        int id = client.set(bolus(Bolus.Type.FAST, "2.5", "0", 0));
        assertThat(client.boluses()).containsExactly(id);
        room.clock.advance(Duration.ofMinutes(3));

        assertThat(client.boluses()).isEmpty();
        BolusHistory.BolusAmounts delivered = (BolusHistory.BolusAmounts)
                client.events(HistoryEventType.BOLUS_DELIVERED_1).get(0).data();
        assertThat(delivered.bolusId()).isEqualTo(id);
        assertThat(delivered.bolus().fastUnits().toBigDecimal()).isEqualByComparingTo("2.5");
        BolusHistory.Delivered how = (BolusHistory.Delivered)
                client.events(HistoryEventType.BOLUS_DELIVERED_2).get(0).data();
        assertThat(how.endReason().orElseThrow().known()).contains(EndReason.PROGRAMMED_DURATION_OVER);
        StatusReaderMessage.DeliveredInsulin sums =
                (StatusReaderMessage.DeliveredInsulin) client.ask(Op.GET_DELIVERED_INSULIN);
        assertThat(sums.bolusUnits().toBigDecimal()).isEqualByComparingTo("2.5");
    }

    @Test
    void aBolusIsToldAsProgrammedDeliveredAndRemaining() {
        client.run();
        int id = client.set(bolus(Bolus.Type.MULTIWAVE, "4.0", "6.0", 60));
        room.clock.advance(Duration.ofMinutes(10).minusSeconds(2));

        assertThat(amounts(id, BolusValueSelection.PROGRAMMED)).containsExactly("4.00", "6.00");
        room.clock.advance(Duration.ofMinutes(20).minusSeconds(4));
        assertThat(amounts(id, BolusValueSelection.DELIVERED)).containsExactly("4.00", "2.99");
        assertThat(amounts(id, BolusValueSelection.REMAINING)).containsExactly("0.00", "3.00");
    }

    private List<String> amounts(int id, BolusValueSelection selection) {
        StatusReaderMessage answer =
                client.ask(Op.GET_ACTIVE_BOLUS_DELIVERY, new StatusReaderMessage.BolusQuery(id, Coded.of(selection)));
        Bolus bolus = ((StatusReaderMessage.ActiveBolus) answer.body()).bolus();
        return List.of(bolus.fastUnits().toString(), bolus.extendedUnits().toString());
    }

    @Test
    void aCanceledBolusKeepsWhatWasDelivered() {
        client.run();
        int id = client.set(bolus(Bolus.Type.EXTENDED, "0", "6.0", 60));
        room.clock.advance(Duration.ofMinutes(30).minusSeconds(2));

        CommandMessage answer = client.ask(CommandCode.CANCEL_BOLUS, new Instance(id));

        assertThat(answer.opCode().known()).contains(CommandCode.BOLUS_CANCELED);
        assertThat(answer.body()).isEqualTo(new Instance(id));
        BolusHistory.BolusAmounts delivered = (BolusHistory.BolusAmounts)
                client.events(HistoryEventType.BOLUS_DELIVERED_1).get(0).data();
        assertThat(delivered.bolus().extendedUnits().toBigDecimal()).isEqualByComparingTo("3");
        assertThat(delivered.bolus().durationMinutes()).isEqualTo(30);
        assertThat(result(client.ask(CommandCode.CANCEL_BOLUS, new Instance(id))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
    }

    @Test
    void stoppingTheTherapyCancelsBolusAndTemporaryRate() {
        client.run();
        client.set(bolus(Bolus.Type.EXTENDED, "0", "6.0", 60));
        client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(false, TemporaryRate.Type.RELATIVE, "1.5", 60));

        client.ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.PAUSE));

        assertThat(client.boluses()).isEmpty();
        assertThat(client.events(HistoryEventType.TBR_ENDED)).hasSize(1);
        assertThat(pump.therapy()).isEqualTo(TherapyControlState.PAUSE);
    }

    @Test
    void aDelayedBolusWaits() {
        client.run();
        int id = client.set(new SetBolus(
                new Bolus(Coded.of(Bolus.Type.FAST), units("2"), units("0"), 0),
                new BolusDetails(OptionalInt.of(30), OptionalInt.empty(), Optional.empty(), Set.of())));
        room.clock.advance(Duration.ofMinutes(20));
        assertThat(amounts(id, BolusValueSelection.DELIVERED)).containsExactly("0.00", "0.00");

        room.clock.advance(Duration.ofMinutes(15));

        BolusHistory.Delivered how = (BolusHistory.Delivered)
                client.events(HistoryEventType.BOLUS_DELIVERED_2).get(0).data();
        assertThat(how.startOffsetSeconds()).isEqualTo(1_800);
    }

    @ParameterizedTest
    @CsvSource({
        "FAST, 25.1, 0, 0, PARAMETER_OUT_OF_RANGE",
        "FAST, NaN, 0, 0, PARAMETER_OUT_OF_RANGE",
        "FAST, -1, 0, 0, PARAMETER_OUT_OF_RANGE",
        "FAST, 0, 0, 0, PLAUSIBILITY_CHECK_FAILED",
        "FAST, 1, 0, 30, PLAUSIBILITY_CHECK_FAILED",
        "FAST, 1, 1, 0, PLAUSIBILITY_CHECK_FAILED",
        "EXTENDED, 0, 1, 0, PLAUSIBILITY_CHECK_FAILED",
        "EXTENDED, 0, 1, 1441, PARAMETER_OUT_OF_RANGE",
        "MULTIWAVE, 1, 0, 30, PLAUSIBILITY_CHECK_FAILED",
        "MULTIWAVE, 20, 10, 30, PARAMETER_OUT_OF_RANGE",
        "UNDETERMINED, 1, 0, 0, INVALID_OPERAND"
    })
    void aBolusThatMakesNoSenseIsRefused(
            Bolus.Type type, String fast, String extended, int minutes, InsulinResult why) {
        client.run();

        assertThat(result(client.ask(CommandCode.SET_BOLUS, bolus(type, fast, extended, minutes))))
                .isEqualTo(why);
        assertThat(client.boluses()).isEmpty();
    }

    @Test
    void aBolusNeedsARunningTherapyAndEnoughInsulin() {
        assertThat(result(client.ask(CommandCode.SET_BOLUS, bolus(Bolus.Type.FAST, "1", "0", 0))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        pump.fill(5);
        client.run();

        assertThat(result(client.ask(CommandCode.SET_BOLUS, bolus(Bolus.Type.FAST, "6", "0", 0))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    @Test
    void oneBolusOfATypeRunsAtATime() {
        client.run();
        assertThat(((AvailableBoluses)
                                client.ask(CommandCode.GET_AVAILABLE_BOLUSES).body())
                        .kinds())
                .isEqualTo(EnumSet.allOf(AvailableBoluses.Kind.class));
        client.set(bolus(Bolus.Type.EXTENDED, "0", "6.0", 60));

        assertThat(result(client.ask(CommandCode.SET_BOLUS, bolus(Bolus.Type.EXTENDED, "0", "1", 30))))
                .isEqualTo(InsulinResult.MAXIMUM_BOLUS_NUMBER_REACHED);
        assertThat(((AvailableBoluses)
                                client.ask(CommandCode.GET_AVAILABLE_BOLUSES).body())
                        .kinds())
                .containsExactly(AvailableBoluses.Kind.FAST, AvailableBoluses.Kind.MULTIWAVE);
    }

    @Test
    void theMostThatABolusMayBeIsSet() {
        client.run();
        assertThat(result(client.ask(CommandCode.SET_MAX_BOLUS_AMOUNT, new InsulinAmount(units("51")))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
        assertThat(result(client.ask(CommandCode.SET_MAX_BOLUS_AMOUNT, new InsulinAmount(units("5.0")))))
                .isEqualTo(InsulinResult.SUCCESS);

        assertThat(((InsulinAmount) client.ask(CommandCode.GET_MAX_BOLUS_AMOUNT).body())
                        .units()
                        .toBigDecimal())
                .isEqualByComparingTo("5");
        assertThat(result(client.ask(CommandCode.SET_BOLUS, bolus(Bolus.Type.FAST, "5.1", "0", 0))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
    }

    @Test
    void theInsulinOnBoardFades() {
        client.run();
        client.set(bolus(Bolus.Type.FAST, "4.0", "0", 0));
        room.clock.advance(Duration.ofMinutes(122));

        StatusReaderMessage.InsulinOnBoard half =
                (StatusReaderMessage.InsulinOnBoard) client.ask(Op.GET_INSULIN_ON_BOARD);
        assertThat(half.units().toBigDecimal()).isBetween(new BigDecimal("1.9"), new BigDecimal("2.1"));
        room.clock.advance(Duration.ofHours(4));
        assertThat(((StatusReaderMessage.InsulinOnBoard) client.ask(Op.GET_INSULIN_ON_BOARD))
                        .units()
                        .toBigDecimal())
                .isEqualByComparingTo("0");
    }

    // Temporary basal rate

    @Test
    void aTemporaryRateChangesTheBasalRateForItsTime() {
        client.run();
        assertThat(result(client.ask(
                        CommandCode.SET_TBR_ADJUSTMENT, rate(false, TemporaryRate.Type.RELATIVE, "0.5", 60))))
                .isEqualTo(InsulinResult.SUCCESS);
        StatusReaderMessage.ActiveBasalRate rate =
                (StatusReaderMessage.ActiveBasalRate) client.ask(Op.GET_ACTIVE_BASAL_RATE_DELIVERY);
        assertThat(rate.tbr().orElseThrow().adjustment().toBigDecimal()).isEqualByComparingTo("0.5");
        assertThat(rate.remainingMinutes()).hasValue(59);
        room.clock.advance(Duration.ofHours(2));

        rate = (StatusReaderMessage.ActiveBasalRate) client.ask(Op.GET_ACTIVE_BASAL_RATE_DELIVERY);
        assertThat(rate.tbr()).isEmpty();
        assertThat(client.events(HistoryEventType.TBR_ENDED))
                .extracting(event -> ((BasalRateHistory.TemporaryRateEnded) event.data()).effectiveMinutes())
                .containsExactly(60);
        StatusReaderMessage.DeliveredInsulin sums =
                (StatusReaderMessage.DeliveredInsulin) client.ask(Op.GET_DELIVERED_INSULIN);
        assertThat(sums.basalUnits().toBigDecimal()).isBetween(new BigDecimal("1.19"), new BigDecimal("1.21"));
    }

    @Test
    void aTemporaryRateIsReplacedOnlyWhenTheCommandSaysSo() {
        client.run();
        assertThat(result(client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(true, TemporaryRate.Type.ABSOLUTE, "2", 30))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(false, TemporaryRate.Type.ABSOLUTE, "2", 30));
        assertThat(result(
                        client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(false, TemporaryRate.Type.ABSOLUTE, "3", 30))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);

        assertThat(result(client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(true, TemporaryRate.Type.ABSOLUTE, "3", 60))))
                .isEqualTo(InsulinResult.SUCCESS);
        room.clock.advance(Duration.ofMinutes(40));

        assertThat(((StatusReaderMessage.ActiveBasalRate) client.ask(Op.GET_ACTIVE_BASAL_RATE_DELIVERY)).tbr())
                .isPresent();
        assertThat(client.events(HistoryEventType.TBR_CHANGED)).hasSize(1);
        assertThat(result(client.ask(CommandCode.CANCEL_TBR_ADJUSTMENT))).isEqualTo(InsulinResult.SUCCESS);
        assertThat(result(client.ask(CommandCode.CANCEL_TBR_ADJUSTMENT)))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "ABSOLUTE, 10.1, 60, PARAMETER_OUT_OF_RANGE",
        "RELATIVE, 2.6, 60, PARAMETER_OUT_OF_RANGE",
        "RELATIVE, 1.5, 0, PARAMETER_OUT_OF_RANGE",
        "RELATIVE, 1.5, 1441, PARAMETER_OUT_OF_RANGE",
        "ABSOLUTE, NRes, 60, PARAMETER_OUT_OF_RANGE",
        "UNDETERMINED, 1, 60, INVALID_OPERAND"
    })
    void aTemporaryRateBeyondItsLimitsIsRefused(
            TemporaryRate.Type type, String adjustment, int minutes, InsulinResult why) {
        client.run();

        assertThat(result(client.ask(CommandCode.SET_TBR_ADJUSTMENT, rate(false, type, adjustment, minutes))))
                .isEqualTo(why);
    }

    // Templates

    private static List<TimeBlock> blocks(int... minutes) {
        return Arrays.stream(minutes)
                .mapToObj(each -> new TimeBlock(each, units("1.5"), Optional.empty()))
                .toList();
    }

    @Test
    void aProfileIsReadInSeveralNotificationsBehindWhichTheAnswerComes() {
        client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(false, 2, 1, blocks(60, 60, 60)));
        CommandMessage wrote =
                client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 2, 4, blocks(1260)));
        assertThat(wrote.opCode().known()).contains(CommandCode.WROTE_BASAL_RATE_PROFILE);
        assertThat(wrote.body()).isEqualTo(new Wrote(true, 2, 4));

        assertThat(result(client.ask(CommandCode.READ_BASAL_RATE_PROFILE, new Template(2))))
                .isEqualTo(InsulinResult.SUCCESS);

        assertThat(client.data())
                .extracting(CommandData::body)
                .containsExactly(
                        new CommandData.Blocks(2, 1, blocks(60, 60, 60)), new CommandData.Blocks(2, 4, blocks(1260)));
        assertThat(client.events(HistoryEventType.BASAL_RATE_BLOCK_CHANGED)).hasSize(4);
    }

    @Test
    void aProfileThatDoesNotFillADayIsRefusedAndTheOldOneStays() {
        assertThat(result(client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 1, 1, blocks(60)))))
                .isEqualTo(InsulinResult.PLAUSIBILITY_CHECK_FAILED);
        assertThat(result(client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 1, 4, blocks(60)))))
                .isEqualTo(InsulinResult.INVALID_OPERAND);
        assertThat(result(client.ask(
                        CommandCode.WRITE_BASAL_RATE_PROFILE,
                        new WriteBlocks(true, 1, 1, List.of(new TimeBlock(1440, units("11"), Optional.empty()))))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
        assertThat(result(client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 9, 1, blocks(1440)))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);

        client.ask(CommandCode.READ_BASAL_RATE_PROFILE, new Template(1));
        assertThat(((CommandData.Blocks) client.data().get(0).body()).blocks())
                .extracting(TimeBlock::durationMinutes)
                .containsExactly(360, 720, 360);
    }

    @Test
    void theProfileInUseIsNotChangedWhileItRuns() {
        client.run();

        assertThat(result(client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 1, 1, blocks(1440)))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    @Test
    void anotherProfileIsWrittenAndActivated() {
        client.run();
        assertThat(result(client.ask(CommandCode.ACTIVATE_PROFILE_TEMPLATES, new Templates(List.of(3)))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        client.ask(CommandCode.WRITE_BASAL_RATE_PROFILE, new WriteBlocks(true, 3, 1, blocks(1440)));
        client.ask(
                CommandCode.WRITE_TARGET_RANGE_PROFILE,
                new WriteBlocks(true, 8, 1, List.of(new TimeBlock(1440, units("80"), Optional.of(units("140"))))));

        CommandMessage answer = client.ask(CommandCode.ACTIVATE_PROFILE_TEMPLATES, new Templates(List.of(3, 8)));

        assertThat(answer.opCode().known()).contains(CommandCode.PROFILE_TEMPLATES_ACTIVATED);
        assertThat(client.ask(CommandCode.GET_ACTIVATED_PROFILE_TEMPLATES).body())
                .isEqualTo(new Templates(List.of(3, 8)));
        assertThat(((StatusReaderMessage.ActiveBasalRate) client.ask(Op.GET_ACTIVE_BASAL_RATE_DELIVERY))
                        .rateUnitsPerHour()
                        .toBigDecimal())
                .isEqualByComparingTo("1.5");
        assertThat(result(client.ask(CommandCode.ACTIVATE_PROFILE_TEMPLATES, new Templates(List.of(1, 3)))))
                .isEqualTo(InsulinResult.PLAUSIBILITY_CHECK_FAILED);
        assertThat(result(client.ask(CommandCode.RESET_TEMPLATE_STATUS, new Templates(List.of(3)))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);
        assertThat(client.ask(CommandCode.RESET_TEMPLATE_STATUS, new Templates(List.of(1)))
                        .opCode()
                        .known())
                .contains(CommandCode.TEMPLATE_STATUS_RESET);
    }

    @Test
    void aTargetRangeThatIsUpsideDownIsRefused() {
        assertThat(result(client.ask(
                        CommandCode.WRITE_TARGET_RANGE_PROFILE,
                        new WriteBlocks(
                                true, 8, 1, List.of(new TimeBlock(1440, units("140"), Optional.of(units("80"))))))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
    }

    @Test
    void templatesOfRatesAndBolusesAreKeptAndTold() {
        TemporaryRateTemplate rate = new TemporaryRateTemplate(
                10, new TemporaryRate(Coded.of(TemporaryRate.Type.RELATIVE), units("1.5"), 120));
        BolusTemplate bolus = new BolusTemplate(
                12,
                new Bolus(Coded.of(Bolus.Type.FAST), units("3"), units("0"), 0),
                OptionalInt.of(15),
                Set.of(BolusDetails.Reason.MEAL));
        assertThat(result(client.ask(CommandCode.GET_TBR_TEMPLATE, new Template(10))))
                .isEqualTo(InsulinResult.PROCEDURE_NOT_APPLICABLE);

        assertThat(client.ask(CommandCode.SET_TBR_TEMPLATE, rate).body()).isEqualTo(new Template(10));
        assertThat(client.ask(CommandCode.SET_BOLUS_TEMPLATE, bolus).body()).isEqualTo(new Template(12));

        assertThat(client.ask(CommandCode.GET_TBR_TEMPLATE, new Template(10)).body())
                .isEqualTo(rate);
        assertThat(client.ask(CommandCode.GET_BOLUS_TEMPLATE, new Template(12)).body())
                .isEqualTo(bolus);
        assertThat(result(client.ask(CommandCode.GET_BOLUS_TEMPLATE, new Template(10))))
                .isEqualTo(InsulinResult.PARAMETER_OUT_OF_RANGE);
        assertThat(result(client.ask(CommandCode.GET_TEMPLATE_STATUS_AND_DETAILS)))
                .isEqualTo(InsulinResult.SUCCESS);
        assertThat(client.data()).hasSize(6).allMatch(each -> each.body() instanceof CommandData.TemplateStatus);
    }
}
