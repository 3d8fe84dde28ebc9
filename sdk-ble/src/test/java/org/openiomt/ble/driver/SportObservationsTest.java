package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SportObservationsTest {
    @Test
    void aRunHasSpeedCadenceStrideAndDistance() {
        assertThat(Observed.from("2A53", "070003125600010000F0"))
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_HF_SPEED 3.00000000 m/s",
                        "MDC_HF_CAD 18 /min",
                        "MDC_HF_STRIDE 86 cm",
                        "MDC_HF_DISTANCE 402653184.1 m");
    }

    @Test
    void turnsOfAWheelAndFeaturesObserveNothing() {
        assertThat(Observed.from("2A5B", "0139300000E803")).isEmpty();
        assertThat(Observed.from("2A54", "0700")).isEmpty();
        assertThat(Observed.from("2A55", "100101")).isEmpty();
    }
}
