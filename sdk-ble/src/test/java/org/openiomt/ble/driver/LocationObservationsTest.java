package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;

class LocationObservationsTest {
    @Test
    void aPlaceKeepsTheDigitsOfTheSensor() {
        assertThat(Observed.from("2A67", "8F00F401E80300FFFFFFFF8096980018FCFF"))
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_HF_SPEED 5.00 m/s",
                        "MDC_HF_DISTANCE 100.0 m",
                        "MDC_HF_LATITUDE -0.0000001 deg",
                        "MDC_HF_LONGITUDE 1.0000000 deg",
                        "MDC_HF_ALT -10.00 m");
    }

    @Test
    void theTimeIsInUtc() {
        Observation speed = Observed.from("2A67", "4100F401E80706170E230A").get(0);
        assertThat(speed.time().device())
                .isEqualTo(new DeviceTime.WallClock(
                        DeviceDateTime.of(2024, 6, 23, 14, 35, 10), Optional.of(ZoneOffset.UTC)));
        assertThat(Observed.from("2A67", "0100F401").get(0).time().isKnown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0500, INVALID", "0501, QUESTIONABLE", "8501, QUESTIONABLE", "8500,"})
    void whatIsSaidAboutThePositionHoldsForThePlaceAlone(String flags, MeasurementStatus doubt) {
        var observations = Observed.from("2A67", flags + "F4010000000000000000");
        assertThat(observations.get(0).status()).isEmpty();
        assertThat(observations.subList(1, 3))
                .allSatisfy(place -> assertThat(place.status()).isEqualTo(doubt == null ? Set.of() : Set.of(doubt)));
    }

    @Test
    void navigationObservesNothing() {
        assertThat(Observed.from("2A68", "000000000000")).isEmpty();
        assertThat(Observed.from("2A67", "0000")).isEmpty();
    }
}
