package org.openiomt.ble.profile.pulseoximeter;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class SpotCheckMeasurementPropertyTest extends CodecLaws<SpotCheckMeasurement> {
    @Override
    protected Codec<SpotCheckMeasurement> codec() {
        return SpotCheckMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<SpotCheckMeasurement> values() {
        return Combinators.combine(
                        ContinuousMeasurementPropertyTest.oximetry(),
                        optional(dateTimes()),
                        Arbitraries.of(SpotCheckMeasurement.Clock.class),
                        ContinuousMeasurementPropertyTest.bits(OximeterStatus.class),
                        ContinuousMeasurementPropertyTest.bits(SensorStatus.class),
                        optional(sfloats()))
                .as((pair, takenAt, clock, status, sensor, amplitude) ->
                        new SpotCheckMeasurement(pair, takenAt, clock, status, sensor, amplitude, Remainder.NONE));
    }
}
