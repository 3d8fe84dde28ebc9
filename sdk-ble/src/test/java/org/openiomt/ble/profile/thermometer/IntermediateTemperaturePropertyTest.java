package org.openiomt.ble.profile.thermometer;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class IntermediateTemperaturePropertyTest extends CodecLaws<IntermediateTemperature> {
    @Override
    protected Codec<IntermediateTemperature> codec() {
        return IntermediateTemperature.CODEC;
    }

    @Override
    protected Arbitrary<IntermediateTemperature> values() {
        return TemperatureMeasurementPropertyTest.standard().map(IntermediateTemperature::new);
    }
}
