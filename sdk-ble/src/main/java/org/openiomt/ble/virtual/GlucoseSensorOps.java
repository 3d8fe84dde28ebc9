package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.continuousglucose.SpecificOpsCode.COMMUNICATION_INTERVAL;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.CgmFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Body;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Calibration;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.CalibrationQuery;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Interval;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Level;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Plain;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Response;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Result;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

/**
 * The Specific Ops Control Point of a glucose sensor: session, communication interval, calibration, levels, and the alert of the
 * device's own kind. What the features do not name is answered with "op code not supported".
 */
final class GlucoseSensorOps {
    /** What the sensor takes for a glucose level, mg/dL. */
    private static final BigDecimal MAX_LEVEL = BigDecimal.valueOf(600);

    /** What it takes for a rate, mg/dL per minute. */
    private static final BigDecimal MAX_RATE = BigDecimal.TEN;

    private static final int FIRST_INTERVAL = 5;

    /** How many minutes a calibration is good for. */
    private static final int CALIBRATION_GOOD_FOR = 12 * 60;

    private static final int MOST_MINUTES = 0xFFFF;

    /** A level that a central sets and gets, with the finding of a value beyond it. */
    private enum Kind {
        PATIENT_HIGH(
                SpecificOpsCode.SET_PATIENT_HIGH_LEVEL,
                SpecificOpsCode.GET_PATIENT_HIGH_LEVEL,
                SpecificOpsCode.PATIENT_HIGH_LEVEL,
                CgmFeature.PATIENT_HIGH_LOW_ALERTS,
                CgmFinding.ABOVE_PATIENT_HIGH),
        PATIENT_LOW(
                SpecificOpsCode.SET_PATIENT_LOW_LEVEL,
                SpecificOpsCode.GET_PATIENT_LOW_LEVEL,
                SpecificOpsCode.PATIENT_LOW_LEVEL,
                CgmFeature.PATIENT_HIGH_LOW_ALERTS,
                CgmFinding.BELOW_PATIENT_LOW),
        HYPO(
                SpecificOpsCode.SET_HYPO_LEVEL,
                SpecificOpsCode.GET_HYPO_LEVEL,
                SpecificOpsCode.HYPO_LEVEL,
                CgmFeature.HYPO_ALERTS,
                CgmFinding.BELOW_HYPO),
        HYPER(
                SpecificOpsCode.SET_HYPER_LEVEL,
                SpecificOpsCode.GET_HYPER_LEVEL,
                SpecificOpsCode.HYPER_LEVEL,
                CgmFeature.HYPER_ALERTS,
                CgmFinding.ABOVE_HYPER),
        DECREASE(
                SpecificOpsCode.SET_RATE_OF_DECREASE_LEVEL,
                SpecificOpsCode.GET_RATE_OF_DECREASE_LEVEL,
                SpecificOpsCode.RATE_OF_DECREASE_LEVEL,
                CgmFeature.RATE_ALERTS,
                CgmFinding.FALLS_TOO_FAST),
        INCREASE(
                SpecificOpsCode.SET_RATE_OF_INCREASE_LEVEL,
                SpecificOpsCode.GET_RATE_OF_INCREASE_LEVEL,
                SpecificOpsCode.RATE_OF_INCREASE_LEVEL,
                CgmFeature.RATE_ALERTS,
                CgmFinding.RISES_TOO_FAST);

        final SpecificOpsCode set;
        final SpecificOpsCode get;
        final SpecificOpsCode answer;
        final CgmFeature feature;
        final CgmFinding finding;

        Kind(SpecificOpsCode set, SpecificOpsCode get, SpecificOpsCode answer, CgmFeature feature, CgmFinding finding) {
            this.set = set;
            this.get = get;
            this.answer = answer;
            this.feature = feature;
            this.finding = finding;
        }

        boolean isRate() {
            return this == DECREASE || this == INCREASE;
        }

        /** Whether a value, or for the two rates a trend, lies beyond a level. */
        boolean isBeyond(BigDecimal value, BigDecimal level) {
            return switch (this) {
                case PATIENT_LOW, HYPO -> value.compareTo(level) < 0;
                case PATIENT_HIGH, HYPER, INCREASE -> value.compareTo(level) > 0;
                case DECREASE -> value.negate().compareTo(level.abs()) > 0;
            };
        }
    }

