package org.openiomt.core.nomenclature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.NotTested;
import org.openiomt.core.model.Code;

class NomenclatureTest {
    private static final int UNITS = 4;

    @Test
    void everyTermOfTheTableIsTheOneOfTheReference() throws IOException {
        List<String> differences = new ArrayList<>();
        List<Code> codes = new ArrayList<>();
        for (String[] row : reference("phd_terms_curated.csv", 4)) {
            Code code = Code.of(Integer.parseInt(row[0]), Integer.parseInt(row[1]));
            codes.add(code);
            boolean isSame = code.value() == Long.parseLong(row[2])
                    && Mdc.referenceId(code).equals(Optional.of(row[3]))
                    && Mdc.code(row[3]).equals(Optional.of(code));
            if (!isSame) {
                differences.add(row[3]);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(codes).hasSize(243);
        assertThat(Mdc.all()).containsAll(codes);
    }

    @Test
    void everyUnitOfTheReferenceFollowsFromTheRule() throws IOException {
        List<String> differences = new ArrayList<>();
        List<Integer> terms = new ArrayList<>();
        for (String[] row : reference("units_ucum_generated.csv", 5)) {
            Code code = Code.of(Long.parseLong(row[1]));
            terms.add(code.term());
            String expected = row[0] + " " + row[2] + " " + row[3];
            String actual = Units.unit(code)
                    .map(unit -> unit.code().term() + " " + unit.referenceId() + " " + unit.ucum())
                    .orElse("unknown");
            if (!expected.equals(actual)) {
                differences.add(expected + " but is " + actual);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(terms).hasSize(591);
        assertThat(IntStream.rangeClosed(0, 0xFFFF)
                        .filter(term -> Units.unit(Code.of(UNITS, term)).isPresent())
                        .boxed())
                .containsExactlyInAnyOrderElementsOf(terms);
    }

    @ParameterizedTest
    @CsvSource({
        "150456, MDC_PULS_OXIM_SAT_O2, SpO2",
        "147842, MDC_ECG_HEART_RATE, heart rate",
        "150020, MDC_PRESS_BLD_NONINV, blood pressure",
        "150021, MDC_PRESS_BLD_NONINV_SYS, systolic",
        "150022, MDC_PRESS_BLD_NONINV_DIA, diastolic",
        "188736, MDC_MASS_BODY_ACTUAL, weight",
        "150364, MDC_TEMP_BODY, body temperature",
        "160184, MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD, 'glucose, capillary whole blood'",
    })
    void aTermHasItsReferenceIdAndAShortName(long code, String referenceId, String displayName) {
        assertThat(Mdc.referenceId(Code.of(code))).hasValue(referenceId);
        assertThat(Mdc.displayName(Code.of(code))).hasValue(displayName);
        assertThat(Mdc.code(referenceId)).hasValue(Code.of(code));
    }

    /** The pairs that people get wrong, from section 3 of the project's notes on observations. */
    @ParameterizedTest
    @CsvSource({
        "266016, MDC_DIM_MMHG, mm[Hg]",
        "268192, MDC_DIM_DEGC, Cel",
        "266560, MDC_DIM_FAHR, [degF]",
        "264864, MDC_DIM_BEAT_PER_MIN, {beat}/min",
        "264928, MDC_DIM_RESP_PER_MIN, {resp}/min",
        "264274, MDC_DIM_MILLI_G_PER_DL, mg/dL",
        "266866, MDC_DIM_MILLI_MOLE_PER_L, mmol/L",
        "262688, MDC_DIM_PERCENT, %",
        "263875, MDC_DIM_KILO_G, kg",
        "262656, MDC_DIM_DIMLESS, 1",
        "267616, MDC_DIM_INTL_UNIT, [iU]",
    })
    void aUnitHasItsReferenceIdAndUcum(long code, String referenceId, String ucum) {
        Units.Unit unit = Units.unit(Code.of(code)).orElseThrow();

        assertThat(unit.referenceId()).isEqualTo(referenceId);
        assertThat(unit.ucum()).isEqualTo(ucum);
        assertThat(Units.ucum(Code.of(code))).hasValue(ucum);
    }

    @Test
    void aPrefixThatTheUnitDoesNotTakeMakesNoUnit() {
        assertThat(Units.unit(Code.of(UNITS, 3872 + 3))).as("kilo-mmHg").isEmpty();
        assertThat(Units.unit(Code.of(UNITS, 1728 + 7)))
                .as("a prefix that is not defined")
                .isEmpty();
        assertThat(Units.unit(Mdc.MDC_TEMP_BODY)).as("a term that is no unit").isEmpty();
    }

    @Test
    void anUnknownTermHasNoName() {
        Code unknown = Code.of(2, 61_440);

        assertThat(Mdc.referenceId(unknown)).isEmpty();
        assertThat(Mdc.displayName(unknown)).isEmpty();
        assertThat(Loinc.of(unknown)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MDC_PRESS_BLD_NONINV, 85354-9",
        "MDC_PRESS_BLD_NONINV_SYS, 8480-6",
        "MDC_PRESS_BLD_NONINV_DIA, 8462-4",
        "MDC_PRESS_BLD_NONINV_MEAN, 8478-0",
        "MDC_ECG_HEART_RATE, 8867-4",
        "MDC_PULS_OXIM_PULS_RATE, 8867-4",
        "MDC_RESP_RATE, 9279-1",
        "MDC_TEMP_EAR, 8310-5",
        "MDC_PULS_OXIM_SAT_O2, 59408-5",
        "MDC_MASS_BODY_ACTUAL, 29463-7",
        "MDC_LEN_BODY_ACTUAL, 8302-2",
        "MDC_RATIO_MASS_BODY_LEN_SQ, 39156-5",
    })
    void aVitalSignHasItsLoincCode(String referenceId, String loinc) {
        assertThat(Loinc.of(Mdc.code(referenceId).orElseThrow())).hasValue(loinc);
    }

    /** Reads the rows of a reference table; says so loudly when it is not there. */
    private static List<String[]> reference(String name, int columns) throws IOException {
        Path file = Path.of(System.getProperty("openiomt.reference", ""), "nomenclature", name);
        if (!Files.isReadable(file)) {
            throw NotTested.because(
                    "agreement with the reference table: " + file + " is missing, set -Dopeniomt.reference");
        }
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", columns))
                .toList();
    }
}
