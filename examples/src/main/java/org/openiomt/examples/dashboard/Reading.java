package org.openiomt.examples.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.wire.MedicalFloat;

/**
 * One reading as it is shown at a bed. {@code toString} is inherited and shows content: never log it.
 *
 * @param observation what arrived
 * @param delivered when it arrived at the application
 */
record Reading(Observation observation, Instant delivered) {
    /** A reading that the gateway received longer ago than this when it arrives is late. */
    static final Duration LATE_AFTER = Duration.ofSeconds(3);

    private static final String NO_VALUE = "–";

    /** Bits of MDC_PULS_OXIM_DEV_STATUS, as the nomenclature counts them, that a person at the bed can do something about. */
    private static final Map<Integer, String> SENSOR_FINDINGS = new TreeMap<>(Map.of(
            0, "sensor off",
            1, "sensor faulty",
            2, "sensor has slipped",
            4, "sensor off",
            5, "interference",
            10, "low perfusion",
            11, "weak signal",
            12, "weak signal"));

    /** How much a remark matters. */
    enum Severity {
        /** There is no value to act on. */
        FAILED,
        /** The value may be wrong. */
        DOUBTFUL,
        /** Good to know. */
        NOTE
    }

    /**
     * Something to know about the value.
     *
     * @param severity how much it matters
     * @param text for a person
     */
    record Remark(Severity severity, String text) {}

    /** Hides the content. */
    @Override
    public String toString() {
        return "Reading[" + observation.id() + "]";
    }

    /** Returns what was measured. */
    Vitals.Vital vital() {
        return Vitals.of(observation.type());
    }

    /** Whether the gateway received it long before the application did. */
    boolean isLate() {
        return lateness().compareTo(LATE_AFTER) > 0;
    }

    /** Returns how long it took from the gateway to the application. */
    Duration lateness() {
        return Duration.between(observation.time().receivedAt(), delivered);
    }

    /** Returns the value as a person reads it, without its unit; a dash when there is none or it is no measurement. */
    String value() {
        boolean hasFailed = remarks().stream().anyMatch(remark -> remark.severity() == Severity.FAILED);
        return hasFailed ? NO_VALUE : text(observation.value());
    }

    /** Returns the unit of the value, or no text. */
    String unit() {
        return unit(observation.value());
    }

    /** Returns what else belongs to the value, or no text. */
    String detail() {
        if (observation.type().equals(Mdc.MDC_PRESS_BLD_NONINV)
                && observation.value() instanceof Value.Compound parts) {
            return parts.components().stream()
                    .filter(part -> part.type().equals(Mdc.MDC_PRESS_BLD_NONINV_MEAN) && isNumber(part.value()))
                    .map(part -> "mean " + text(part.value()))
                    .collect(Collectors.joining());
        }
        return "";
    }

    /** Returns what to know about the value, the most important first. */
    List<Remark> remarks() {
        Optional<String> special = special(observation.value());
        List<String> findings = sensorFindings();
        List<Remark> remarks = new ArrayList<>();
        for (MeasurementStatus status : observation.status()) {
            Remark remark = remark(status);
            boolean isExplained = remark.severity() == Severity.FAILED && (special.isPresent() || !findings.isEmpty());
            if (!isExplained && !(status == MeasurementStatus.QUESTIONABLE && !findings.isEmpty())) {
                remarks.add(remark);
            }
        }
        Severity ofFindings = observation.status().contains(MeasurementStatus.INVALID) || special.isPresent()
                ? Severity.FAILED
                : observation.isValid() ? Severity.NOTE : Severity.DOUBTFUL;
        findings.forEach(finding -> remarks.add(new Remark(ofFindings, finding)));
        if (findings.isEmpty()) {
            special.ifPresent(text -> remarks.add(new Remark(Severity.FAILED, text)));
        }
        remarks.sort(Comparator.comparing(Remark::severity));
        return remarks;
    }

