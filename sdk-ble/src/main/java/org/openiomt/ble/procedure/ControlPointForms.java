package org.openiomt.ble.procedure;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinValue;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBolus;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusQuery;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Counter;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterQuery;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.core.wire.Codec;

/** The forms of the control points of the standard services, but for those of records: see {@link RecordProcedures}. */
public final class ControlPointForms {
    private static final int TIME_DONE = 1;
    private static final int USERS_DONE = 1;

    /** Requests to the command control point whose answer is the next code of the table; the others are answered by a response. */
    private static final Set<CommandCode> ANSWERED_BY_NEXT = Set.of(
            CommandCode.SNOOZE_ANNUNCIATION,
            CommandCode.CONFIRM_ANNUNCIATION,
            CommandCode.WRITE_BASAL_RATE_PROFILE,
            CommandCode.GET_TBR_TEMPLATE,
            CommandCode.SET_TBR_TEMPLATE,
            CommandCode.SET_BOLUS,
            CommandCode.CANCEL_BOLUS,
            CommandCode.GET_AVAILABLE_BOLUSES,
            CommandCode.GET_BOLUS_TEMPLATE,
            CommandCode.SET_BOLUS_TEMPLATE,
            CommandCode.RESET_TEMPLATE_STATUS,
            CommandCode.ACTIVATE_PROFILE_TEMPLATES,
            CommandCode.GET_ACTIVATED_PROFILE_TEMPLATES,
            CommandCode.WRITE_SENSITIVITY_PROFILE,
            CommandCode.WRITE_CARBOHYDRATE_PROFILE,
            CommandCode.WRITE_TARGET_RANGE_PROFILE,
            CommandCode.GET_MAX_BOLUS_AMOUNT);

    private ControlPointForms() {}

    /** A control point that is a table: fitness machine, cycling power, speed and cadence, location and navigation. */
    public static ControlPointForm<ControlPointMessage> table(ControlPoint point) {
        return form(point.codec(), (request, message) -> {
            if (!(message instanceof ControlPointMessage.Response response)
                    || response.requestOpCode() != request.opCode()) {
                return Optional.empty();
            }
            return verdict(
                    response.responseCode(),
                    ControlPointResult.SUCCESS.code(),
                    response.result().map(ControlPointResult::toString));
        });
    }

    /** User Data: registering, consent, deleting; body composition and weight scales have it too. */
    public static ControlPointForm<UserControlMessage> users() {
        return form(UserControlMessage.CODEC, (request, message) -> {
            if (!(message instanceof UserControlMessage.Response response)
                    || response.requestOpCode() != request.opCode()) {
                return Optional.empty();
            }
            return verdict(
                    response.responseCode(), USERS_DONE, response.outcome().map(ControlPointForms::words));
        });
    }

    /** Device Time: setting a clock, with the check sum that its features ask for. */
    public static ControlPointForm<DeviceTimeControlPoint> deviceTime(DeviceTimeFeature features) {
        return new ControlPointForm<>() {
            @Override
            public Codec<DeviceTimeControlPoint> codec() {
                return DeviceTimeControlPoint.codec(features);
            }

            @Override
            public Optional<Verdict> verdict(DeviceTimeControlPoint request, DeviceTimeControlPoint message) {
                int asked = request.message().opCode();
                if (message.message() instanceof DeviceTimeControlPoint.Response response) {
                    return response.requestOpCode() == asked
                            ? ControlPointForms.verdict(response.result(), TIME_DONE, Optional.empty())
                            : Optional.empty();
                }
                boolean isReport = asked == DeviceTimeControlPoint.RETRIEVE_ACTIVE_ADJUSTMENTS
                        && message.message().opCode() == DeviceTimeControlPoint.REPORT_ACTIVE_ADJUSTMENTS;
                return isReport ? Optional.of(Verdict.DONE) : Optional.empty();
            }

            @Override
            public E2eCheck check(DeviceTimeControlPoint message) {
                return message.check();
            }
        };
    }

    /** Generic Health Sensor: live observations on and off. Its answers name no request: one that comes late passes for the next. */
    public static ControlPointForm<HealthSensorControlPoint> healthSensor() {
        return form(
                HealthSensorControlPoint.CODEC,
                (request, message) -> message.meaning().flatMap(meaning -> switch (meaning) {
                    case START, STOP -> Optional.empty();
                    case DONE -> Optional.of(Verdict.DONE);
                    case BUSY, LIVE_NOT_ENABLED -> Optional.of(Verdict.refused(message.code(), words(meaning)));
                }));
    }

    /** CGM Specific Ops, with the check sum that the sensor's features ask for. */
    public static ControlPointForm<SpecificOpsMessage> specificOps(E2eContext context) {
        return new ControlPointForm<>() {
            @Override
            public Codec<SpecificOpsMessage> codec() {
                return SpecificOpsMessage.codec(context);
            }

            @Override
            public Optional<Verdict> verdict(SpecificOpsMessage request, SpecificOpsMessage message) {
                int asked = request.body().opCode();
                if (message.body() instanceof SpecificOpsMessage.Response response) {
                    return response.requestOpCode() == asked
                            ? ControlPointForms.verdict(
                                    response.responseCode(),
                                    SpecificOpsMessage.Result.SUCCESS.code(),
                                    SpecificOpsMessage.Result.of(response.responseCode())
                                            .map(SpecificOpsMessage.Result::toString))
                            : Optional.empty();
                }
                boolean isAnswer = SpecificOpsCode.of(asked)
                                .filter(code -> code.name().startsWith("GET_"))
                                .isPresent()
                        && message.body().opCode() == asked + 1
                        && isOfRecord(request, message);
                return isAnswer ? Optional.of(Verdict.DONE) : Optional.empty();
            }

            @Override
            public E2eCheck check(SpecificOpsMessage message) {
                return message.check();
            }
        };
    }

