package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;

class ActivityObservationsTest {
    private static final String HEART = "032200030001003C00000009000000480E";

    @Test
    void ratesOfOneMomentAreObservedAtTheirPlaceInTheSession() {
        List<Observation> observations = Observed.from("2B3E", HEART);
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly("MDC_ECG_HEART_RATE 72 {beat}/min", "MDC_RESP_RATE 14 {resp}/min");
        assertThat(observations)
                .allSatisfy(one ->
                        assertThat(one.time().device()).isEqualTo(new DeviceTime.Ticks(60, Duration.ofSeconds(1))));
    }

    @Test
    void aRateOfZeroIsQuestionable() {
        assertThat(Observed.from("2B3E", HEART.replace("480E", "000E")))
                .extracting(Observation::status)
                .containsExactly(Set.of(MeasurementStatus.QUESTIONABLE), Set.of());
    }

    @Test
    void aValueThatIsSentAgainIsTheSameAndOneOfAnotherSessionIsNot() {
        Object value = Observed.decode("2B3E", HEART);
        assertThat(Mappings.observations(value, Observed.arrival(2)).get(0).id())
                .isEqualTo(
                        Mappings.observations(value, Observed.arrival(1)).get(0).id());
        assertThat(Observed.from("2B3E", HEART.replace("0300", "0400")).get(0).id())
                .isNotEqualTo(Observed.from("2B3E", HEART).get(0).id());
    }

    @Test
    void otherFieldsSummariesAndSessionsObserveNothing() {
        assertThat(Observed.from("2B3C", "03010000030001003C000000090000001000"))
                .isEmpty();
        assertThat(Observed.from("2B40", "0300030001003C00000009000000")).isEmpty();
        assertThat(Observed.from("2B3B", "0000000000000000")).isEmpty();
    }
}
