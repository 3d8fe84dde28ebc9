package org.openiomt.security.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

class SafeHarborTest {
    private static final Code PRIVATE = Code.of(1024, 7);

    private final TokenTable tokens = new TokenTable(100);
    private final SafeHarbor safeHarbor = new SafeHarbor(SafeHarborRules.clinical(), tokens);

    private static Removal removal(Removal.Item item, Removal.Action action) {
        return new Removal(item, Optional.empty(), action);
    }

    private static Removal removal(Removal.Item item, Code about, Removal.Action action) {
        return new Removal(item, Optional.of(about), action);
    }

    private Observation reduced(Observation observation) {
        return safeHarbor.reduce(observation).observation().orElseThrow();
    }

    private Observation reduced(DeviceTime time) {
        return reduced(Samples.of("cuff-4711", "anna-8", 1, time, Map.of()));
    }

    @Test
    void namesAndTimesGoAndTheValueStays() {
        Observation observation = Samples.observation("cuff-4711", "anna-8", 1);

        Reduction reduction = safeHarbor.reduce(observation);

        assertThat(reduction.removals())
                .containsExactly(
                        removal(Removal.Item.OBSERVATION_ID, Removal.Action.REPLACED),
                        removal(Removal.Item.DEVICE_ID, Removal.Action.REPLACED),
                        removal(Removal.Item.SUBJECT_ID, Removal.Action.REPLACED),
                        removal(Removal.Item.SOURCE_IDS, Removal.Action.REMOVED),
                        removal(Removal.Item.DEVICE_TIME, Removal.Action.COARSENED),
                        removal(Removal.Item.RECEPTION_TIME, Removal.Action.COARSENED));
        Observation left = reduction.observation().orElseThrow();
        assertThat(left.type()).isEqualTo(observation.type());
        assertThat(left.value()).isEqualTo(observation.value());
        assertThat(left.status()).isEqualTo(observation.status());
        assertThat(left.time().device()).isEqualTo(DeviceTime.WallClock.of(DeviceDateTime.of(2024, 0, 0, 0, 0, 0)));
        assertThat(left.time().receivedAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(left.time().isKnown()).isFalse();
        assertThat(left.derivedFrom()).isEmpty();
        assertThat(left.id()).isNotEqualTo(observation.id());
    }

    @Test
    void whatANewerWriterAddedGoesAndIsNamed() {
        Observation added = Samples.withUnknown(Samples.observation("cuff-4711", "anna-8", 1));

        Reduction reduction = safeHarbor.reduce(added);

        assertThat(reduction.removals()).contains(removal(Removal.Item.UNKNOWN_ENTRIES, Removal.Action.REMOVED));
        assertThat(reduction.observation().orElseThrow().unknown().isEmpty()).isTrue();
    }

    @Test
    void oneNameHasOneTokenAndTokensComeFromNothing() {
        Observation first = reduced(Samples.observation("cuff-4711", "anna-8", 1));
        Observation second = reduced(Samples.observation("cuff-4711", "anna-8", 2));
        Observation elsewhere = new SafeHarbor(SafeHarborRules.clinical(), new TokenTable(9))
                .reduce(Samples.observation("cuff-4711", "anna-8", 1))
                .observation()
                .orElseThrow();
        Observation again = new SafeHarbor(SafeHarborRules.clinical(), TokenTable.of(tokens.entries(), 100))
                .reduce(Samples.observation("cuff-4711", "anna-8", 1))
                .observation()
                .orElseThrow();

        assertThat(second.device()).isEqualTo(first.device());
        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(again.device()).isEqualTo(first.device());
        assertThat(elsewhere.device()).isNotEqualTo(first.device());
        assertThat(elsewhere.subject()).isNotEqualTo(first.subject());
        assertThat(tokens.entries()).hasSize(2);
        assertThat(tokens.toString() + tokens.entries().keySet()).doesNotContain("4711", "anna");
    }

    @Test
    void ofEveryKindOfDeviceTimeTheYearIsLeft() {
        DeviceTime year = DeviceTime.WallClock.of(DeviceDateTime.of(2024, 0, 0, 0, 0, 0));
        DeviceDateTime newYearsEve = DeviceDateTime.of(2023, 12, 31, 23, 0, 0);

        assertThat(reduced(new DeviceTime.BaseOffset(newYearsEve, Duration.ofHours(2)))
                        .time()
                        .device())
                .isEqualTo(year);
        assertThat(reduced(new DeviceTime.Utc(
                                Instant.parse("2024-03-04T05:06:07Z"), Optional.of(ZoneOffset.ofHours(9))))
                        .time()
                        .device())
                .isEqualTo(year);
        assertThat(reduced(new DeviceTime.Ticks(123_456_789, Duration.ofMillis(1)))
                        .time()
                        .device())
                .isEqualTo(new DeviceTime.None());
        assertThat(reduced(DeviceTime.WallClock.of(DeviceDateTime.of(0, 3, 4, 5, 6, 7)))
                        .time()
                        .device())
                .isEqualTo(new DeviceTime.None());
        assertThat(reduced(new DeviceTime.Utc(Instant.MAX, Optional.empty()))
                        .time()
                        .device())
                .isEqualTo(new DeviceTime.None());
    }

    @Test
    void aReceptionBeyondAllYearsIsTheEpoch() {
        Observation sample = Samples.observation("d", "s", 1);
        Observation far = new Observation(
                sample.id(),
                sample.device(),
                sample.type(),
                sample.value(),
                ObservationTime.of(sample.time().device(), sample.time().clock(), Instant.MAX),
                Set.of(),
                Map.of(),
                Optional.empty(),
                List.of());

        assertThat(reduced(far).time().receivedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void textOctetsWavesAndUnlistedTermsGoFromTheQualifiers() {
        Map<Code, Value> supplemental = Map.of(
                Mdc.MDC_CTXT_GLU_MEAL,
                new Value.Text("at Anna's"),
                Mdc.MDC_CTXT_GLU_HEALTH,
                Value.Opaque.of(new byte[] {1, 2, 3}),
                Mdc.MDC_PULS_OXIM_PLETH,
                wave(),
                Mdc.MDC_HF_LATITUDE,
                Samples.pressure(52),
                Mdc.MDC_CTXT_GLU_TESTER,
                new Value.Coded(PRIVATE),
                Mdc.MDC_CTXT_GLU_SAMPLELOCATION,
                new Value.Coded(Mdc.MDC_CTXT_GLU_SAMPLELOCATION_FINGER));

        Reduction reduction = safeHarbor.reduce(Samples.of("d", "s", 1, new DeviceTime.None(), supplemental));

        assertThat(reduction.observation().orElseThrow().supplemental())
                .isEqualTo(Map.of(
                        Mdc.MDC_CTXT_GLU_SAMPLELOCATION, new Value.Coded(Mdc.MDC_CTXT_GLU_SAMPLELOCATION_FINGER)));
        assertThat(reduction.removals())
                .contains(
                        removal(Removal.Item.FREE_TEXT, Mdc.MDC_CTXT_GLU_MEAL, Removal.Action.REMOVED),
                        removal(Removal.Item.OPAQUE_OCTETS, Mdc.MDC_CTXT_GLU_HEALTH, Removal.Action.REMOVED),
                        removal(Removal.Item.WAVE_FORM, Mdc.MDC_PULS_OXIM_PLETH, Removal.Action.REMOVED),
                        removal(Removal.Item.UNLISTED_VALUE, Mdc.MDC_HF_LATITUDE, Removal.Action.REMOVED),
                        removal(Removal.Item.UNLISTED_VALUE, Mdc.MDC_CTXT_GLU_TESTER, Removal.Action.REMOVED))
                .doesNotContain(removal(Removal.Item.DEVICE_TIME, Removal.Action.REMOVED));
        assertThat(reduction.removals().toString()).doesNotContain("Anna");
    }

    private static Value wave() {
        return Value.SampleArray.of(
                Units.MDC_DIM_MILLI_VOLT,
                MedicalFloat.of(1, 0),
                MedicalFloat.of(0, 0),
                SampleRate.hertz(250),
                new int[] {1, 2, 3});
    }

    private static Observation with(Code type, Value value) {
        Observation sample = Samples.observation("d", "s", 1);
        return new Observation(
                sample.id(),
                sample.device(),
                type,
                value,
                sample.time(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    @Test
    void anObservationWhoseValueMayNotStayIsWithheld() {
        assertThat(safeHarbor
                        .reduce(with(Mdc.MDC_CTXT_GLU_MEAL, new Value.Text("Anna")))
                        .observation())
                .isEmpty();
        assertThat(safeHarbor.reduce(with(PRIVATE, Samples.pressure(1))).observation())
                .isEmpty();
        assertThat(safeHarbor
                        .reduce(with(
                                Mdc.MDC_PRESS_BLD_NONINV,
                                Value.Compound.of(new Value.Component(PRIVATE, Samples.pressure(1)))))
                        .observation())
                .isEmpty();
        assertThat(tokens.entries()).isEmpty();
    }

    @Test
    void waveFormsStayWhereTheRulesSaySo() {
        Observation ecg = with(Mdc.MDC_ECG_ELEC_POTL_II, wave());

        assertThat(safeHarbor.reduce(ecg).observation()).isEmpty();
        assertThat(new SafeHarbor(SafeHarborRules.clinical().withWaveForms(), tokens)
                        .reduce(ecg)
                        .observation())
                .isPresent();
        assertThat(new SafeHarbor(SafeHarborRules.clinical().withTerms(Set.of()), tokens)
                        .reduce(ecg)
                        .observation())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "89, 0, a, 89",
        "90, 0, a, 90",
        "891, -1, a, 90",
        "103, 0, a, 90",
        "1068, 0, mo, 1068",
        "1069, 0, mo, 90",
        "40000, 0, d, 90",
        "3, 0, d, 3",
        "6000, 0, wk, 90",
        "900000, 0, h, 90"
    })
    void agesOver89AreOneGroup(long mantissa, int exponent, String unit, String expected) {
        Map<String, Code> units = Map.of(
                "a", Units.MDC_DIM_YR,
                "mo", Units.MDC_DIM_MON,
                "wk", Units.MDC_DIM_WEEK,
                "d", Units.MDC_DIM_DAY,
                "h", Units.MDC_DIM_HR);
        Code code = Objects.requireNonNull(units.get(unit));
        Value.Numeric age = Samples.age(MedicalFloat.of(mantissa, exponent), code);

        Value.Numeric left =
                (Value.Numeric) reduced(with(Mdc.MDC_ATTR_PT_AGE, age)).value();

        assertThat(left.quantity().value()).isEqualTo(MedicalFloat.parse(expected));
        boolean isGroup = expected.equals("90");
        assertThat(left.quantity().unit()).isEqualTo(isGroup ? Units.MDC_DIM_YR : code);
    }

    @Test
    void anAgeThatCannotBeComparedGoes() {
        Value.Numeric strange = Samples.age(MedicalFloat.of(50, 0), Units.MDC_DIM_MMHG);
        Value.Numeric none = Samples.age(MedicalFloat.NAN, Units.MDC_DIM_YR);

        assertThat(safeHarbor.reduce(with(Mdc.MDC_ATTR_PT_AGE, strange)).observation())
                .isEmpty();
        assertThat(safeHarbor.reduce(with(Mdc.MDC_ATTR_PT_AGE, none)).observation())
                .isEmpty();
    }

    @Test
    void aFullTableGivesNoMoreTokens() {
        TokenTable small = new TokenTable(2);
        SafeHarbor full = new SafeHarbor(SafeHarborRules.clinical(), small);
        List<Reduction> reductions = new ArrayList<>();
        reductions.add(full.reduce(Samples.observation("d1", "s1", 1)));
        reductions.add(full.reduce(Samples.observation("d1", "s1", 2)));

        assertThat(reductions).hasSize(2);
        assertThatThrownBy(() -> full.reduce(Samples.observation("d2", "s1", 3)))
                .isInstanceOf(IllegalStateException.class);
    }
}
