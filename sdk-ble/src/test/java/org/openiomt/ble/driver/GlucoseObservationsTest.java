package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;

class GlucoseObservationsTest {
    private static final String METER_MG = "0B0400E407050E0C311D4E0168B0F80000";
    private static final String METER_MMOL = "070100E3070815061F0DB4003BC0F1";

    private static List<Observation> record(String measurement, String context) {
        return GlucoseObservations.of(new GlucoseRecord(
                Observed.arrival(1),
                (GlucoseMeasurement) Observed.decode("2A18", measurement),
                Optional.of((GlucoseMeasurementContext) Observed.decode("2A34", context))));
    }

    private static Map<String, String> supplemental(Observation observation) {
        Map<String, String> texts = new TreeMap<>();
        observation
                .supplemental()
                .forEach((what, value) -> texts.put(Mdc.referenceId(what).orElseThrow(), Observed.text(value)));
        return texts;
    }

    @Test
    void massPerVolumeIsInMilligramsPerDecilitreWithTheSameDigits() {
        Observation reading = Observed.from("2A18", METER_MG).get(0);
        assertThat(Observed.text(reading)).isEqualTo("MDC_CONC_GLU_UNDETERMINED_PLASMA 104 mg/dL");
        assertThat(reading.status()).isEmpty();
        assertThat(supplemental(reading)).isEqualTo(Map.of("MDC_GLU_METER_DEV_STATUS", "0"));
        assertThat(reading.time().device())
                .isEqualTo(
                        new DeviceTime.BaseOffset(DeviceDateTime.of(2020, 5, 14, 12, 49, 29), Duration.ofMinutes(334)));
        assertThat(reading.time().device().local()).contains(LocalDateTime.of(2020, 5, 14, 18, 23, 29));
    }

    @Test
    void molesPerVolumeAreInMillimolesPerLitreWithTheSameDigits() {
        Observation reading = Observed.from("2A18", METER_MMOL).get(0);
        assertThat(Observed.text(reading)).isEqualTo("MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD 5.9 mmol/L");
        assertThat(reading.type().value()).isEqualTo(160184);
    }

    @ParameterizedTest
    @CsvSource({
        "F0, MDC_CONC_GLU_GEN",
        "F1, MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD",
        "F2, MDC_CONC_GLU_CAPILLARY_PLASMA",
        "F3, MDC_CONC_GLU_VENOUS_WHOLEBLOOD",
        "F4, MDC_CONC_GLU_VENOUS_PLASMA",
        "F5, MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD",
        "F6, MDC_CONC_GLU_ARTERIAL_PLASMA",
        "F7, MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD",
        "F8, MDC_CONC_GLU_UNDETERMINED_PLASMA",
        "F9, MDC_CONC_GLU_ISF",
        "FA, MDC_CONC_GLU_CONTROL",
        "FB, MDC_CONC_GLU_GEN",
    })
    void theTypeOfTheSampleChoosesTheTerm(String octet, String term) {
        assertThat(Observed.text(measured("3BC0" + octet))).startsWith(term + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "11, MDC_CTXT_GLU_SAMPLELOCATION_FINGER",
        "21, MDC_CTXT_GLU_SAMPLELOCATION_AST",
        "31, MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE",
        "41, MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION",
        "51,",
        "F1,",
    })
    void theLocationOfTheSampleQualifiesTheReading(String octet, String term) {
        assertThat(Observed.supplemental(measured("3BC0" + octet), Mdc.MDC_CTXT_GLU_SAMPLELOCATION))
                .isEqualTo(Optional.ofNullable(term));
    }

    @ParameterizedTest
    @CsvSource({"FA, true", "41, true", "4A, true", "11, false"})
    void aControlSolutionIsNobodysReading(String octet, boolean isTest) {
        assertThat(measured("3BC0" + octet).status().contains(MeasurementStatus.TEST_DATA))
                .isEqualTo(isTest);
    }

    @ParameterizedTest
    @CsvSource({
        "battery low, 0100, , 1",
        "sensor malfunction, 0200, QUESTIONABLE, 10",
        "sample too small, 0400, QUESTIONABLE, 100",
        "result too high, 2000, QUESTIONABLE, 100000",
        "general fault, 0004, QUESTIONABLE, 10000000000",
        "time fault, 0008, , 0",
        "reserved, 0080, , 0",
    })
    void findingsOfTheMeterAreKeptAndCastDoubt(String what, String bits, MeasurementStatus status, String flags) {
        Observation reading =
                Observed.from("2A18", "0E0100E8070617120A003BC0F1" + bits).get(0);
        assertThat(reading.status()).as(what).isEqualTo(status == null ? Set.of() : Set.of(status));
        assertThat(Observed.supplemental(reading, Mdc.MDC_GLU_METER_DEV_STATUS)).contains(flags);
    }

