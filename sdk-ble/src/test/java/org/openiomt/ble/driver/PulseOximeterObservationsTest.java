package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;

class PulseOximeterObservationsTest {
    private static final String SPOT = "0F62004800E80706170E230A20012000002BF0";

    @Test
    void aSpotCheckBearsItsTimeAndModality() {
        List<Observation> observations = Observed.from("2A5E", SPOT);
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_PULS_OXIM_SAT_O2 98 %",
                        "MDC_PULS_OXIM_PULS_RATE 72 {beat}/min", "MDC_PULS_OXIM_PERF_REL 4.3 %");
        assertThat(observations).extracting(one -> one.type().value()).containsExactly(150456L, 149530L, 150448L);
        assertThat(observations).allSatisfy(one -> {
            assertThat(one.time().device())
                    .isEqualTo(DeviceTime.WallClock.of(DeviceDateTime.of(2024, 6, 23, 14, 35, 10)));
            assertThat(Observed.supplemental(one, Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES))
                    .contains("MDC_MODALITY_SPOT");
            assertThat(one.status()).containsExactly(MeasurementStatus.MEASUREMENT_ONGOING);
            assertThat(one.time().clock()).isEqualTo(ClockState.UNKNOWN);
        });
    }

    @Test
    void aStoredSpotCheckThatIsSentAgainIsTheSame() {
        Object spot = Observed.decode("2A5E", SPOT);
        assertThat(Mappings.observations(spot, Observed.arrival(2)))
                .extracting(Observation::id)
                .isEqualTo(Observed.from("2A5E", SPOT).stream()
                        .map(Observation::id)
                        .toList());
    }

    @Test
    void aClockThatIsNotSetIsSaidSoAndNamesNothing() {
        Object spot = Observed.decode("2A5E", "1162004800D007010100000A");
        Observation first = Mappings.observations(spot, Observed.arrival(1)).get(0);
        assertThat(first.time().clock().synchronisation()).isEqualTo(ClockState.Synchronisation.NOT_SYNCHRONISED);
        assertThat(Mappings.observations(spot, Observed.arrival(2)).get(0).id()).isNotEqualTo(first.id());
    }

    @Test
    void fastAndSlowValuesBearTheirModalityAndAreReadingsOfTheirOwn() {
        List<Observation> observations = Observed.from("2A5F", "1F610048006100490060004700200120000014F0");
        assertThat(observations)
                .extracting(one -> Observed.text(one) + " "
                        + Observed.supplemental(one, Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES)
                                .orElse("-"))
                .containsExactly(
                        "MDC_PULS_OXIM_SAT_O2 97 % -",
                        "MDC_PULS_OXIM_PULS_RATE 72 {beat}/min -",
                        "MDC_PULS_OXIM_SAT_O2 97 % MDC_MODALITY_FAST",
                        "MDC_PULS_OXIM_PULS_RATE 73 {beat}/min MDC_MODALITY_FAST",
                        "MDC_PULS_OXIM_SAT_O2 96 % MDC_MODALITY_SLOW",
                        "MDC_PULS_OXIM_PULS_RATE 71 {beat}/min MDC_MODALITY_SLOW",
                        "MDC_PULS_OXIM_PERF_REL 2.0 % -");
        assertThat(observations).extracting(Observation::id).doesNotHaveDuplicates();
    }

    @Test
    void aValueThatIsNoNumberStaysSoAndIsNotAvailable() {
        assertThat(Observed.from("2A5F", "00FF074800"))
                .extracting(one -> Observed.text(one) + " " + one.status())
                .containsExactly(
                        "MDC_PULS_OXIM_SAT_O2 NaN % [NOT_AVAILABLE]", "MDC_PULS_OXIM_PULS_RATE 72 {beat}/min []");
    }

    @ParameterizedTest
    @CsvSource({
        "0000,",
        "2000, MEASUREMENT_ONGOING",
        "4000, EARLY_INDICATION",
        "8000, VALIDATED_DATA",
        "0001,",
        "0002,",
        "0004, DEMO_DATA",
        "0008, TEST_DATA",
        "0010, CALIBRATION_ONGOING",
        "0020, NOT_AVAILABLE",
        "0040, QUESTIONABLE",
        "0080, INVALID",
        "00C0, QUESTIONABLE INVALID",
        "1F00,",
    })
    void measurementStatusIsCarriedOver(String bits, String status) {
        assertThat(Observed.from("2A5F", "0461004800" + bits))
                .allSatisfy(one -> assertThat(one.status()).isEqualTo(statuses(status)));
    }

    @ParameterizedTest
    @CsvSource({
        "extended display update, 010000, , 1000000000000000",
        "equipment malfunction, 020000, INVALID, 100000000000000",
        "inadequate signal, 080000, QUESTIONABLE, 1000000000000",
        "low perfusion, 200000, , 10000000000",
        "signal analysis ongoing, 000200, MEASUREMENT_ONGOING, 1000000",
        "sensor off, 000800, INVALID, 10000",
        "sensor displaced, 002000, QUESTIONABLE, 100",
        "sensor disconnected, 008000, INVALID, 1",
        "reserved, 000080, , 0",
    })
    void sensorStatusDecidesTheWorthAndIsKeptInTheOrderOfTheNomenclature(
            String what, String bits, String status, String flags) {
        Observation saturation = Observed.from("2A5F", "0861004800" + bits).get(0);
        assertThat(saturation.status()).as(what).isEqualTo(statuses(status));
        assertThat(Observed.supplemental(saturation, Mdc.MDC_PULS_OXIM_DEV_STATUS))
                .contains(flags);
    }

    @Test
    void featuresObserveNothing() {
        assertThat(Observed.from("2A60", "0000")).isEmpty();
    }

    private static Set<MeasurementStatus> statuses(String names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.split(" "))
                        .map(MeasurementStatus::valueOf)
                        .collect(Collectors.toSet());
    }
}
