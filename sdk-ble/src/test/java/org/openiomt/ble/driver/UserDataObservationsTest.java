package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserDataObservationsTest {
    @ParameterizedTest
    @CsvSource({
        "2A98, 1437, MDC_MASS_BODY_ACTUAL 70.500 kg",
        "2A8E, B400, MDC_LEN_BODY_ACTUAL 1.80 m",
        "2B47, 7544, MDC_LEN_BODY_ACTUAL 1.7525 m",
        "2A80, 2C, MDC_ATTR_PT_AGE 44 a",
    })
    void weightHeightAndAgeOfAUserAreObserved(String uuid, String hex, String observed) {
        assertThat(Observed.from(uuid, hex)).extracting(Observed::text).containsExactly(observed);
    }

    @ParameterizedTest
    @CsvSource({"2A7E, 8E", "2A9A, 02", "2A99, 07000000", "2A92, 3C", "2A97, B400", "2A85, BC070511", "2A8C, 01"})
    void settingsOfAUserAreNotObserved(String uuid, String hex) {
        assertThat(Observed.from(uuid, hex)).isEmpty();
    }
}
