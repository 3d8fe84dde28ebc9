package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;

/** Body composition, and blood pressure since version 1.1. */
class EnhancedObservationsTest {
    private static final String TIMED = "7E7C00560061002789002E33000301003797002E";

    @Test
    void anEnhancedMeasurementBearsBothClocks() {
        List<Observation> observations = Observed.from("2B34", TIMED);
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_PRESS_BLD_NONINV [MDC_PRESS_BLD_NONINV_SYS 124 mm[Hg], MDC_PRESS_BLD_NONINV_DIA 86 mm[Hg],"
                                + " MDC_PRESS_BLD_NONINV_MEAN 97 mm[Hg]]",
                        "MDC_PULS_RATE_NON_INV 51 {beat}/min");
        assertThat(observations.get(0).status()).containsExactly(MeasurementStatus.QUESTIONABLE);
        assertThat(observations.get(0).time().device()).isInstanceOf(DeviceTime.BaseOffset.class);
        assertThat(((DeviceTime.BaseOffset) observations.get(0).time().device()).offset())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void oneClockAloneIsAWallClock() {
        Observation first = Observed.from("2B34", "427C005600610000000000").get(0);
        assertThat(first.time().device()).isEqualTo(DeviceTime.WallClock.of(DeviceDateTime.of(2000, 1, 1, 0, 0, 0)));
        assertThat(Observed.from("2B34", "607C005600610000000000").get(0).time().device())
                .isEqualTo(first.time().device());
    }

    @Test
    void theEnhancedPressureDuringInflationIsMarkedAsGoingOn() {
        assertThat(Observed.from("2B35", "04D7F04800"))
                .extracting(one -> Observed.text(one) + " " + one.status())
                .containsExactly(
                        "MDC_PRESS_CUFF 21.5 mm[Hg] [MEASUREMENT_ONGOING]",
                        "MDC_PULS_RATE_NON_INV 72 {beat}/min [MEASUREMENT_ONGOING]");
    }

    @Test
    void aStoredRecordIsTheSameObservationAsTheOneThatWasSentAtOnce() {
        String reading = "427C005600610000000000";
        assertThat(Observed.from("2B36", "030700342B" + reading))
                .extracting(Observation::id)
                .isEqualTo(Observed.from("2B34", reading).stream()
                        .map(Observation::id)
                        .toList());
    }

    @Test
    void aStoredRecordWithoutTimeIsNamedByItsNumber() {
        String reading = "007C0056006100";
        Object stored = Observed.decode("2B36", "030700342B" + reading);
        assertThat(Mappings.observations(stored, Observed.arrival(2)).get(0).id())
                .isEqualTo(Mappings.observations(stored, Observed.arrival(1))
                        .get(0)
                        .id());
        assertThat(Observed.from("2B36", "030800342B" + reading).get(0).id())
                .isNotEqualTo(
                        Observed.from("2B36", "030700342B" + reading).get(0).id());
    }

    @Test
    void eachKindOfStoredReadingIsMapped() {
        assertThat(Observed.from("2B36", "030700352B00D7F0")).hasSize(1);
        assertThat(Observed.from("2B36", "030700362A00D7F0FF07FF07")).hasSize(1);
        assertThat(Observed.from("2B36", "030700352A007C0056006100")).hasSize(1);
    }

    @Test
    void aRecordThatDidNotProveItselfAndAPieceObserveNothing() {
        assertThat(Observed.from("2B36", "030700352B00D7F03412")).isEmpty();
        assertThat(Observed.from("2B36", "030700342A00")).isEmpty();
        assertThat(Observed.from("2B36", "010700352B00D7")).isEmpty();
    }

    @Test
    void bodyCompositionNamesItsPartsWithTheirUnits() {
        assertThat(Observed.from("2A9C", "F80FD700D81B5E01102744302C293421881374370A07"))
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_BODY_FAT 21.5 %",
                        "MDC_BASAL_METABOLISM 7128 kJ",
                        "MDC_BODY_MUSCLE 35.0 %",
                        "MDC_MASS_BODY_MUSCLE 50.000 kg",
                        "MDC_MASS_BODY_FAT_FREE 61.780 kg",
                        "MDC_MASS_BODY_SOFT_LEAN 52.700 kg",
                        "MDC_BODY_WATER 42.500 kg",
                        "MDC_MASS_BODY_ACTUAL 70.980 kg",
                        "MDC_LEN_BODY_ACTUAL 1.802 m");
    }

    @Test
    void anUnsuccessfulBodyFatPutsDoubtOnWhatIsDerivedAndNotOnTheWeight() {
        assertThat(Observed.from("2A9C", "2004FFFF10271437"))
                .extracting(Observation::status)
                .containsExactly(
                        Set.of(MeasurementStatus.NOT_AVAILABLE), Set.of(MeasurementStatus.QUESTIONABLE), Set.of());
    }

    @Test
    void featuresObserveNothing() {
        assertThat(Observed.from("2A9B", "00000000")).isEmpty();
    }
}
