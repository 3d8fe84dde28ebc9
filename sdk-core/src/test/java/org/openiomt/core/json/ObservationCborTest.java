package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openiomt.core.model.Observation;
import org.openiomt.core.wire.MedicalFloat;

class ObservationCborTest {
    @Test
    void aBloodPressureNeedsAtMost100Octets() {
        Observation whole = Observations.bloodPressure();
        Observation tenths = Observations.bloodPressure(
                MedicalFloat.of(1201, -1), MedicalFloat.of(804, -1), MedicalFloat.of(933, -1));

        assertThat(ObservationCbor.encode(whole)).hasSizeLessThanOrEqualTo(100);
        assertThat(ObservationCbor.encode(tenths)).hasSizeLessThanOrEqualTo(100);
        assertThat(ObservationCbor.decode(ObservationCbor.encode(tenths))).isEqualTo(tenths);
    }

    @Test
    void aSecondOfEcgAt250HertzNeedsAtMost570Octets() {
        assertThat(ObservationCbor.encode(Observations.ecg())).hasSizeLessThanOrEqualTo(570);
        assertThat(ObservationCbor.decode(ObservationCbor.encode(Observations.ecg())))
                .isEqualTo(Observations.ecg());
    }
}
