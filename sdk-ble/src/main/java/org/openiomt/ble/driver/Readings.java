package org.openiomt.ble.driver;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.MedicalFloat;

/** Rules that the mappings of all services share. */
final class Readings {
    private static final int MAX_YEAR = 0xFFFF;

    private Readings() {}

    /**
     * Begins an observation of one number. A number that is none (NaN, NRes, reserved) is kept and marked as not available.
     * An infinity is a finding, above or below the range, and bears no mark.
     */
    static ObservationBuilder numeric(Arrival arrival, Code type, MedicalFloat value, Code unit) {
        return arrival.observe(type, Value.Numeric.of(value, unit))
                .statusIf(isAbsent(value), MeasurementStatus.NOT_AVAILABLE);
    }

    /** Whether a medical float says nothing about size: NaN, NRes or reserved. */
    static boolean isAbsent(MedicalFloat value) {
        return switch (value.kind()) {
            case NAN, NRES, RESERVED -> true;
            case FINITE, POSITIVE_INFINITY, NEGATIVE_INFINITY -> false;
        };
    }

    /** Returns the device's number of the person, or empty when it is the number for a person whom it does not know. */
    static OptionalInt user(OptionalInt userId, int unknown) {
        return userId.isPresent() && userId.getAsInt() == unknown ? OptionalInt.empty() : userId;
    }

    /**
     * Returns the wall clock that shows {@code time}, or ticks when no device clock can show it, or there is no time: a device may
     * send any year.
     */
    static DeviceTime at(Optional<LocalDateTime> time, Optional<ZoneOffset> offset, DeviceTime.Ticks otherwise) {
        return time.filter(local -> local.getYear() > 0 && local.getYear() <= MAX_YEAR)
                .<DeviceTime>map(local -> new DeviceTime.WallClock(DeviceDateTime.from(local), offset))
                .orElse(otherwise);
    }
}
