package org.openiomt.ble.virtual;

import static org.openiomt.ble.virtual.VirtualInsulinPump.COMMAND;
import static org.openiomt.ble.virtual.VirtualInsulinPump.COMMAND_DATA;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandBody;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandData;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.CommandMessage.AvailableBoluses;
import org.openiomt.ble.profile.insulin.CommandMessage.BolusTemplate;
import org.openiomt.ble.profile.insulin.CommandMessage.Instance;
import org.openiomt.ble.profile.insulin.CommandMessage.Response;
import org.openiomt.ble.profile.insulin.CommandMessage.SetBolus;
import org.openiomt.ble.profile.insulin.CommandMessage.SetTemporaryRate;
import org.openiomt.ble.profile.insulin.CommandMessage.Template;
import org.openiomt.ble.profile.insulin.CommandMessage.Templates;
import org.openiomt.ble.profile.insulin.CommandMessage.Therapy;
import org.openiomt.ble.profile.insulin.CommandMessage.WriteBlocks;
import org.openiomt.ble.profile.insulin.CommandMessage.Wrote;
import org.openiomt.ble.profile.insulin.HistoryData.EndReason;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinAmount;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.PumpStateHistory.PrimingEnd;
import org.openiomt.ble.profile.insulin.TemplateHistory;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.ble.profile.insulin.TemporaryRateTemplate;
import org.openiomt.ble.profile.insulin.TimeBlock;
import org.openiomt.ble.virtual.PumpTemplates.Kind;
import org.openiomt.ble.virtual.PumpTemplates.Profile;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

/**
 * The IDD Command Control Point of a pump: it changes the therapy, or says why not.
 *
 * <pre>
 * result                        when
 * op code not supported         the pump does not know the code, or lacks the feature
 * invalid operand               octets that are not understood, codes that are reserved, blocks that do not follow each other
 * parameter out of range        an amount, a rate or a time beyond the pump's limits; a number of nothing
 * plausibility check failed     parts that contradict each other, such as a fast bolus with a duration
 * procedure not applicable      not in this state: therapy does not run, no reservoir, no such thing runs, template in use
 * maximum bolus number reached  a bolus of the same type runs
 * procedure not completed       a fault that a test has ordered
 * </pre>
 */
final class PumpCommands {
    private static final BigDecimal MAX_RATE = BigDecimal.TEN;
    private static final BigDecimal MAX_FACTOR = new BigDecimal("2.5");
    private static final BigDecimal MAX_PRIMING = BigDecimal.valueOf(25);
    private static final BigDecimal MAX_BOLUS = BigDecimal.valueOf(50);
    private static final BigDecimal MAX_FILL = BigDecimal.valueOf(300);
    private static final int MAX_MINUTES = 24 * 60;

    private final VirtualInsulinPump pump;
    private final PumpDelivery delivery;
    private final PumpTemplates templates;
    private final PumpProtection protection;
    private BigDecimal maxBolus = BigDecimal.valueOf(25);
    private boolean isFailing;

