package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;

class HeartRateObservationsTest {
    @Test
    void aRateIsOneObservation() {
        assertThat(Observed.from("2A37", "0055")).singleElement().satisfies(rate -> {
            assertThat(Observed.text(rate)).isEqualTo("MDC_ECG_HEART_RATE 85 {beat}/min");
            assertThat(rate.type().value()).isEqualTo(147842);
            assertThat(rate.status()).isEmpty();
            assertThat(rate.time().isKnown()).isFalse();
        });
    }

    @Test
    void intervalsAreExactAndKeepTheirOrder() {
        List<Observation> observations = Observed.from("2A37", "164A0D0300040100");
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_ECG_HEART_RATE 74 {beat}/min",
                        "MDC_ECG_TIME_PD_RR_GL 762.6953125 ms",
                        "MDC_ECG_TIME_PD_RR_GL 1000.0000000 ms",
                        "MDC_ECG_TIME_PD_RR_GL 0.9765625 ms");
        assertThat(observations).extracting(Observation::id).doesNotHaveDuplicates();
    }

    @Test
    void everyIntervalIsExact() {
        for (int ticks = 0; ticks <= 0xFFFF; ticks += 13) {
            HeartRateMeasurement measurement = (HeartRateMeasurement)
                    Observed.decode("2A37", String.format("1000%02X%02X", ticks & 0xFF, ticks >> 8));
            Value.Numeric interval = (Value.Numeric) HeartRateObservations.of(measurement, Observed.arrival(1))
                    .get(1)
                    .value();
            assertThat(interval.quantity().value().toBigDecimal().multiply(BigDecimal.valueOf(1024)))
                    .isEqualByComparingTo(BigDecimal.valueOf(ticks * 1000L));
        }
    }

    @Test
    void theSamePacketAgainIsAnotherReading() {
        HeartRateMeasurement measurement = HeartRateMeasurement.of(60);
        assertThat(HeartRateObservations.of(measurement, Observed.arrival(1))
                        .get(0)
                        .id())
                .isNotEqualTo(HeartRateObservations.of(measurement, Observed.arrival(2))
                        .get(0)
                        .id());
    }

    @Test
    void energyIsInKilojoules() {
        Observation energy = Observed.from("2A37", "1E5532002100").get(2);
        assertThat(Observed.text(energy)).isEqualTo("MDC_HF_ENERGY 50 kJ");
        assertThat(energy.status()).isEmpty();
    }

    @Test
    void aFullCounterOfEnergyIsQuestionable() {
        assertThat(Observed.from("2A37", "0855FFFF").get(1).status()).containsExactly(MeasurementStatus.QUESTIONABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "no contact and no rate, 0400, NOT_AVAILABLE",
        "no contact and a rate, 0455, QUESTIONABLE",
        "contact and no rate, 0600, QUESTIONABLE",
        "no rate and no word of contact, 0000, QUESTIONABLE",
        "contact and a rate, 0655,",
        "bit of contact without support, 0255,",
    })
    void contactDecidesWhatARateIsWorth(String what, String hex, MeasurementStatus status) {
        assertThat(Observed.from("2A37", hex).get(0).status())
                .as(what)
                .isEqualTo(status == null ? Set.of() : Set.of(status));
    }

    @Test
    void intervalsWithoutContactAreQuestionableToo() {
        assertThat(Observed.from("2A37", "144A0D03").get(1)).satisfies(interval -> {
            assertThat(interval.type()).isEqualTo(Mdc.MDC_ECG_TIME_PD_RR_GL);
            assertThat(interval.status()).containsExactly(MeasurementStatus.QUESTIONABLE);
        });
    }

    @Test
    void aPlaceOnTheBodyObservesNothing() {
        assertThat(Observed.from("2A38", "01")).isEmpty();
    }
}
