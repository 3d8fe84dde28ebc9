package org.openiomt.ble.profile.thermometer;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class TemperatureTypePropertyTest extends CodecLaws<TemperatureType> {
    @Override
    protected Codec<TemperatureType> codec() {
        return TemperatureType.CODEC;
    }

    @Override
    protected Arbitrary<TemperatureType> values() {
        return TemperatureMeasurementPropertyTest.sites().map(site -> new TemperatureType(site, Remainder.NONE));
    }
}
