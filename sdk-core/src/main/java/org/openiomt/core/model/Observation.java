package org.openiomt.core.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One reading of one device, in the shape of ISO/IEEE 11073-10206 (ACOM). Immutable.
 *
 * @param id names this observation for ever
 * @param device the device that made it
 * @param type what was observed, an MDC term
 * @param value what it was
 * @param time when it was, by the device and by us
 * @param status what the device says about its validity; empty means valid
 * @param supplemental what else the device said that qualifies the value: site, meal, modality
 * @param subject the person, when it is known
 * @param derivedFrom the observations that this one was computed from
 * @param unknown what a newer writer said beside all that; kept for whoever gets this observation encoded again
 */
public record Observation(
        ObservationId id,
        DeviceId device,
        Code type,
        Value value,
        ObservationTime time,
        Set<MeasurementStatus> status,
        Map<Code, Value> supplemental,
        Optional<SubjectId> subject,
        List<ObservationId> derivedFrom,
        UnknownEntries unknown) {

    /** Checks that all are there and copies the collections; {@code supplemental} keeps its order. */
    public Observation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(subject, "subject");
        status = status.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(status));
        supplemental =
                supplemental.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(supplemental));
        derivedFrom = List.copyOf(derivedFrom);
        Objects.requireNonNull(unknown, "unknown");
    }

    /** Makes an observation of which this version knows all. */
    public Observation(
            ObservationId id,
            DeviceId device,
            Code type,
            Value value,
            ObservationTime time,
            Set<MeasurementStatus> status,
            Map<Code, Value> supplemental,
            Optional<SubjectId> subject,
            List<ObservationId> derivedFrom) {
        this(id, device, type, value, time, status, supplemental, subject, derivedFrom, UnknownEntries.NONE);
    }

    /**
     * Returns the number with its unit that was observed for a term: that of this observation, or of a part of it, such as
     * {@code MDC_PRESS_BLD_NONINV_SYS} of a blood pressure. It may be no finite number when {@link #isValid} says no.
     */
    public Optional<Quantity> quantity(Code term) {
        if (value instanceof Value.Compound compound) {
            return compound.components().stream()
                    .filter(part -> part.type().equals(term))
                    .findFirst()
                    .flatMap(part -> quantityOf(part.value()));
        }
        return type.equals(term) ? quantityOf(value) : Optional.empty();
    }

    private static Optional<Quantity> quantityOf(Value value) {
        return value instanceof Value.Numeric numeric ? Optional.of(numeric.quantity()) : Optional.empty();
    }

    /** Whether the device put no doubt on the value: neither invalid, questionable nor absent. */
    public boolean isValid() {
        return !status.contains(MeasurementStatus.INVALID)
                && !status.contains(MeasurementStatus.QUESTIONABLE)
                && !status.contains(MeasurementStatus.NOT_AVAILABLE);
    }

    /** Whether this is a piece of a wave form, which waits behind clinical readings. */
    public boolean isWaveform() {
        return value instanceof Value.SampleArray;
    }

    /** Hides value, time and person. */
    @Override
    public String toString() {
        return "Observation[id=" + id + ", device=" + device + ", type=" + type + "]";
    }
}
