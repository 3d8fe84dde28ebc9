package org.openiomt.ble.virtual;

import static org.openiomt.ble.virtual.VirtualInsulinPump.STATUS_READER;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBasalRate;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBolus;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Body;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusIds;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusQuery;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Counter;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterQuery;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterType;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.DailyInsulin;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.DeliveredInsulin;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.InsulinOnBoard;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Op;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Reset;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Response;
import org.openiomt.core.wire.DecodeException;

/** The IDD Status Reader Control Point of a pump: it tells how the therapy goes and changes nothing in it. */
final class PumpStatusReader {
    private final VirtualInsulinPump pump;
    private final PumpDelivery delivery;
    private final PumpTemplates templates;
    private final PumpProtection protection;

    PumpStatusReader(
            VirtualInsulinPump pump, PumpDelivery delivery, PumpTemplates templates, PumpProtection protection) {
        this.pump = pump;
        this.delivery = delivery;
        this.templates = templates;
        this.protection = protection;
    }

    List<byte[]> serve(byte[] octets) {
        Coded<Op> asked = new Coded<>(Op.class, VirtualInsulinPump.opCode(octets));
        try {
            StatusReaderMessage request = protection.accept(STATUS_READER, octets, StatusReaderMessage::codec);
            delivery.account();
            return List.of(encode(answer(asked, request)));
        } catch (DecodeException e) {
            return List.of(encode(response(asked, InsulinResult.INVALID_OPERAND)));
        }
    }

    private byte[] encode(StatusReaderMessage answer) {
        return StatusReaderMessage.codec(protection.context())
                .encode(new StatusReaderMessage(
                        answer.opCode(), answer.body(), protection.next(STATUS_READER), answer.remainder()));
    }

    private static StatusReaderMessage response(Coded<Op> asked, InsulinResult result) {
        return StatusReaderMessage.of(Op.RESPONSE, new Response(asked, Coded.of(result)));
    }

    private StatusReaderMessage answer(Coded<Op> asked, StatusReaderMessage request) {
        Optional<Op> op = asked.known();
        if (op.isEmpty() || !isSupported(op.get())) {
            return response(asked, InsulinResult.OP_CODE_NOT_SUPPORTED);
        }
        if (!request.remainder().isEmpty()) {
            return response(asked, InsulinResult.INVALID_OPERAND);
        }
        Body body = request.body();
        return switch (op.get()) {
            case RESET_STATUS -> {
                pump.reset(((Reset) body).changes());
                yield response(asked, InsulinResult.SUCCESS);
            }
            case GET_ACTIVE_BOLUS_IDS -> StatusReaderMessage.of(Op.ACTIVE_BOLUS_IDS, new BolusIds(delivery.ids()));
            case GET_ACTIVE_BOLUS_DELIVERY -> bolus(asked, (BolusQuery) body);
            case GET_ACTIVE_BASAL_RATE_DELIVERY ->
                delivery.therapy() == TherapyControlState.RUN
                        ? StatusReaderMessage.of(Op.ACTIVE_BASAL_RATE_DELIVERY, basal())
                        : response(asked, InsulinResult.PROCEDURE_NOT_APPLICABLE);
            case GET_TOTAL_DAILY_INSULIN_STATUS ->
                StatusReaderMessage.of(
                        Op.TOTAL_DAILY_INSULIN_STATUS,
                        new DailyInsulin(
                                PumpDelivery.amount(delivery.bolusOfDay()),
                                PumpDelivery.amount(delivery.basalOfDay()),
                                PumpDelivery.amount(delivery.bolusOfDay().add(delivery.basalOfDay()))));
            case GET_COUNTER -> counter(asked, (CounterQuery) body);
            case GET_DELIVERED_INSULIN ->
                StatusReaderMessage.of(
                        Op.DELIVERED_INSULIN,
                        new DeliveredInsulin(
                                PumpDelivery.longAmount(delivery.bolusSum()),
                                PumpDelivery.longAmount(delivery.basalSum())));
            case GET_INSULIN_ON_BOARD ->
                StatusReaderMessage.of(
                        Op.INSULIN_ON_BOARD,
                        new InsulinOnBoard(
                                PumpDelivery.amount(delivery.onBoard()), OptionalInt.of(delivery.onBoardMinutes())));
            default -> throw new AssertionError(op);
        };
    }

