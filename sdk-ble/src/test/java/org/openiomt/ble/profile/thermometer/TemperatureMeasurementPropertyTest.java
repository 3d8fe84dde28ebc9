package org.openiomt.ble.profile.thermometer;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.floats;
import static org.openiomt.ble.conformance.ProfileValues.optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class TemperatureMeasurementPropertyTest extends CodecLaws<TemperatureMeasurement> {
    @Override
    protected Codec<TemperatureMeasurement> codec() {
        return TemperatureMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<TemperatureMeasurement> values() {
        return standard();
    }

    static Arbitrary<TemperatureMeasurement> standard() {
        return Combinators.combine(
                        floats(), Arbitraries.of(TemperatureUnit.class), optional(dateTimes()), optional(sites()))
                .as((temperature, unit, takenAt, site) ->
                        new TemperatureMeasurement(temperature, unit, takenAt, site, Remainder.NONE));
    }

    static Arbitrary<TemperatureSite> sites() {
        return Arbitraries.integers().between(1, 9).map(TemperatureSite::new);
    }
}