    /** A calibration that was asked for by its number bears that number. */
    private static boolean isOfRecord(SpecificOpsMessage request, SpecificOpsMessage message) {
        return !(request.body() instanceof SpecificOpsMessage.CalibrationQuery query)
                || query.recordNumber() == SpecificOpsMessage.CalibrationQuery.LAST
                || (message.body() instanceof SpecificOpsMessage.Calibration calibration
                        && calibration.recordNumber() == query.recordNumber());
    }

    /** Insulin Delivery, status reader: what changes nothing in the therapy. */
    public static ControlPointForm<StatusReaderMessage> statusReader(InsulinContext context) {
        return insulin(
                context,
                StatusReaderMessage.codec(context),
                ControlPointForms::statusVerdict,
                (request, check) ->
                        new StatusReaderMessage(request.opCode(), request.body(), check, request.remainder()));
    }

    private static Optional<Verdict> statusVerdict(StatusReaderMessage request, StatusReaderMessage message) {
        if (message.body() instanceof StatusReaderMessage.Response response) {
            return response.request().equals(request.opCode()) ? ofResult(response.result()) : Optional.empty();
        }
        return request.opCode()
                .known()
                .filter(asked -> asked != StatusReaderMessage.Op.RESET_STATUS
                        && message.opCode().equals(Coded.of(next(asked, StatusReaderMessage.Op.values())))
                        && isAbout(request.body(), message.body()))
                .map(asked -> Verdict.DONE);
    }

    private static boolean isAbout(StatusReaderMessage.Body asked, StatusReaderMessage.Body answered) {
        if (asked instanceof BolusQuery query) {
            return answered instanceof ActiveBolus bolus && bolus.bolusId() == query.bolusId();
        }
        if (asked instanceof CounterQuery query) {
            return answered instanceof Counter counter
                    && counter.type().equals(query.type())
                    && counter.selection().equals(query.selection());
        }
        return true;
    }

    /** Insulin Delivery, commands: what changes the therapy. */
    public static ControlPointForm<CommandMessage> insulinCommands(InsulinContext context) {
        return insulin(
                context,
                CommandMessage.codec(context),
                ControlPointForms::commandVerdict,
                (request, check) -> new CommandMessage(request.opCode(), request.body(), check, request.remainder()));
    }

    private static Optional<Verdict> commandVerdict(CommandMessage request, CommandMessage message) {
        if (message.body() instanceof CommandMessage.Response response) {
            return response.request().equals(request.opCode()) ? ofResult(response.result()) : Optional.empty();
        }
        return request.opCode()
                .known()
                .filter(asked -> ANSWERED_BY_NEXT.contains(asked)
                        && message.opCode().equals(Coded.of(next(asked, CommandCode.values())))
                        && isAboutIt(request, message))
                .map(asked -> Verdict.DONE);
    }

    /** What names a bolus, an annunciation or a template is answered by the same name. */
    private static boolean isAboutIt(CommandMessage request, CommandMessage message) {
        boolean isNamed = request.body() instanceof CommandMessage.Instance
                || (request.body() instanceof CommandMessage.Template
                        && message.body() instanceof CommandMessage.Template);
        return !isNamed || request.body().equals(message.body());
    }

    /** The form of both control points of a pump, with the counter and the check sum that its features ask for. */
    private static <M extends InsulinValue> ControlPointForm<M> insulin(
            InsulinContext context,
            Codec<M> codec,
            BiFunction<M, M, Optional<Verdict>> verdicts,
            BiFunction<M, E2eCheck, M> withCheck) {
        return new ControlPointForm<>() {
            @Override
            public Codec<M> codec() {
                return codec;
            }

            @Override
            public Optional<Verdict> verdict(M request, M message) {
                return verdicts.apply(request, message);
            }

            @Override
            public M counted(M request, IntSupplier counter) {
                return context.e2e().presence() == E2eContext.Presence.PRESENT
                        ? withCheck.apply(request, E2eCheck.sound(counter.getAsInt()))
                        : request;
            }

            @Override
            public E2eCheck check(M message) {
                return message.check();
            }
        };
    }

    @SuppressWarnings("EnumOrdinal") // the tables hold an answer behind its request
    private static <E extends Enum<E>> E next(E asked, E[] table) {
        return table[Math.min(asked.ordinal() + 1, table.length - 1)];
    }

    private static Optional<Verdict> ofResult(Coded<InsulinResult> result) {
        return verdict(result.code(), InsulinResult.SUCCESS.code(), Optional.of(result.toString()));
    }

    private static Optional<Verdict> verdict(int code, int success, Optional<String> words) {
        return Optional.of(
                code == success ? Verdict.DONE : Verdict.refused(code, words.orElse("unknown response code " + code)));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static <M> ControlPointForm<M> form(Codec<M> codec, BiFunction<M, M, Optional<Verdict>> verdicts) {
        return new ControlPointForm<>() {
            @Override
            public Codec<M> codec() {
                return codec;
            }

            @Override
            public Optional<Verdict> verdict(M request, M message) {
                return verdicts.apply(request, message);
            }
        };
    }
}