    private boolean isSupported(Op op) {
        return switch (op) {
            case RESET_STATUS,
                    GET_ACTIVE_BOLUS_IDS,
                    GET_ACTIVE_BOLUS_DELIVERY,
                    GET_TOTAL_DAILY_INSULIN_STATUS,
                    GET_COUNTER,
                    GET_DELIVERED_INSULIN -> true;
            case GET_ACTIVE_BASAL_RATE_DELIVERY -> pump.has(Feature.BASAL_RATE);
            case GET_INSULIN_ON_BOARD -> pump.has(Feature.INSULIN_ON_BOARD);
            default -> false;
        };
    }

    private StatusReaderMessage bolus(Coded<Op> asked, BolusQuery query) {
        Optional<PumpDelivery.Running> found = delivery.running(query.bolusId());
        Optional<BolusValueSelection> selection = query.selection().known();
        if (selection.isEmpty()) {
            return response(asked, InsulinResult.INVALID_OPERAND);
        }
        if (found.isEmpty()) {
            return response(asked, InsulinResult.PARAMETER_OUT_OF_RANGE);
        }
        PumpDelivery.Running running = found.get();
        BigDecimal fast = amount(selection.get(), running.fastUnits(), running.fastBy(delivery.now()));
        BigDecimal extended = amount(selection.get(), running.extendedUnits(), running.extendedBy(delivery.now()));
        Bolus bolus = new Bolus(
                running.programmed.type(),
                PumpDelivery.amount(fast),
                PumpDelivery.amount(extended),
                running.programmed.durationMinutes());
        return StatusReaderMessage.of(Op.ACTIVE_BOLUS_DELIVERY, new ActiveBolus(running.id, bolus, running.details));
    }

    private static BigDecimal amount(BolusValueSelection selection, BigDecimal programmed, BigDecimal delivered) {
        return switch (selection) {
            case PROGRAMMED -> programmed;
            case REMAINING -> programmed.subtract(delivered);
            case DELIVERED -> delivered;
        };
    }

    private ActiveBasalRate basal() {
        Optional<PumpDelivery.Temporary> tbr = delivery.temporary();
        return new ActiveBasalRate(
                templates.active(PumpTemplates.Kind.BASAL).orElse(0),
                PumpDelivery.amount(delivery.profileRate()),
                tbr.map(running -> running.request().rate()),
                tbr.map(running -> OptionalInt.of((int)
                                Duration.between(delivery.now(), running.end()).toMinutes()))
                        .orElse(OptionalInt.empty()),
                tbr.map(running -> running.request().template()).orElse(OptionalInt.empty()),
                tbr.flatMap(running -> running.request().context()));
    }

    private StatusReaderMessage counter(Coded<Op> asked, CounterQuery query) {
        Optional<CounterType> type = query.type().known();
        Optional<CounterValueSelection> selection = query.selection().known();
        if (type.isEmpty() || selection.isEmpty()) {
            return response(asked, InsulinResult.INVALID_OPERAND);
        }
        if (type.get() == CounterType.LOANER_TIME) {
            return response(asked, InsulinResult.PARAMETER_OUT_OF_RANGE);
        }
        long elapsed = pump.elapsedMinutes(type.get());
        long minutes = selection.get() == CounterValueSelection.ELAPSED
                ? elapsed
                : VirtualInsulinPump.lifeMinutes(type.get()) - elapsed;
        return StatusReaderMessage.of(Op.COUNTER, new Counter(query.type(), query.selection(), (int) minutes));
    }
}