    /** Returns what an oximeter says about its sensor. */
    private List<String> sensorFindings() {
        if (!(observation.supplemental().get(Mdc.MDC_PULS_OXIM_DEV_STATUS) instanceof Value.Flags flags)) {
            return List.of();
        }
        return SENSOR_FINDINGS.entrySet().stream()
                .filter(finding -> finding.getKey() < flags.width() && flags.isSet(finding.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    /** Returns when the device measured by its own clock, as it said it. */
    Optional<String> deviceTime() {
        DeviceTime time = observation.time().device();
        if (time instanceof DeviceTime.Ticks ticks) {
            return Optional.of("tick " + ticks.count());
        }
        if (time instanceof DeviceTime.Utc utc) {
            return Optional.of(
                    utc.instant().atOffset(utc.offset().orElse(ZoneOffset.UTC)).toString());
        }
        return time.local().map(Object::toString);
    }

    /** Returns it for the page. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", vital().key());
        map.put("order", vital().order());
        map.put("label", vital().label());
        map.put("continuous", vital().isContinuous());
        map.put("value", value());
        map.put("unit", unit());
        map.put("detail", detail());
        deviceTime().ifPresent(time -> map.put("deviceTime", time));
        map.put("received", observation.time().receivedAt().toEpochMilli());
        map.put("delivered", delivered.toEpochMilli());
        map.put("late", isLate());
        map.put(
                "remarks",
                remarks().stream()
                        .map(remark -> Map.of(
                                "severity", remark.severity().name().toLowerCase(Locale.ROOT),
                                "text", remark.text()))
                        .toList());
        return map;
    }

    private static Remark remark(MeasurementStatus status) {
        return switch (status) {
            case INVALID -> new Remark(Severity.FAILED, "failed");
            case NOT_AVAILABLE -> new Remark(Severity.FAILED, "no value");
            case QUESTIONABLE -> new Remark(Severity.DOUBTFUL, "doubtful");
            case CALIBRATION_ONGOING -> new Remark(Severity.DOUBTFUL, "device calibrates itself");
            case EARLY_INDICATION -> new Remark(Severity.DOUBTFUL, "early value");
            case MEASUREMENT_ONGOING -> new Remark(Severity.DOUBTFUL, "still measuring");
            case TEST_DATA -> new Remark(Severity.NOTE, "test data");
            case DEMO_DATA -> new Remark(Severity.NOTE, "demo data");
            case VALIDATED_DATA -> new Remark(Severity.NOTE, "confirmed");
        };
    }

    private static String text(Value value) {
        if (value instanceof Value.Numeric numeric) {
            MedicalFloat number = numeric.quantity().value();
            return number.isFinite() ? number.toString() : NO_VALUE;
        }
        if (value instanceof Value.Compound compound) {
            return compound.components().stream()
                    .filter(part -> !part.type().equals(Mdc.MDC_PRESS_BLD_NONINV_MEAN))
                    .map(part -> text(part.value()))
                    .collect(Collectors.joining("/"));
        }
        if (value instanceof Value.Coded coded) {
            return Vitals.nameOf(coded.code());
        }
        if (value instanceof Value.Text words) {
            return words.text();
        }
        if (value instanceof Value.Flags flags) {
            return "0x" + Long.toHexString(flags.bits());
        }
        return NO_VALUE;
    }

    private static String unit(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return Vitals.unit(numeric.quantity().unit());
        }
        if (value instanceof Value.Compound compound && !compound.components().isEmpty()) {
            return unit(compound.components().get(0).value());
        }
        return "";
    }

    private static boolean isNumber(Value value) {
        return special(value).isEmpty();
    }

    /** Returns what a special value says; of a compound, of its first part that is one. */
    private static Optional<String> special(Value value) {
        if (value instanceof Value.Compound compound) {
            return compound.components().stream()
                    .filter(part -> !part.type().equals(Mdc.MDC_PRESS_BLD_NONINV_MEAN))
                    .map(part -> special(part.value()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!(value instanceof Value.Numeric numeric)) {
            return Optional.empty();
        }
        Quantity quantity = numeric.quantity();
        return switch (quantity.value().kind()) {
            case FINITE -> Optional.empty();
            case NAN -> Optional.of("failed");
            case NRES -> Optional.of("not at this resolution");
            case POSITIVE_INFINITY -> Optional.of("above the range");
            case NEGATIVE_INFINITY -> Optional.of("below the range");
            case RESERVED -> Optional.of("no value");
        };
    }
}
