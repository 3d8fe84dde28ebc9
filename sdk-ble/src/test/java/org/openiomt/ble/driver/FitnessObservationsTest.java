package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;

class FitnessObservationsTest {
    @Test
    void aBicycleHasDistancePowerAndCadence() {
        assertThat(Observed.from("2AD2", "54086F0596005C030022009403"))
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_HF_DISTANCE 860 m",
                        "MDC_HF_ACTIVITY_TIME 916 s",
                        "MDC_HF_POWER 34 W",
                        "MDC_HF_CAD 75.0 {rev}/min");
    }

    @Test
    void whatIsNotAvailableIsNotObserved() {
        List<Observation> observations = Observed.from("2ACD", "84245E01D204002C00FFFFFF7102E80300");
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly("MDC_HF_DISTANCE 1234 m", "MDC_HF_ENERGY 44 kcal", "MDC_HF_ACTIVITY_TIME 625 s");
        assertThat(observations).extracting(Observation::id).doesNotHaveDuplicates();
    }

    @Test
    void theClimbOfATreadmillKeepsItsDecimetres() {
        assertThat(Observed.from("2ACD", "180000000F00F6FF6400FFFF"))
                .extracting(Observed::text)
                .containsExactly("MDC_HF_INCLINE 1.5 %", "MDC_HF_ALT_GAIN 10.0 m");
    }

    @Test
    void aHeartRateThatMachinesSendWithoutOneIsQuestionable() {
        assertThat(Observed.from("2AD1", "0102FF").get(0).status()).containsExactly(MeasurementStatus.QUESTIONABLE);
        assertThat(Observed.from("2AD1", "010200").get(0).status()).containsExactly(MeasurementStatus.QUESTIONABLE);
        assertThat(Observed.from("2AD1", "010248")).singleElement().satisfies(rate -> {
            assertThat(Observed.text(rate)).isEqualTo("MDC_HF_HR 72 {beat}/min");
            assertThat(rate.status()).isEmpty();
        });
    }

    @Test
    void aSpeedAndAStatusObserveNothing() {
        assertThat(Observed.from("2ACD", "0000E803")).isEmpty();
        assertThat(Observed.from("2ADA", "04")).isEmpty();
        assertThat(Observed.from("2AD6", "000064000100")).isEmpty();
    }
}