    /** Ends a command with something else than success. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final InsulinResult result;

        Refused(InsulinResult result) {
            super(result.toString());
            this.result = result;
        }
    }

    PumpCommands(VirtualInsulinPump pump, PumpDelivery delivery, PumpTemplates templates, PumpProtection protection) {
        this.pump = pump;
        this.delivery = delivery;
        this.templates = templates;
        this.protection = protection;
    }

    void failNext() {
        isFailing = true;
    }

    List<byte[]> serve(byte[] octets) {
        Coded<CommandCode> asked = new Coded<>(CommandCode.class, VirtualInsulinPump.opCode(octets));
        try {
            CommandMessage request = protection.accept(COMMAND, octets, CommandMessage::codec);
            delivery.account();
            return List.of(encode(answer(asked, request)));
        } catch (DecodeException e) {
            return List.of(encode(response(asked, InsulinResult.INVALID_OPERAND)));
        } catch (Refused e) {
            return List.of(encode(response(asked, e.result)));
        }
    }

    private byte[] encode(CommandMessage answer) {
        return CommandMessage.codec(protection.context())
                .encode(new CommandMessage(
                        answer.opCode(), answer.body(), protection.next(COMMAND), answer.remainder()));
    }

    private static CommandMessage response(Coded<CommandCode> asked, InsulinResult result) {
        return CommandMessage.of(CommandCode.RESPONSE, new Response(asked, Coded.of(result)));
    }

    private CommandMessage answer(Coded<CommandCode> asked, CommandMessage request) throws Refused {
        CommandCode code = asked.known().orElseThrow(() -> new Refused(InsulinResult.OP_CODE_NOT_SUPPORTED));
        require(isSupported(code), InsulinResult.OP_CODE_NOT_SUPPORTED);
        require(request.remainder().isEmpty(), InsulinResult.INVALID_OPERAND);
        requireNoFault();
        Optional<CommandMessage> answer = obey(code, request.body());
        return answer.orElseGet(() -> response(asked, InsulinResult.SUCCESS));
    }

    private void requireNoFault() throws Refused {
        boolean isFault = isFailing;
        isFailing = false;
        require(!isFault, InsulinResult.PROCEDURE_NOT_COMPLETED);
    }

    private boolean isSupported(CommandCode code) {
        return switch (code) {
            case SET_THERAPY_CONTROL_STATE,
                    SET_FLIGHT_MODE,
                    SNOOZE_ANNUNCIATION,
                    CONFIRM_ANNUNCIATION,
                    START_PRIMING,
                    STOP_PRIMING,
                    SET_INITIAL_RESERVOIR_FILL_LEVEL,
                    RESET_RESERVOIR_INSULIN_OPERATION_TIME,
                    GET_TEMPLATE_STATUS_AND_DETAILS,
                    RESET_TEMPLATE_STATUS,
                    ACTIVATE_PROFILE_TEMPLATES,
                    GET_ACTIVATED_PROFILE_TEMPLATES -> true;
            case SET_TBR_ADJUSTMENT, CANCEL_TBR_ADJUSTMENT ->
                pump.has(Feature.TBR_ABSOLUTE) || pump.has(Feature.TBR_RELATIVE);
            case GET_TBR_TEMPLATE, SET_TBR_TEMPLATE -> pump.has(Feature.TBR_TEMPLATE);
            case GET_BOLUS_TEMPLATE, SET_BOLUS_TEMPLATE -> pump.has(Feature.BOLUS_TEMPLATE);
            case SET_BOLUS, CANCEL_BOLUS, GET_AVAILABLE_BOLUSES, GET_MAX_BOLUS_AMOUNT, SET_MAX_BOLUS_AMOUNT ->
                pump.has(Feature.FAST_BOLUS) || pump.has(Feature.EXTENDED_BOLUS) || pump.has(Feature.MULTIWAVE_BOLUS);
            default ->
                profile(code).filter(profile -> pump.has(profile.kind.feature)).isPresent();
        };
    }

    /** Returns the kind of profile that a code reads or writes. */
    private static Optional<Profile> profile(CommandCode code) {
        for (Profile profile : Profile.values()) {
            if (code == profile.read || code == profile.write) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** Does what is asked and returns the answer, or empty when that is success and nothing else. */
    private Optional<CommandMessage> obey(CommandCode code, CommandBody body) throws Refused {
        switch (code) {
            case SET_THERAPY_CONTROL_STATE -> setTherapy(((Therapy) body).state());
            case SET_FLIGHT_MODE -> pump.flightMode();
            case SNOOZE_ANNUNCIATION -> {
                return annunciation(
                        (Instance) body, AnnunciationState.Status.SNOOZED, CommandCode.SNOOZED_ANNUNCIATION);
            }
            case CONFIRM_ANNUNCIATION -> {
                return annunciation(
                        (Instance) body, AnnunciationState.Status.CONFIRMED, CommandCode.CONFIRMED_ANNUNCIATION);
            }
            case SET_TBR_ADJUSTMENT -> setTemporaryRate((SetTemporaryRate) body);
            case CANCEL_TBR_ADJUSTMENT -> {
                require(delivery.temporary().isPresent(), InsulinResult.PROCEDURE_NOT_APPLICABLE);
                delivery.endTemporary(EndReason.CANCELED);
            }
            case GET_TBR_TEMPLATE -> {
                int number = number(body, Kind.TBR);
                TemporaryRate rate = templates.rate(number).orElseThrow(PumpCommands::empty);
                return answer(CommandCode.TBR_TEMPLATE, new TemporaryRateTemplate(number, rate));
            }
            case SET_TBR_TEMPLATE -> {
                return setTemplate((TemporaryRateTemplate) body);
            }
            case SET_BOLUS -> {
                return answer(CommandCode.BOLUS_SET, new Instance(setBolus((SetBolus) body)));
            }
            case CANCEL_BOLUS -> {
                int id = ((Instance) body).id();
                delivery.end(
                        delivery.running(id).orElseThrow(() -> new Refused(InsulinResult.PARAMETER_OUT_OF_RANGE)),
                        EndReason.CANCELED);
                return answer(CommandCode.BOLUS_CANCELED, new Instance(id));
            }
            case GET_AVAILABLE_BOLUSES -> {
                return answer(CommandCode.AVAILABLE_BOLUSES, new AvailableBoluses(available()));
            }
            case GET_BOLUS_TEMPLATE -> {
                int number = number(body, Kind.BOLUS);
                return answer(
                        CommandCode.BOLUS_TEMPLATE, templates.bolus(number).orElseThrow(PumpCommands::empty));
            }
            case SET_BOLUS_TEMPLATE -> {
                return setTemplate((BolusTemplate) body);
            }
            case GET_TEMPLATE_STATUS_AND_DETAILS -> tellTemplates();
            case RESET_TEMPLATE_STATUS -> {
                return clear(((Templates) body).numbers());
            }
            case ACTIVATE_PROFILE_TEMPLATES -> {
                return activate(((Templates) body).numbers());
            }
            case GET_ACTIVATED_PROFILE_TEMPLATES -> {
                return answer(CommandCode.ACTIVATED_PROFILE_TEMPLATES, new Templates(templates.active()));
            }
            case START_PRIMING -> startPriming(((InsulinAmount) body).units());
            case STOP_PRIMING -> {
                require(delivery.isPriming(), InsulinResult.PROCEDURE_NOT_APPLICABLE);
                delivery.endPriming(PrimingEnd.ABORTED_BY_USER);
            }
            case SET_INITIAL_RESERVOIR_FILL_LEVEL -> {
                require(
                        delivery.therapy() == TherapyControlState.STOP && !delivery.isPriming(),
                        InsulinResult.PROCEDURE_NOT_APPLICABLE);
                delivery.fill(amount(((InsulinAmount) body).units(), MAX_FILL));
            }
            case RESET_RESERVOIR_INSULIN_OPERATION_TIME -> pump.resetOperationTime();
            case GET_MAX_BOLUS_AMOUNT -> {
                return answer(CommandCode.MAX_BOLUS_AMOUNT, new InsulinAmount(PumpDelivery.amount(maxBolus)));
            }
            case SET_MAX_BOLUS_AMOUNT -> setMaxBolus(((InsulinAmount) body).units());
            default -> {
                Profile profile = profile(code).orElseThrow();
                if (code == profile.write) {
                    return write(profile, (WriteBlocks) body);
                }
                read(profile, number(body, profile.kind));
            }
        }
        return Optional.empty();
    }

    private void setTherapy(Coded<TherapyControlState> state) throws Refused {
        TherapyControlState wanted = state.known()
                .filter(known -> known != TherapyControlState.UNDETERMINED)
                .orElseThrow(() -> new Refused(InsulinResult.INVALID_OPERAND));
        boolean isReady = delivery.isAttached()
                && delivery.reservoir().signum() > 0
                && !delivery.isPriming()
                && (!pump.has(Feature.BASAL_RATE)
                        || templates.active(Kind.BASAL).isPresent());
        require(wanted != TherapyControlState.RUN || isReady, InsulinResult.PROCEDURE_NOT_APPLICABLE);
        delivery.therapy(wanted);
    }

    private Optional<CommandMessage> annunciation(Instance which, AnnunciationState.Status status, CommandCode answer)
            throws Refused {
        require(pump.annunciation(which.id(), status), InsulinResult.PARAMETER_OUT_OF_RANGE);
        return answer(answer, which);
    }

    private void setTemporaryRate(SetTemporaryRate request) throws Refused {
        check(request.rate());
        requireOrigin(request.template(), Kind.TBR);
        requireTherapy();
        require(request.isChange() == delivery.temporary().isPresent(), InsulinResult.PROCEDURE_NOT_APPLICABLE);
        delivery.begin(request);
    }

    private void check(TemporaryRate rate) throws Refused {
        TemporaryRate.Type type = rate.type()
                .known()
                .filter(known -> known != TemporaryRate.Type.UNDETERMINED)
                .orElseThrow(() -> new Refused(InsulinResult.INVALID_OPERAND));
        boolean isRelative = type == TemporaryRate.Type.RELATIVE;
        require(
                pump.has(isRelative ? Feature.TBR_RELATIVE : Feature.TBR_ABSOLUTE),
                InsulinResult.PARAMETER_OUT_OF_RANGE);
        amountOrNone(rate.adjustment(), isRelative ? MAX_FACTOR : MAX_RATE);
        requireMinutes(rate.durationMinutes());
    }

    private int setBolus(SetBolus request) throws Refused {
        Bolus bolus = request.bolus();
        Bolus.Type type = check(bolus);
        require(
                request.details().delayMinutes().isEmpty() || pump.has(Feature.BOLUS_DELAY_TIME),
                InsulinResult.PARAMETER_OUT_OF_RANGE);
        require(
                request.details().activationType().isEmpty() || pump.has(Feature.BOLUS_ACTIVATION_TYPE),
                InsulinResult.PARAMETER_OUT_OF_RANGE);
        require(
                request.details()
                        .activationType()
                        .filter(code -> code.known().isEmpty())
                        .isEmpty(),
                InsulinResult.INVALID_OPERAND);
        requireOrigin(request.details().template(), Kind.BOLUS);
        requireTherapy();
        require(!delivery.isRunning(type), InsulinResult.MAXIMUM_BOLUS_NUMBER_REACHED);
        BigDecimal whole =
                bolus.fastUnits().toBigDecimal().add(bolus.extendedUnits().toBigDecimal());
        require(whole.compareTo(delivery.reservoir()) <= 0, InsulinResult.PROCEDURE_NOT_APPLICABLE);
        return delivery.begin(request);
    }

    private Bolus.Type check(Bolus bolus) throws Refused {
        Bolus.Type type = bolus.type()
                .known()
                .filter(known -> known != Bolus.Type.UNDETERMINED)
                .orElseThrow(() -> new Refused(InsulinResult.INVALID_OPERAND));
        require(pump.has(feature(type)), InsulinResult.PARAMETER_OUT_OF_RANGE);
        BigDecimal fast = amountOrNone(bolus.fastUnits(), maxBolus);
        BigDecimal extended = amountOrNone(bolus.extendedUnits(), maxBolus);
        require(fast.add(extended).compareTo(maxBolus) <= 0, InsulinResult.PARAMETER_OUT_OF_RANGE);
        boolean hasFast = fast.signum() > 0;
        boolean hasExtended = extended.signum() > 0;
        boolean isPlausible = hasFast == (type != Bolus.Type.EXTENDED)
                && hasExtended == (type != Bolus.Type.FAST)
                && (bolus.durationMinutes() > 0) == hasExtended;
        require(isPlausible, InsulinResult.PLAUSIBILITY_CHECK_FAILED);
        if (hasExtended) {
            requireMinutes(bolus.durationMinutes());
        }
        return type;
    }

    private static Feature feature(Bolus.Type type) {
        return switch (type) {
            case EXTENDED -> Feature.EXTENDED_BOLUS;
            case MULTIWAVE -> Feature.MULTIWAVE_BOLUS;
            default -> Feature.FAST_BOLUS;
        };
    }

    private Set<AvailableBoluses.Kind> available() {
        Set<AvailableBoluses.Kind> kinds = EnumSet.noneOf(AvailableBoluses.Kind.class);
        if (delivery.therapy() == TherapyControlState.RUN) {
            for (AvailableBoluses.Kind kind : AvailableBoluses.Kind.values()) {
                Bolus.Type type = Bolus.Type.valueOf(kind.name());
                if (pump.has(feature(type)) && !delivery.isRunning(type)) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }

    private Optional<CommandMessage> setTemplate(TemporaryRateTemplate request) throws Refused {
        require(Kind.TBR.has(request.number()), InsulinResult.PARAMETER_OUT_OF_RANGE);
        check(request.rate());
        templates.put(request.number(), request.rate());
        pump.record(HistoryEventType.TBR_TEMPLATE_CHANGED, new TemporaryRateTemplate(request.number(), request.rate()));
        return answer(CommandCode.TBR_TEMPLATE_SET, new Template(request.number()));
    }

    private Optional<CommandMessage> setTemplate(BolusTemplate request) throws Refused {
        require(Kind.BOLUS.has(request.number()), InsulinResult.PARAMETER_OUT_OF_RANGE);
        check(request.bolus());
        templates.put(request);
        pump.record(
                HistoryEventType.BOLUS_TEMPLATE_CHANGED_1,
                new TemplateHistory.BolusTemplateChanged(request.number(), request.bolus()));
        pump.record(
                HistoryEventType.BOLUS_TEMPLATE_CHANGED_2,
                new TemplateHistory.TemplateDelay(request.delayMinutes(), request.reasons()));
        return answer(CommandCode.BOLUS_TEMPLATE_SET, new Template(request.number()));
    }

    private void read(Profile profile, int number) throws Refused {
        requireData();
        List<TimeBlock> blocks = templates.blocks(number);
        require(!blocks.isEmpty(), InsulinResult.PROCEDURE_NOT_APPLICABLE);
        for (int from = 0; from < blocks.size(); from += profile.blocksInAMessage()) {
            int to = Math.min(blocks.size(), from + profile.blocksInAMessage());
            tell(profile.data, new CommandData.Blocks(number, from + 1, blocks.subList(from, to)));
        }
    }

    private Optional<CommandMessage> write(Profile profile, WriteBlocks request) throws Refused {
        int number = request.template();
        require(profile.kind.has(number), InsulinResult.PARAMETER_OUT_OF_RANGE);
        boolean isInUse = templates.isActive(number) && delivery.therapy() == TherapyControlState.RUN;
        require(!isInUse, InsulinResult.PROCEDURE_NOT_APPLICABLE);
        List<TimeBlock> before = templates.blocks(number);
        InsulinResult result = templates.write(profile, request);
        require(result == InsulinResult.SUCCESS, result);
        List<TimeBlock> after = templates.blocks(number);
        for (int i = 0; request.isLast() && i < after.size(); i++) {
            if (i >= before.size() || !before.get(i).equals(after.get(i))) {
                pump.record(profile.changed, new TemplateHistory.BlockChanged(number, i + 1, after.get(i)));
            }
        }
        return answer(profile.wrote, new Wrote(request.isLast(), number, request.firstBlock()));
    }

    private void tellTemplates() throws Refused {
        requireData();
        for (Kind kind : Kind.values()) {
            if (pump.has(kind.feature)) {
                tell(CommandCode.TEMPLATE_STATUS_AND_DETAILS, templates.status(kind));
            }
        }
    }

    private Optional<CommandMessage> clear(List<Integer> numbers) throws Refused {
        for (int number : numbers) {
            require(templates.isConfigured(number), InsulinResult.PARAMETER_OUT_OF_RANGE);
            require(!templates.isActive(number), InsulinResult.PROCEDURE_NOT_APPLICABLE);
        }
        numbers.forEach(templates::clear);
        return answer(CommandCode.TEMPLATE_STATUS_RESET, new Templates(numbers));
    }

    private Optional<CommandMessage> activate(List<Integer> numbers) throws Refused {
        Set<Profile> wanted = new HashSet<>();
        List<Profile> profiles = new ArrayList<>();
        for (int number : numbers) {
            Profile profile = Kind.of(number)
                    .flatMap(Profile::of)
                    .filter(found -> pump.has(found.kind.feature))
                    .orElseThrow(() -> new Refused(InsulinResult.PARAMETER_OUT_OF_RANGE));
            require(wanted.add(profile), InsulinResult.PLAUSIBILITY_CHECK_FAILED);
            require(templates.isConfigured(number), InsulinResult.PROCEDURE_NOT_APPLICABLE);
            profiles.add(profile);
        }
        for (int i = 0; i < numbers.size(); i++) {
            pump.activate(profiles.get(i), numbers.get(i));
        }
        return answer(CommandCode.PROFILE_TEMPLATES_ACTIVATED, new Templates(numbers));
    }

    private void startPriming(MedicalFloat units) throws Refused {
        BigDecimal wanted = amount(units, MAX_PRIMING);
        boolean isPossible = delivery.therapy() == TherapyControlState.STOP
                && delivery.isAttached()
                && !delivery.isPriming()
                && wanted.compareTo(delivery.reservoir()) <= 0;
        require(isPossible, InsulinResult.PROCEDURE_NOT_APPLICABLE);
        delivery.startPriming(wanted);
    }

    private void setMaxBolus(MedicalFloat units) throws Refused {
        BigDecimal wanted = amount(units, MAX_BOLUS);
        pump.record(
                HistoryEventType.MAX_BOLUS_AMOUNT_CHANGED,
                new TemplateHistory.MaximumChanged(PumpDelivery.amount(maxBolus), units));
        maxBolus = wanted;
    }

    private void tell(CommandCode code, CommandBody body) {
        CommandData plain = CommandData.of(code, body);
        CommandData counted = new CommandData(plain.opCode(), body, protection.next(COMMAND_DATA), plain.remainder());
        pump.peripheral()
                .notify(COMMAND_DATA, CommandData.codec(protection.context()).encode(counted));
    }

    private static Optional<CommandMessage> answer(CommandCode code, CommandBody body) {
        return Optional.of(CommandMessage.of(code, body));
    }

    private static int number(CommandBody body, Kind kind) throws Refused {
        int number = ((Template) body).number();
        require(kind.has(number), InsulinResult.PARAMETER_OUT_OF_RANGE);
        return number;
    }

    private static Refused empty() {
        return new Refused(InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    /** Checks that an amount is above 0 and not above its limit. */
    private static BigDecimal amount(MedicalFloat units, BigDecimal most) throws Refused {
        BigDecimal amount = amountOrNone(units, most);
        require(amount.signum() > 0, InsulinResult.PARAMETER_OUT_OF_RANGE);
        return amount;
    }

    private static BigDecimal amountOrNone(MedicalFloat units, BigDecimal most) throws Refused {
        require(units.isFinite(), InsulinResult.PARAMETER_OUT_OF_RANGE);
        BigDecimal amount = units.toBigDecimal();
        require(amount.signum() >= 0 && amount.compareTo(most) <= 0, InsulinResult.PARAMETER_OUT_OF_RANGE);
        return amount;
    }

    private void requireTherapy() throws Refused {
        require(delivery.therapy() == TherapyControlState.RUN, InsulinResult.PROCEDURE_NOT_APPLICABLE);
    }

    private void requireOrigin(OptionalInt template, Kind kind) throws Refused {
        require(
                template.isEmpty() || (kind.has(template.getAsInt()) && templates.isConfigured(template.getAsInt())),
                InsulinResult.PARAMETER_OUT_OF_RANGE);
    }

    private static void requireMinutes(int minutes) throws Refused {
        require(minutes > 0 && minutes <= MAX_MINUTES, InsulinResult.PARAMETER_OUT_OF_RANGE);
    }

    /** Checks that answers of several notifications can be heard. */
    private void requireData() {
        if (!pump.peripheral().isSubscribed(COMMAND_DATA)) {
            throw new RefusedException(ProcedureErrors.COMMON.notSubscribed(), "the command data are not listened to");
        }
    }

    private static void require(boolean isMet, InsulinResult otherwise) throws Refused {
        if (!isMet) {
            throw new Refused(otherwise);
        }
    }
}
