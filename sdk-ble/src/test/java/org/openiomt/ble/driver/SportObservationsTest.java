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
    void aPowerMeterHasPowerAndEnergy() {
        assertThat(Observed.from("2A63", "0008F6FFE803"))
                .extracting(Observed::text)
                .containsExactly("MDC_HF_POWER -10 W", "MDC_HF_ENERGY 1000 kJ");
        assertThat(Observed.from("2A63", "2C0021009F000C00E542"))
                .extracting(Observed::text)
                .containsExactly("MDC_HF_POWER 33 W");
    }

    @Test
    void turnsOfAWheelAndFeaturesObserveNothing() {
        assertThat(Observed.from("2A5B", "0139300000E803")).isEmpty();
        assertThat(Observed.from("2A54", "0700")).isEmpty();
        assertThat(Observed.from("2A55", "100101")).isEmpty();
    }
}