    private final VirtualGlucoseSensor sensor;
    private final Set<CgmFeature> features;
    private final E2eContext e2e;
    private final ControlPointServer server;

    // Guarded by the sensor.
    private final Map<Kind, MedicalFloat> levels = new EnumMap<>(Kind.class);
    private final TreeMap<Integer, Calibration> calibrations = new TreeMap<>();
    private int interval = FIRST_INTERVAL;
    private boolean isFailing;

    GlucoseSensorOps(VirtualGlucoseSensor sensor, Set<CgmFeature> features, E2eContext e2e) {
        this.sensor = sensor;
        this.features = features;
        this.e2e = e2e;
        levels.put(Kind.PATIENT_HIGH, MedicalFloat.of(180, 0));
        levels.put(Kind.PATIENT_LOW, MedicalFloat.of(80, 0));
        levels.put(Kind.HYPO, MedicalFloat.of(70, 0));
        levels.put(Kind.HYPER, MedicalFloat.of(250, 0));
        levels.put(Kind.DECREASE, MedicalFloat.of(3, 0));
        levels.put(Kind.INCREASE, MedicalFloat.of(3, 0));
        server = new ControlPointServer(
                sensor.peripheral(), VirtualGlucoseSensor.CONTROL_POINT, ProcedureErrors.COMMON, this::serve);
    }

    static E2eCheck check(E2eContext context) {
        return context.presence() == E2eContext.Presence.PRESENT ? E2eCheck.sound() : E2eCheck.none();
    }

    E2eCheck check() {
        return check(e2e);
    }

    /** Returns the communication interval, 0 to 255. */
    int interval() {
        synchronized (sensor) {
            return interval;
        }
    }

    void failNext() {
        synchronized (sensor) {
            isFailing = true;
        }
    }

    void refuseNext(int attError) {
        server.refuseNext(attError);
    }

    /** Returns which levels a value and its trend lie beyond; none that the sensor has no alert for. */
    Set<CgmFinding> alerts(MedicalFloat glucose, Optional<MedicalFloat> trend) {
        Set<CgmFinding> found = EnumSet.noneOf(CgmFinding.class);
        synchronized (sensor) {
            levels.forEach((kind, level) -> {
                Optional<MedicalFloat> value = kind.isRate() ? trend : Optional.of(glucose);
                if (features.contains(kind.feature)
                        && value.filter(MedicalFloat::isFinite)
                                .filter(finite -> kind.isBeyond(finite.toBigDecimal(), level.toBigDecimal()))
                                .isPresent()) {
                    found.add(kind.finding);
                }
            });
        }
        return found;
    }

    private List<byte[]> serve(byte[] octets) {
        synchronized (sensor) {
            Body answer;
            try {
                SpecificOpsMessage request = ProtectedWrite.decode(octets, e2e, SpecificOpsMessage::codec);
                answer = serve(request);
            } catch (DecodeException e) {
                int opCode = octets.length == 0 ? 0 : octets[0] & 0xFF;
                answer = new Response(opCode, Result.INVALID_OPERAND.code());
            }
            return List.of(SpecificOpsMessage.codec(e2e).encode(SpecificOpsMessage.of(answer)));
        }
    }

    private Body serve(SpecificOpsMessage request) {
        Body body = request.body();
        Optional<SpecificOpsCode> code = SpecificOpsCode.of(body.opCode());
        if (code.isEmpty() || !isSupported(code.get())) {
            return new Response(body.opCode(), Result.OP_CODE_NOT_SUPPORTED.code());
        }
        if (isFailing) {
            isFailing = false;
            return Response.of(code.get(), Result.PROCEDURE_NOT_COMPLETED);
        }
        return answer(code.get(), request);
    }

    private boolean isSupported(SpecificOpsCode code) {
        return switch (code) {
            case SET_COMMUNICATION_INTERVAL, GET_COMMUNICATION_INTERVAL, START_SESSION, STOP_SESSION -> true;
            case SET_CALIBRATION, GET_CALIBRATION -> features.contains(CgmFeature.CALIBRATION);
            case RESET_DEVICE_SPECIFIC_ALERT -> features.contains(CgmFeature.DEVICE_SPECIFIC_ALERT);
            default ->
                kind(code)
                        .filter(kind -> code != kind.answer)
                        .filter(kind -> features.contains(kind.feature))
                        .isPresent();
        };
    }

