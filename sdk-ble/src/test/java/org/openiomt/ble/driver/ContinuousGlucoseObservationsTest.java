package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.driver.ContinuousGlucoseObservations.Session;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;

class ContinuousGlucoseObservationsTest {
    private static final String TWO = "060078000500" + "060079000A00";
    private static final String SUBCUTANEOUS = "01000059FFFF";

    private static List<Observation> observe(String features, String start, String measurement) {
        Session session =
                new Session(Optional.of((CgmFeatures) Observed.decode("2AA8", features)), Optional.of((SessionStartTime)
                        Observed.decode("2AAA", start)));
        return ContinuousGlucoseObservations.of(
                (CgmMeasurement) Observed.decode("2AA7", measurement), session, Observed.arrival(1));
    }

    @Test
    void eachRecordOfAValueIsAnObservationAtTheStartOfTheSessionPlusItsMinutes() {
        List<Observation> observations = observe(SUBCUTANEOUS, "E20704180D081808 04".replace(" ", ""), TWO);
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly("MDC_CONC_GLU_ISF 120 mg/dL", "MDC_CONC_GLU_ISF 121 mg/dL");
        assertThat(observations)
                .extracting(one -> one.time().device())
                .containsExactly(
                        new DeviceTime.WallClock(
                                DeviceDateTime.of(2018, 4, 24, 13, 13, 24), Optional.of(ZoneOffset.ofHours(3))),
                        new DeviceTime.WallClock(
                                DeviceDateTime.of(2018, 4, 24, 13, 18, 24), Optional.of(ZoneOffset.ofHours(3))));
    }

    @Test
    void aRecordThatIsSentAgainIsTheSameObservation() {
        String start = "E20704180D18180804";
        assertThat(observe(SUBCUTANEOUS, start, TWO))
                .extracting(Observation::id)
                .isEqualTo(observe(SUBCUTANEOUS, start, TWO).stream()
                        .map(Observation::id)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void aStartWithoutZoneGivesAWallClockWithoutOffset() {
        assertThat(observe(SUBCUTANEOUS, "EA0704040C323680FF", TWO)
                        .get(0)
                        .time()
                        .device())
                .isEqualTo(DeviceTime.WallClock.of(DeviceDateTime.of(2026, 4, 4, 12, 55, 54)));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody has set it, 000000000000000000",
        "it did not prove itself, E20704180D081808040000",
        "no clock shows what follows, FFFF0C1F173B3A0000"
    })
    void aStartThatSaysNothingLeavesTicks(String why, String start) {
        assertThat(observe(SUBCUTANEOUS, start, TWO).get(0).time().device())
                .as(why)
                .isEqualTo(new DeviceTime.Ticks(5, Duration.ofMinutes(1)));
    }

    @Test
    void withoutFeatureAndStartTheTermIsGeneralTheTimeUnknownAndEachIdItsOwn() {
        List<Observation> observations = Observed.from("2AA7", TWO);
        assertThat(Observed.text(observations.get(0))).isEqualTo("MDC_CONC_GLU_GEN 120 mg/dL");
        assertThat(observations.get(0).time().isKnown()).isFalse();
        assertThat(observations.get(0).time().device()).isEqualTo(new DeviceTime.Ticks(5, Duration.ofMinutes(1)));
        assertThat(observations).extracting(Observation::id).doesNotHaveDuplicates();
    }

    @Test
    void twoReadingsOfTheSameMinuteInOneValueAreBothKept() {
        List<Observation> observations = Observed.from("2AA7", "0600780005000600790005000600780005" + "00");
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly(
                        "MDC_CONC_GLU_GEN 120 mg/dL", "MDC_CONC_GLU_GEN 121 mg/dL", "MDC_CONC_GLU_GEN 120 mg/dL");
        assertThat(observations.get(1).id())
                .as("another reading")
                .isNotEqualTo(observations.get(0).id());
        assertThat(observations.get(2).id())
                .as("the same once more")
                .isEqualTo(observations.get(0).id());
    }

    @Test
    void aWrongCheckSumNeverBecomesAReading() {
        assertThat(Observed.from("2AA7", "08000C100600586F")).isEmpty();
        byte[] goodAfterBad = HexFormat.of().parseHex("08000C100600586F" + "08000C100600596F");
        CgmMeasurement measurement = CgmMeasurement.codec(E2eContext.PRESENT).decode(goodAfterBad);
        assertThat(Mappings.observations(measurement, Observed.arrival(1))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "session stopped, 80, 01, QUESTIONABLE",
        "battery low, 80, 02,",
        "wrong sensor, 80, 04, QUESTIONABLE",
        "malfunction, 80, 08, QUESTIONABLE",
        "own alert, 80, 10,",
        "general fault, 80, 20, QUESTIONABLE",
        "calibration recommended, 40, 04,",
        "calibration required, 40, 08, QUESTIONABLE",
        "too hot, 40, 10, QUESTIONABLE",
        "too cold, 40, 20, QUESTIONABLE",
        "calibration pending, 40, 40, CALIBRATION_ONGOING",
        "patient low, 20, 01,",
        "hypo, 20, 04,",
        "falls too fast, 20, 10,",
        "below range, 20, 40, QUESTIONABLE",
        "above range, 20, 80, QUESTIONABLE",
    })
    void findingsBecomeTheStatus(String what, String flags, String octet, MeasurementStatus status) {
        assertThat(Observed.from("2AA7", "07" + flags + "78000500" + octet)
                        .get(0)
                        .status())
                .as(what)
                .isEqualTo(status == null ? Set.of() : Set.of(status));
    }

    @Test
    void aSensorWhoseClockMustBeSetIsNotSynchronised() {
        assertThat(Observed.from("2AA7", "07407800050001").get(0).time().clock().synchronisation())
                .isEqualTo(ClockState.Synchronisation.NOT_SYNCHRONISED);
    }

    @Test
    void noResultIsNotAvailableAndAControlSolutionTestData() {
        assertThat(Observed.from("2AA7", "0600FF070500").get(0).status())
                .containsExactly(MeasurementStatus.NOT_AVAILABLE);
        assertThat(observe("0100004AFFFF", "000000000000000000", TWO).get(0).status())
                .containsExactly(MeasurementStatus.TEST_DATA);
    }
}
