package org.openiomt.ble.profile.pulseoximeter;

import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class OximeterFeaturesPropertyTest extends CodecLaws<OximeterFeatures> {
    @Override
    protected Codec<OximeterFeatures> codec() {
        return OximeterFeatures.CODEC;
    }

    @Override
    protected Arbitrary<OximeterFeatures> values() {
        return Combinators.combine(
                        Arbitraries.of(OximeterFeature.class).set(),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFFFFFF))
                .as((features, status, sensor) -> new OximeterFeatures(
                        features,
                        features.contains(OximeterFeature.MEASUREMENT_STATUS)
                                ? OptionalInt.of(status)
                                : OptionalInt.empty(),
                        features.contains(OximeterFeature.DEVICE_SENSOR_STATUS)
                                ? OptionalInt.of(sensor)
                                : OptionalInt.empty(),
                        Remainder.NONE));
    }
}
