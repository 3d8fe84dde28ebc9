package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.driver.InsulinObservations.Reference;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.PumpStateHistory;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.wire.DecodeMode;

class InsulinObservationsTest {
    private static final String HEAD = "02010000" + "3C00"; // number 258, 60 s
    private static final String MULTIWAVE = "6900" + HEAD + "0900" + "55" + "23F0" + "0FF0" + "5A00";
    private static final String NOON = "0F00" + "00010000" + "0000" + "3C" + "E80706170C0000" + "04" + "04";

    private static HistoryEvent event(String hex) {
        return (HistoryEvent) Observed.decode("2B28", hex);
    }

    @Test
    void aDeliveredBolusIsItsTwoPartsAtTheReferencePlusItsSeconds() {
        Optional<Reference> noon = Reference.of(event(NOON));
        List<Observation> observations = InsulinObservations.of(event(MULTIWAVE), noon, Observed.arrival(1));
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly("MDC_INS_DELIV_BOLUS_FAST 3.5 [iU]", "MDC_INS_DELIV_BOLUS_SLOW 1.5 [iU]");
        assertThat(observations)
                .allSatisfy(one -> assertThat(one.time().device())
                        .isEqualTo(new DeviceTime.WallClock(
                                DeviceDateTime.of(2024, 6, 23, 12, 1, 0), Optional.of(ZoneOffset.ofHours(2)))));
    }

    @Test
    void anEventThatIsSentAgainIsTheSameObservation() {
        assertThat(InsulinObservations.of(event(MULTIWAVE), Observed.arrival(1)))
                .extracting(Observation::id)
                .isEqualTo(InsulinObservations.of(event(MULTIWAVE), Observed.arrival(2)).stream()
                        .map(Observation::id)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutAReferenceTheTimeIsSecondsThatSayNothingAboutTheDay() {
        Observation bolus = Observed.from("2B28", MULTIWAVE).get(0);
        assertThat(bolus.time().isKnown()).isFalse();
        assertThat(bolus.time().device()).isEqualTo(new DeviceTime.Ticks(60, Duration.ofSeconds(1)));
    }

    @Test
    void theBasalRateIsObservedInUnitsPerHour() {
        assertThat(Observed.from("2B28", "9900" + HEAD + "00" + "55E0" + "0000"))
                .extracting(Observed::text)
                .containsExactly("MDC_INS_DELIV_BASAL 0 [iU]/h");
    }

    @ParameterizedTest
    @CsvSource({"00,", "01, QUESTIONABLE"})
    void theDailyTotalIsTheExactSum(String flags, MeasurementStatus status) {
        Observation total = Observed.from("2B28", "FF00" + HEAD + flags + "0C00" + "CDF0" + "E8070617")
                .get(0);
        assertThat(Observed.text(total)).isEqualTo("MDC_INS_DELIV_DAILY_DOSE 32.5 [iU]");
        assertThat(total.status()).isEqualTo(status == null ? java.util.Set.of() : java.util.Set.of(status));
    }

    /** 3.5 and 1.5 IU in 4 octets each; taken for 2 octets they look like 35 and -25.6 IU. */
    @Test
    void amountsOfAPumpWithWideAmountsAreQuestionableWhereNobodyKnowsThat() {
        assertThat(Observed.from("2B28", "6900" + HEAD + "0900" + "55" + "230000FF" + "0F0000FF" + "5A00"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.status()).containsExactly(MeasurementStatus.QUESTIONABLE));
    }

    @Test
    void amountsThatLieTooFarApartHaveNoTotal() {
        InsulinContext wide = new InsulinContext(E2eContext.NOT_KNOWN, InsulinContext.AmountForm.FLOAT);
        byte[] octets = HexFormat.of().parseHex("FF00" + HEAD + "00" + "0100007F" + "01000080" + "E8070617");
        HistoryEvent event =
                HistoryEvent.codec(wide).decode(octets, DecodeMode.LENIENT).value();
        assertThat(event.data()).isInstanceOf(PumpStateHistory.DailyTotal.class);
        assertThat(InsulinObservations.of(event, Observed.arrival(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5A00" + HEAD + "0900" + "33" + "23F0" + "0000" + "0000", // set, not delivered
                "6900" + "FFFFFFFF" + "3C00" + "0900" + "33" + "23F0" + "0000" + "0000", // no number
                MULTIWAVE + "010000", // perhaps a wrong check sum
                "3003" + HEAD + "69F0", // reservoir: no term
                "FF00" + HEAD + "00" + "FF07" + "CDF0" + "E8070617", // the sum of no number
            })
    void whatIsNoDeliveryObservesNothing(String hex) {
        assertThat(Observed.from("2B28", hex)).isEmpty();
    }

    @Test
    void aClockThatWasLostIsNoReference() {
        assertThat(Reference.of(event(NOON.replace("3CE807", "55E807")))).isEmpty();
        assertThat(Reference.of(event(MULTIWAVE))).isEmpty();
        assertThat(Reference.of(event("3300" + "00010000" + "0000" + "3C" + "E80706170C0000" + "C4FF")))
                .contains(new Reference(LocalDateTime.of(2024, 6, 23, 11, 0), Optional.empty()));
    }
}