    private static Optional<Kind> kind(SpecificOpsCode code) {
        for (Kind kind : Kind.values()) {
            if (code == kind.set || code == kind.get || code == kind.answer) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private Body answer(SpecificOpsCode code, SpecificOpsMessage request) {
        Body body = request.body();
        if (!request.remainder().isEmpty()) {
            return Response.of(code, Result.INVALID_OPERAND);
        }
        if (body instanceof Interval wanted) {
            interval = wanted.minutes();
            sensor.restartSending();
            return Response.of(code, Result.SUCCESS);
        }
        if (body instanceof Level wanted) {
            return Response.of(code, set(kind(code).orElseThrow(), wanted.level()));
        }
        if (body instanceof Calibration value) {
            return Response.of(code, calibrate(value));
        }
        if (body instanceof CalibrationQuery query) {
            return calibration(query);
        }
        if (body instanceof Plain) {
            return plain(code);
        }
        throw new AssertionError(body);
    }

    private Body plain(SpecificOpsCode code) {
        return switch (code) {
            case GET_COMMUNICATION_INTERVAL -> new Interval(COMMUNICATION_INTERVAL, interval);
            case START_SESSION -> Response.of(code, done(sensor.startSession()));
            case STOP_SESSION -> Response.of(code, done(sensor.stopSession()));
            case RESET_DEVICE_SPECIFIC_ALERT -> {
                sensor.clear(CgmFinding.DEVICE_SPECIFIC_ALERT);
                yield Response.of(code, Result.SUCCESS);
            }
            default -> {
                Kind kind = kind(code).orElseThrow();
                yield new Level(kind.answer, levels.getOrDefault(kind, MedicalFloat.NAN));
            }
        };
    }

    private Result set(Kind kind, MedicalFloat level) {
        BigDecimal most = kind.isRate() ? MAX_RATE : MAX_LEVEL;
        boolean isSound = level.isFinite()
                && level.toBigDecimal().signum() >= 0
                && level.toBigDecimal().compareTo(most) <= 0;
        if (!isSound) {
            return Result.PARAMETER_OUT_OF_RANGE;
        }
        levels.put(kind, level);
        return Result.SUCCESS;
    }

    /** Takes a calibration; the sensor numbers it from 1 and says itself when the next is due. */
    private Result calibrate(Calibration value) {
        MedicalFloat glucose = value.glucoseMilligramPerDecilitre();
        boolean isSound = glucose.isFinite()
                && glucose.toBigDecimal().signum() > 0
                && glucose.toBigDecimal().compareTo(MAX_LEVEL) <= 0
                && value.calibrationTimeMinutes() <= sensor.minutes();
        if (!sensor.isSessionRunning()) {
            return Result.PROCEDURE_NOT_COMPLETED;
        }
        if (!isSound) {
            return Result.PARAMETER_OUT_OF_RANGE;
        }
        int number = calibrations.isEmpty() ? 1 : calibrations.lastKey() + 1;
        int next = Math.min(value.calibrationTimeMinutes() + CALIBRATION_GOOD_FOR, MOST_MINUTES);
        calibrations.put(
                number,
                new Calibration(
                        SpecificOpsCode.CALIBRATION,
                        glucose,
                        value.calibrationTimeMinutes(),
                        value.type(),
                        value.sampleLocation(),
                        next,
                        number,
                        0));
        return Result.SUCCESS;
    }

    private Body calibration(CalibrationQuery query) {
        int number = query.recordNumber();
        if (number == CalibrationQuery.LAST && !calibrations.isEmpty()) {
            return calibrations.lastEntry().getValue();
        }
        Calibration found = calibrations.get(number);
        return found == null ? Response.of(SpecificOpsCode.GET_CALIBRATION, Result.PARAMETER_OUT_OF_RANGE) : found;
    }

    private static Result done(boolean isDone) {
        return isDone ? Result.SUCCESS : Result.PROCEDURE_NOT_COMPLETED;
    }
}
