package org.openiomt.ble.profile.bloodpressure;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class IntermediateCuffPressurePropertyTest extends CodecLaws<IntermediateCuffPressure> {
    @Override
    protected Codec<IntermediateCuffPressure> codec() {
        return IntermediateCuffPressure.CODEC;
    }

    @Override
    protected Arbitrary<IntermediateCuffPressure> values() {
        return BloodPressureMeasurementPropertyTest.standard().map(IntermediateCuffPressure::new);
    }
}
