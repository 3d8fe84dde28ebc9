package org.openiomt.ble.procedure;

import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.core.model.Arrival;

/**
 * A glucose measurement with the context of the same number.
 *
 * @param arrival when the measurement came
 * @param measurement the measurement
 * @param context what the person said about it; empty when the meter announced none, or announced one that did not come
 */
public record GlucoseRecord(
        Arrival arrival, GlucoseMeasurement measurement, Optional<GlucoseMeasurementContext> context) {
    /** Checks that all are there and belong together. */
    public GlucoseRecord {
        Objects.requireNonNull(arrival, "arrival");
        Objects.requireNonNull(measurement, "measurement");
        if (context.isPresent() && context.get().sequenceNumber() != measurement.sequenceNumber()) {
            throw new IllegalArgumentException("the context is about another measurement");
        }
    }

    /** Hides the reading. */
    @Override
    public String toString() {
        return "GlucoseRecord[]";
    }
}
