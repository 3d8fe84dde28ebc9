package org.openiomt.ble.profile.insulin;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.floats;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.ClockHistory.RecordingReason;
import org.openiomt.ble.profile.insulin.CommandData.TemplateType;
import org.openiomt.ble.profile.insulin.HistoryData.EndReason;
import org.openiomt.ble.profile.insulin.InsulinStatus.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.PumpStateHistory.PrimingEnd;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterType;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterValueSelection;
import org.openiomt.ble.profile.insulin.TemplateHistory.ProfileTemplateType;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/** Each characteristic when protection is not known and when it is promised. */
class InsulinPropertyTest extends Laws {
    private static final InsulinContext PROTECTED = InsulinContext.of(E2eContext.PRESENT);

    private static final Arbitrary<Integer> OCTET = Arbitraries.integers().between(0, 0xFF);
    private static final Arbitrary<Integer> TWO = Arbitraries.integers().between(0, 0xFFFF);
    private static final Arbitrary<Long> FOUR = Arbitraries.longs().between(0, 0xFFFFFFFFL);
    private static final Arbitrary<E2eCheck> SOUND = OCTET.map(E2eCheck::sound);
    private static final Arbitrary<E2eCheck> ANY = Arbitraries.oneOf(Arbitraries.just(E2eCheck.none()), SOUND);

    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(InsulinFeatures.CODEC, features(), false), // the check sum at the front covers a tail too
                law(StatusChanged.CODEC, ANY, InsulinPropertyTest::statusChanged),
                law(InsulinStatus.CODEC, ANY, InsulinPropertyTest::status),
                law(AnnunciationState.CODEC, ANY, InsulinPropertyTest::annunciation),
                law(StatusReaderMessage.CODEC, ANY, InsulinPropertyTest::statusReader),
                law(CommandMessage.CODEC, ANY, InsulinPropertyTest::command),
                law(CommandData.CODEC, ANY, InsulinPropertyTest::commandData),
                law(InsulinRecordAccess.CODEC, ANY, InsulinPropertyTest::recordAccess),
                law(HistoryEvent.CODEC, ANY, InsulinPropertyTest::history),
                guarded(StatusChanged.codec(PROTECTED), InsulinPropertyTest::statusChanged),
                guarded(InsulinStatus.codec(PROTECTED), InsulinPropertyTest::status),
                guarded(AnnunciationState.codec(PROTECTED), InsulinPropertyTest::annunciation),
                guarded(StatusReaderMessage.codec(PROTECTED), InsulinPropertyTest::statusReader),
                guarded(CommandMessage.codec(PROTECTED), InsulinPropertyTest::command),
                guarded(CommandData.codec(PROTECTED), InsulinPropertyTest::commandData),
                guarded(InsulinRecordAccess.codec(PROTECTED), InsulinPropertyTest::recordAccess),
                guarded(HistoryEvent.codec(PROTECTED), InsulinPropertyTest::history));
    }

    private static <T> Law<T> law(Codec<T> codec, Arbitrary<E2eCheck> checks, Function<E2eCheck, Arbitrary<T>> values) {
        return new Law<>(codec, checks.flatMap(values), true);
    }

    /** A tail after a check sum that must be there makes it wrong, and is refused in both modes. */
    private static <T> Law<T> guarded(Codec<T> codec, Function<E2eCheck, Arbitrary<T>> values) {
        return new Law<>(codec, SOUND.flatMap(values), false);
    }

    private static <E extends Enum<E> & InsulinCode> Arbitrary<Coded<E>> code(Class<E> table) {
        return Arbitraries.of(table).map(Coded::of);
    }

    private static Arbitrary<InsulinFeatures> features() {
        return Combinators.combine(OCTET, sfloats(), bits(InsulinFeatures.Feature.class))
                .as(InsulinFeatures::of);
    }

    private static Arbitrary<StatusChanged> statusChanged(E2eCheck check) {
        return bits(StatusChanged.Change.class).map(changes -> new StatusChanged(changes, check, Remainder.NONE));
    }

    private static Arbitrary<InsulinStatus> status(E2eCheck check) {
        return Combinators.combine(
                        code(TherapyControlState.class),
                        code(OperationalState.class),
                        sfloats(),
                        Arbitraries.of(true, false))
                .as((therapy, operation, left, attached) ->
                        new InsulinStatus(therapy, operation, left, attached, check, Remainder.NONE));
    }

    private static Arbitrary<List<OptionalInt>> auxiliary(int count) {
        return optionalInts(0, 0xFFFF).list().ofSize(count);
    }

    private static Arbitrary<AnnunciationState> annunciation(E2eCheck check) {
        return optional(Combinators.combine(
                                TWO,
                                code(AnnunciationState.Type.class),
                                code(AnnunciationState.Status.class),
                                auxiliary(5))
                        .as((id, type, state, auxiliary) -> new AnnunciationState.Annunciation(
                                id, type, state, AnnunciationState.StatusWidth.UINT8, auxiliary)))
                .map(annunciation -> new AnnunciationState(annunciation, check, Remainder.NONE));
    }

    private static Arbitrary<Bolus> bolus() {
        return Combinators.combine(code(Bolus.Type.class), sfloats(), sfloats(), TWO)
                .as(Bolus::new);
    }

    private static Arbitrary<BolusDetails> details() {
        return Combinators.combine(
                        optionalInts(0, 0xFFFF),
                        optionalInts(0, 0xFF),
                        optional(code(BolusDetails.ActivationType.class)),
                        bits(BolusDetails.Reason.class))
                .as(BolusDetails::new);
    }

    private static Arbitrary<TemporaryRate> rate() {
        return Combinators.combine(code(TemporaryRate.Type.class), sfloats(), TWO)
                .as(TemporaryRate::new);
    }

    private static Arbitrary<TimeBlock> block(boolean isRange) {
        return Combinators.combine(TWO, sfloats(), sfloats())
                .as((minutes, value, upper) ->
                        new TimeBlock(minutes, value, isRange ? Optional.of(upper) : Optional.empty()));
    }

    private static Arbitrary<List<TimeBlock>> blocks(boolean isRange) {
        return block(isRange).list().ofMinSize(1).ofMaxSize(isRange ? 2 : 3);
    }

    private static Arbitrary<StatusReaderMessage> statusReader(E2eCheck check) {
        return Arbitraries.of(StatusReaderMessage.Op.class)
                .flatMap(op -> statusReaderBody(op)
                        .map(body -> new StatusReaderMessage(Coded.of(op), body, check, Remainder.NONE)));
    }

    private static Arbitrary<? extends StatusReaderMessage.Body> statusReaderBody(StatusReaderMessage.Op op) {
        return switch (op) {
            case RESPONSE ->
                Combinators.combine(code(StatusReaderMessage.Op.class), code(InsulinResult.class))
                        .as(StatusReaderMessage.Response::new);
            case RESET_STATUS -> bits(StatusChanged.Change.class).map(StatusReaderMessage.Reset::new);
            case ACTIVE_BOLUS_IDS -> TWO.list().ofMaxSize(7).map(StatusReaderMessage.BolusIds::new);
            case GET_ACTIVE_BOLUS_DELIVERY ->
                Combinators.combine(TWO, code(BolusValueSelection.class)).as(StatusReaderMessage.BolusQuery::new);
            case ACTIVE_BOLUS_DELIVERY ->
                Combinators.combine(TWO, bolus(), details()).as(StatusReaderMessage.ActiveBolus::new);
            case ACTIVE_BASAL_RATE_DELIVERY ->
                Combinators.combine(
                                OCTET,
                                sfloats(),
                                optional(rate()),
                                TWO,
                                optionalInts(0, 0xFF),
                                optional(code(DeliveryContext.class)))
                        .as((template, value, tbr, left, tbrTemplate, context) ->
                                new StatusReaderMessage.ActiveBasalRate(
                                        template,
                                        value,
                                        tbr,
                                        tbr.isPresent() ? OptionalInt.of(left) : OptionalInt.empty(),
                                        tbrTemplate,
                                        context));
            case TOTAL_DAILY_INSULIN_STATUS ->
                Combinators.combine(sfloats(), sfloats(), sfloats()).as(StatusReaderMessage.DailyInsulin::new);
            case GET_COUNTER ->
                Combinators.combine(code(CounterType.class), code(CounterValueSelection.class))
                        .as(StatusReaderMessage.CounterQuery::new);
            case COUNTER ->
                Combinators.combine(code(CounterType.class), code(CounterValueSelection.class), Arbitraries.integers())
                        .as(StatusReaderMessage.Counter::new);
            case DELIVERED_INSULIN ->
                Combinators.combine(floats(), floats()).as(StatusReaderMessage.DeliveredInsulin::new);
            case INSULIN_ON_BOARD ->
                Combinators.combine(sfloats(), optionalInts(0, 0xFFFF)).as(StatusReaderMessage.InsulinOnBoard::new);
            case GET_ACTIVE_BOLUS_IDS,
                    GET_ACTIVE_BASAL_RATE_DELIVERY,
                    GET_TOTAL_DAILY_INSULIN_STATUS,
                    GET_DELIVERED_INSULIN,
                    GET_INSULIN_ON_BOARD -> Arbitraries.just(new Empty());
        };
    }

    private static Arbitrary<CommandMessage> command(E2eCheck check) {
        return Arbitraries.of(CommandCode.class)
                .filter(code -> !code.isData())
                .flatMap(code ->
                        commandBody(code).map(body -> new CommandMessage(Coded.of(code), body, check, Remainder.NONE)));
    }

    private static Arbitrary<? extends CommandBody> commandBody(CommandCode code) {
        return switch (code.operand()) {
            case NONE, BLOCKS, RANGES, TEMPLATE_STATUS -> Arbitraries.just(new Empty());
            case RESPONSE ->
                Combinators.combine(code(CommandCode.class), code(InsulinResult.class))
                        .as(CommandMessage.Response::new);
            case THERAPY -> code(TherapyControlState.class).map(CommandMessage.Therapy::new);
            case ID -> TWO.map(CommandMessage.Instance::new);
            case TEMPLATE -> OCTET.map(CommandMessage.Template::new);
            case TEMPLATES -> OCTET.list().ofMaxSize(9).map(CommandMessage.Templates::new);
            case WRITE_BLOCKS, WRITE_RANGES ->
                Combinators.combine(
                                Arbitraries.of(true, false),
                                OCTET,
                                OCTET,
                                blocks(code == CommandCode.WRITE_TARGET_RANGE_PROFILE))
                        .as(CommandMessage.WriteBlocks::new);
            case WROTE ->
                Combinators.combine(Arbitraries.of(true, false), OCTET, OCTET).as(CommandMessage.Wrote::new);
            case TBR ->
                Combinators.combine(
                                Arbitraries.of(true, false),
                                rate(),
                                optionalInts(0, 0xFF),
                                optional(code(DeliveryContext.class)))
                        .as(CommandMessage.SetTemporaryRate::new);
            case TBR_TEMPLATE -> Combinators.combine(OCTET, rate()).as(TemporaryRateTemplate::new);
            case BOLUS -> Combinators.combine(bolus(), details()).as(CommandMessage.SetBolus::new);
            case AVAILABLE ->
                bits(CommandMessage.AvailableBoluses.Kind.class).map(CommandMessage.AvailableBoluses::new);
            case BOLUS_TEMPLATE ->
                Combinators.combine(OCTET, bolus(), optionalInts(0, 0xFFFF), bits(BolusDetails.Reason.class))
                        .as(CommandMessage.BolusTemplate::new);
            case AMOUNT -> sfloats().map(InsulinAmount::new);
        };
    }

    private static Arbitrary<CommandData> commandData(E2eCheck check) {
        return Arbitraries.of(CommandCode.class)
                .filter(CommandCode::isData)
                .flatMap(code -> commandDataBody(code)
                        .map(body -> new CommandData(Coded.of(code), body, check, Remainder.NONE)));
    }

    private static Arbitrary<? extends CommandBody> commandDataBody(CommandCode code) {
        return code == CommandCode.TEMPLATE_STATUS_AND_DETAILS
                ? Combinators.combine(
                                code(TemplateType.class),
                                OCTET,
                                OCTET,
                                Arbitraries.of(CommandData.TemplateStatus.State.class)
                                        .list()
                                        .ofMaxSize(9))
                        .as((type, first, max, states) -> new CommandData.TemplateStatus(type, first, max, states, 0))
                : Combinators.combine(OCTET, OCTET, blocks(code == CommandCode.TARGET_RANGE_PROFILE))
                        .as(CommandData.Blocks::new);
    }

    private static Arbitrary<InsulinRecordAccess> recordAccess(E2eCheck check) {
        return Combinators.combine(
                        Arbitraries.of(InsulinRecordAccess.OpCode.class),
                        Arbitraries.of(InsulinRecordAccess.Operator.class),
                        FOUR,
                        code(InsulinRecordAccess.Filter.class),
                        code(InsulinRecordAccess.OpCode.class),
                        code(InsulinRecordAccess.Result.class))
                .as((op, operator, number, filter, request, result) -> {
                    boolean hasMinimum = operator == InsulinRecordAccess.Operator.AT_LEAST
                            || operator == InsulinRecordAccess.Operator.WITHIN;
                    boolean hasMaximum = operator == InsulinRecordAccess.Operator.AT_MOST
                            || operator == InsulinRecordAccess.Operator.WITHIN;
                    InsulinRecordAccess.Body body = switch (op) {
                        case REPORT, DELETE, COUNT ->
                            new InsulinRecordAccess.Selection(
                                    filter,
                                    hasMinimum ? OptionalLong.of(number) : OptionalLong.empty(),
                                    hasMaximum ? OptionalLong.of(number) : OptionalLong.empty());
                        case ABORT -> new Empty();
                        case COUNT_ANSWER -> new InsulinRecordAccess.Count(number);
                        case RESPONSE -> new InsulinRecordAccess.Response(request, result);
                    };
                    return new InsulinRecordAccess(Coded.of(op), Coded.of(operator), body, check, Remainder.NONE);
                });
    }

    private static Arbitrary<HistoryEvent> history(E2eCheck check) {
        return Combinators.combine(Arbitraries.of(HistoryEventType.class), FOUR, TWO)
                .flatAs((type, number, offset) -> historyData(type)
                        .map(data -> new HistoryEvent(
                                Coded.of(type),
                                number == 0xFFFFFFFFL ? OptionalLong.empty() : OptionalLong.of(number),
                                offset,
                                data,
                                check,
                                Remainder.NONE)));
    }

    private static Arbitrary<? extends HistoryData> historyData(HistoryEventType type) {
        Arbitrary<MedicalFloat> amount = sfloats();
        return switch (type.data()) {
            case NONE -> Arbitraries.just(new Empty());
            case REFERENCE_TIME ->
                Combinators.combine(
                                code(RecordingReason.class),
                                dateTimes(),
                                optionalInts(-48, 56),
                                Arbitraries.of(
                                        OptionalInt.of(0), OptionalInt.of(2), OptionalInt.of(8), OptionalInt.empty()))
                        .as(ClockHistory.ReferenceTime::new);
            case BASE_OFFSET ->
                Combinators.combine(
                                code(RecordingReason.class),
                                dateTimes(),
                                Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE))
                        .as(ClockHistory.BaseOffset::new);
            case CALCULATED ->
                Combinators.combine(amount, amount, amount, amount).as(BolusHistory.Calculated::new);
            case BOLUS -> Combinators.combine(TWO, bolus()).as(BolusHistory.BolusAmounts::new);
            case PROGRAMMED -> details().map(BolusHistory.Programmed::new);
            case DELIVERED ->
                Combinators.combine(
                                FOUR,
                                optional(code(BolusDetails.ActivationType.class)),
                                optional(code(EndReason.class)),
                                optionalInts(0, 0xFFFF))
                        .as(BolusHistory.Delivered::new);
            case BASAL_RATE ->
                Combinators.combine(amount, amount, optional(code(DeliveryContext.class)))
                        .as(BasalRateHistory.BasalRateChanged::new);
            case TBR_STARTED ->
                Combinators.combine(rate(), optionalInts(0, 0xFF))
                        .as((rate, template) ->
                                new BasalRateHistory.TemporaryRateSet(rate, OptionalInt.empty(), template));
            case TBR_CHANGED ->
                Combinators.combine(rate(), TWO, optionalInts(0, 0xFF))
                        .as((rate, elapsed, template) ->
                                new BasalRateHistory.TemporaryRateSet(rate, OptionalInt.of(elapsed), template));
            case TBR_ENDED ->
                Combinators.combine(
                                code(TemporaryRate.Type.class),
                                TWO,
                                code(EndReason.class),
                                optionalInts(0, 0xFF),
                                optionalInts(0, 0xFFFF))
                        .as(BasalRateHistory.TemporaryRateEnded::new);
            case ACTIVATED ->
                Combinators.combine(code(ProfileTemplateType.class), OCTET, OCTET)
                        .as(TemplateHistory.TemplateActivated::new);
            case BLOCK -> Combinators.combine(OCTET, OCTET, block(false)).as(TemplateHistory.BlockChanged::new);
            case RANGE -> Combinators.combine(OCTET, OCTET, block(true)).as(TemplateHistory.BlockChanged::new);
            case DAILY ->
                Combinators.combine(Arbitraries.of(true, false), amount, amount, TWO, OCTET, OCTET)
                        .as(PumpStateHistory.DailyTotal::new);
            case THERAPY ->
                Combinators.combine(code(TherapyControlState.class), code(TherapyControlState.class))
                        .as(PumpStateHistory.TherapyChanged::new);
            case OPERATION ->
                Combinators.combine(code(OperationalState.class), code(OperationalState.class))
                        .as(PumpStateHistory.OperationChanged::new);
            case AMOUNT -> amount.map(InsulinAmount::new);
            case ANNUNCIATION ->
                Combinators.combine(
                                TWO,
                                code(AnnunciationState.Type.class),
                                code(AnnunciationState.Status.class),
                                auxiliary(2))
                        .as(AnnunciationHistory.AnnunciationChanged::new);
            case AUXILIARY -> auxiliary(3).map(AnnunciationHistory.Auxiliary::new);
            case PRIMED ->
                Combinators.combine(amount, code(PrimingEnd.class), optionalInts(0, 0xFFFF))
                        .as(PumpStateHistory.Primed::new);
            case BOLUS_TEMPLATE -> Combinators.combine(OCTET, bolus()).as(TemplateHistory.BolusTemplateChanged::new);
            case TEMPLATE_DELAY ->
                Combinators.combine(optionalInts(0, 0xFFFF), bits(BolusDetails.Reason.class))
                        .as(TemplateHistory.TemplateDelay::new);
            case TBR_TEMPLATE -> Combinators.combine(OCTET, rate()).as(TemporaryRateTemplate::new);
            case MAXIMUM -> Combinators.combine(amount, amount).as(TemplateHistory.MaximumChanged::new);
        };
    }
}
