package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.nomenclature.Mdc;

class EnvironmentalObservationsTest {
    @Test
    void aTemperatureKeepsItsResolution() {
        assertThat(Observed.from("2A6E", "6608")).singleElement().satisfies(one -> {
            assertThat(Observed.text(one)).isEqualTo("MDC_TEMP_ROOM 21.50 Cel");
            assertThat(one.status()).isEmpty();
            assertThat(one.type().value()).isEqualTo(188508);
        });
    }

    @Test
    void aTemperatureThatIsNotKnownIsNotAvailable() {
        assertThat(Observed.from("2A6E", "0080")).singleElement().satisfies(one -> {
            assertThat(Observed.text(one)).isEqualTo("MDC_TEMP_ROOM NaN Cel");
            assertThat(one.status()).containsExactly(MeasurementStatus.NOT_AVAILABLE);
        });
    }

    @Test
    void aTemperatureColderThanCanBeIsInvalid() {
        assertThat(Observed.from("2A6E", "4C95"))
                .singleElement()
                .satisfies(one -> assertThat(one.status()).containsExactly(MeasurementStatus.INVALID));
    }

    @Test
    void aReadingWithoutATermIsNotObserved() {
        assertThat(Observed.from("2A6F", "9E11")).isEmpty();
        assertThat(Mdc.code("MDC_REL_HUMIDITY_AMBIENT")).isEmpty();
    }
}
