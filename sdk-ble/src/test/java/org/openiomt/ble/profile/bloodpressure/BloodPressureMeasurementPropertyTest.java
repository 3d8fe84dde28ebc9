package org.openiomt.ble.profile.bloodpressure;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class BloodPressureMeasurementPropertyTest extends CodecLaws<BloodPressureMeasurement> {
    @Override
    protected Codec<BloodPressureMeasurement> codec() {
        return BloodPressureMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<BloodPressureMeasurement> values() {
        return standard();
    }

    static Arbitrary<BloodPressureMeasurement> standard() {
        return Combinators.combine(
                        Arbitraries.of(PressureUnit.class),
                        sfloats(),
                        sfloats(),
                        sfloats(),
                        optional(dateTimes()),
                        optional(sfloats()),
                        optionalInts(0, 255),
                        optional(standardStatus()))
                .as((unit, systolic, diastolic, mean, takenAt, pulse, user, status) -> new BloodPressureMeasurement(
                        unit, systolic, diastolic, mean, takenAt, pulse, user, status, Remainder.NONE));
    }

    private static Arbitrary<BloodPressureStatus> standardStatus() {
        return Arbitraries.integers()
                .between(0, 0x3F)
                .map(BloodPressureStatus::new)
                .filter(status -> status.pulseRange() != BloodPressureStatus.PulseRange.RESERVED);
    }
}