    @ParameterizedTest
    @CsvSource({
        "a time fault, 0E0100E8070617120A003BC0F10008",
        "more than the offset can say, 070100E8070617120A00FF7F3BC0F1",
        "less than the offset can say, 070100E8070617120A0000803BC0F1",
    })
    void aDoubtfulTimeIsSaidSo(String what, String hex) {
        assertThat(Observed.from("2A18", hex).get(0).time().clock().synchronisation())
                .as(what)
                .isEqualTo(ClockState.Synchronisation.NOT_SYNCHRONISED);
        assertThat(Observed.from("2A18", METER_MMOL).get(0).time().clock()).isEqualTo(ClockState.UNKNOWN);
    }

    @Test
    void aRecordWithoutAResultIsNeverLostAndNeverAValue() {
        assertThat(Observed.from("2A18", "000100E40705150A1E2D"))
                .singleElement()
                .satisfies(none -> {
                    assertThat(Observed.text(none)).isEqualTo("MDC_CONC_GLU_GEN NaN mg/dL");
                    assertThat(none.status()).containsExactly(MeasurementStatus.NOT_AVAILABLE);
                });
        assertThat(measured("FF07F1").status()).containsExactly(MeasurementStatus.NOT_AVAILABLE);
        assertThat(Observed.text(measured("FE07F1"))).endsWith("+INF mmol/L");
    }

    @Test
    void aContextQualifiesTheReadingAndChangesNoId() {
        List<Observation> explained =
                record("1B0000E307021B0B0A1EFBFF1E00120501", "FF0000B303640004123C003204D2F459F1");
        assertThat(explained)
                .extracting(Observed::text)
                .containsExactly("MDC_CONC_GLU_CAPILLARY_PLASMA 3000000 mg/dL", "MDC_CONC_HBA1C 34.5 %");
        assertThat(supplemental(explained.get(0)))
                .isEqualTo(new TreeMap<>(Map.of(
                        "MDC_CTXT_GLU_SAMPLELOCATION", "MDC_CTXT_GLU_SAMPLELOCATION_FINGER",
                        "MDC_GLU_METER_DEV_STATUS", "100000101",
                        "MDC_CTXT_GLU_CARB_DINNER", "100000 g",
                        "MDC_CTXT_GLU_MEAL", "MDC_CTXT_GLU_MEAL_CASUAL",
                        "MDC_CTXT_GLU_TESTER", "MDC_CTXT_GLU_TESTER_HCP",
                        "MDC_CTXT_GLU_HEALTH", "MDC_CTXT_GLU_HEALTH_MINOR",
                        "MDC_CTXT_GLU_EXERCISE", "[MDC_CTXT_GLU_EXERCISE 50 %, MDC_ATTR_TIME_PD_MSMT_ACTIVE 60 s]",
                        "MDC_CTXT_MEDICATION_LONGACTING", "123400 mL")));
        assertThat(explained.get(0).id())
                .isEqualTo(Observed.from("2A18", "1B0000E307021B0B0A1EFBFF1E00120501")
                        .get(0)
                        .id())
                .isNotEqualTo(explained.get(1).id());
        assertThat(explained.get(1).time().device())
                .isEqualTo(explained.get(0).time().device());
    }

    @Test
    void amountsKeepTheirDigitsInEverydayUnits() {
        Observation reading = record("160400E80706170E04003BC0F1", "1104000202D001 06A0".replace(" ", ""))
                .get(0);
        assertThat(supplemental(reading))
                .containsEntry("MDC_CTXT_GLU_CARB_LUNCH", "2 g")
                .containsEntry("MDC_CTXT_MEDICATION_RAPIDACTING", "6 mg");
    }

    @Test
    void reservedCodesOfAContextAreLeftOutButAmountsAreKept() {
        Observation reading = record("160500E80706170E04003BC0F1", "1F05000801F006E6FFFF3206FF07")
                .get(0);
        assertThat(supplemental(reading))
                .isEqualTo(Map.of(
                        "MDC_CTXT_GLU_CARB", "100 g",
                        "MDC_CTXT_GLU_EXERCISE", "[MDC_CTXT_GLU_EXERCISE 50 %, MDC_ATTR_TIME_PD_MSMT_ACTIVE +INF s]",
                        "MDC_CTXT_MEDICATION", "NaN mg"));
    }

    @Test
    void aRecordThatIsSentAgainIsTheSame() {
        Object measurement = Observed.decode("2A18", METER_MG);
        assertThat(Mappings.observations(measurement, Observed.arrival(2))
                        .get(0)
                        .id())
                .isEqualTo(Observed.from("2A18", METER_MG).get(0).id());
        assertThat(Observed.from("2A18", METER_MG.replaceFirst("0B04", "0B05"))
                        .get(0)
                        .id())
                .as("another record of the same minute and value")
                .isNotEqualTo(Observed.from("2A18", METER_MG).get(0).id());
    }

    @Test
    void aContextAloneObservesNothing() {
        assertThat(Observed.from("2A34", "000700")).isEmpty();
    }

    private static Observation measured(String sample) {
        return Observed.from("2A18", "060100E8070617120A00" + sample).get(0);
    }
}
