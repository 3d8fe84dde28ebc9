package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureSite;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

class MappingsTest {
    private static final DeviceId DEVICE = DeviceId.of("device-1");
    private static final Instant RECEIVED_AT = Instant.parse("2024-06-15T15:17:30Z");
    private static final DeviceTime CUFF_TIME = DeviceTime.WallClock.of(DeviceDateTime.of(2024, 6, 15, 17, 17, 27));
    private static final String CUFF = "167C0056006100E807060F11111B33000000";

    @Test
    void aCuffGivesABloodPressureOfThreePartsAndAPulseRate() {
        List<Observation> observations = observe("2A35", CUFF);
        assertThat(observations)
                .extracting(Observation::type)
                .containsExactly(Mdc.MDC_PRESS_BLD_NONINV, Mdc.MDC_PULS_RATE_NON_INV);
        Observation pressure = observations.get(0);
        assertThat(pressure.value())
                .isEqualTo(Value.Compound.of(
                        part(Mdc.MDC_PRESS_BLD_NONINV_SYS, "124", Units.MDC_DIM_MMHG),
                        part(Mdc.MDC_PRESS_BLD_NONINV_DIA, "86", Units.MDC_DIM_MMHG),
                        part(Mdc.MDC_PRESS_BLD_NONINV_MEAN, "97", Units.MDC_DIM_MMHG)));
        assertThat(pressure.supplemental())
                .isEqualTo(Map.of(Mdc.MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS, new Value.Flags(0, 16)));
        assertThat(quantity(observations.get(1)))
                .isEqualTo(Quantity.of(MedicalFloat.parse("51"), Units.MDC_DIM_BEAT_PER_MIN));
        assertThat(observations).allSatisfy(one -> {
            assertThat(one.status()).isEmpty();
            assertThat(one.device()).isEqualTo(DEVICE);
            assertThat(one.time().device()).isEqualTo(CUFF_TIME);
            assertThat(one.time().receivedAt()).isEqualTo(RECEIVED_AT);
        });
    }

    @Test
    void kilopascalsStayKilopascalsAtTheirResolution() {
        Value.Compound pressure = (Value.Compound)
                observe("2A35", "15BDF00B009FF03C001200").get(0).value();
        assertThat(pressure.components().get(0))
                .isEqualTo(part(Mdc.MDC_PRESS_BLD_NONINV_SYS, "18.9", Units.MDC_DIM_KILO_PASCAL));
    }

    @Test
    void aFailedCuffMeasurementIsNeverAValidValue() {
        List<Observation> failed = observe("2A35", "16FF07FF07FF07E80706170E230AFF070000");
        assertThat(failed).hasSize(2).allSatisfy(one -> {
            assertThat(one.status()).containsExactly(MeasurementStatus.NOT_AVAILABLE);
            assertThat(one.isValid()).isFalse();
        });
        Value.Compound pressure = (Value.Compound) failed.get(0).value();
        assertThat(pressure.components())
                .allSatisfy(one -> assertThat(
                                ((Value.Numeric) one.value()).quantity().value())
                        .isEqualTo(MedicalFloat.NAN));
        assertThat(quantity(failed.get(1)).value()).isEqualTo(MedicalFloat.NAN);
    }

    @ParameterizedTest
    @CsvSource({
        "systolic alone is no number, 00FF0756006100, QUESTIONABLE",
        "diastolic alone is no number, 007C0000086100, QUESTIONABLE",
        "mean alone is a number, 00FF07FF076100, QUESTIONABLE",
        "mean alone is no number, 007C005600FF07,",
        "nothing is a number, 00FF0700080108, NOT_AVAILABLE",
        "above the range, 00FE07FE07FE07,",
        "body moved, 107C00560061000100, QUESTIONABLE",
        "cuff too loose, 107C00560061000200, QUESTIONABLE",
        "pulse irregular, 107C00560061000400,",
        "pulse above its range, 107C00560061000800,",
        "position improper, 107C00560061002000, QUESTIONABLE",
    })
    void doubtsOfACuffBecomeTheStatus(String what, String hex, MeasurementStatus status) {
        assertThat(observe("2A35", hex).get(0).status()).as(what).isEqualTo(status == null ? Set.of() : Set.of(status));
    }

    @Test
    void aPulseThatMayLieElsewhereIsQuestionable() {
        List<Observation> observations = observe("2A35", "566A0047000000EA07080B121F00003F000000");
        assertThat(observations.get(0).status()).isEmpty();
        assertThat(observations.get(1).status()).containsExactly(MeasurementStatus.QUESTIONABLE);
    }

    @Test
    void aReadingThatIsSentAgainIsTheSameObservation() {
        List<Observation> first = Mappings.observations(decode("2A35", CUFF), arrival(1));
        List<Observation> again = Mappings.observations(decode("2A35", CUFF), arrival(2));
        assertThat(again)
                .extracting(Observation::id)
                .isEqualTo(first.stream().map(Observation::id).toList());
        assertThat(first.get(0).id()).isNotEqualTo(first.get(1).id());
    }

    @Test
    void aReadingWithoutTimeIsAnObservationOfItsOwnEachTimeAndItsTimeIsUnknown() {
        Observation first = Mappings.observations(decode("2A35", "007C0056006100"), arrival(1))
                .get(0);
        Observation second = Mappings.observations(decode("2A35", "007C0056006100"), arrival(2))
                .get(0);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(first.time().isKnown()).isFalse();
        assertThat(first.time().device()).isEqualTo(new DeviceTime.None());
    }

    @Test
    void aPartialDateIsKeptAndNamesNoInstant() {
        Observation pressure =
                observe("2A35", "1E8A00580078000000041114293B3C00012700").get(0);
        assertThat(pressure.time().isKnown()).isFalse();
        assertThat(pressure.time().device())
                .isEqualTo(DeviceTime.WallClock.of(DeviceDateTime.of(0, 4, 17, 20, 41, 59)));
    }

    @ParameterizedTest
    @CsvSource({
        "2A35, 08480051004000 01, user-1",
        "2A35, 08480051004000 FF, nobody",
        "2A35, 00480051004000, nobody",
        "2A9D, 04143700, user-0",
        "2A9D, 041437FF, nobody",
    })
    void theDevicesNumberOfThePersonChoosesTheSubject(String uuid, String hex, String subject) {
        Observation observation = observe(uuid, hex.replace(" ", "")).get(0);
        assertThat(observation.subject()).contains(SubjectId.of(subject));
    }

    @Test
    void thePressureDuringInflationIsMarkedAsGoingOn() {
        List<Observation> observations = observe("2A36", "04D7F0FF07FF074800");
        assertThat(quantity(observations.get(0)))
                .isEqualTo(Quantity.of(MedicalFloat.parse("21.5"), Units.MDC_DIM_MMHG));
        assertThat(observations)
                .extracting(Observation::type)
                .containsExactly(Mdc.MDC_PRESS_CUFF, Mdc.MDC_PULS_RATE_NON_INV);
        assertThat(observations)
                .allSatisfy(one -> assertThat(one.status()).containsExactly(MeasurementStatus.MEASUREMENT_ONGOING));
    }

    @Test
    void aTemperatureKeepsItsTrailingZeroItsSiteAndItsUnit() {
        Observation celsius = observe("2A1C", "06B00E00FEDC070C050B321B04").get(0);
        assertThat(celsius.type()).isEqualTo(Mdc.MDC_TEMP_BODY);
        assertThat(quantity(celsius)).isEqualTo(Quantity.of(MedicalFloat.of(3760, -2), Units.MDC_DIM_DEGC));
        assertThat(celsius.supplemental())
                .isEqualTo(Map.of(Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES, new Value.Coded(Mdc.MDC_TEMP_FINGER)));
        assertThat(quantity(observe("2A1C", "01DE0300FF").get(0)).unit()).isEqualTo(Units.MDC_DIM_FAHR);
    }

    @Test
    void aReservedSiteIsNoSupplementAndNoFault() {
        assertThat(observe("2A1C", "06670100FFE40704040B1A0000").get(0).supplemental())
                .isEmpty();
    }

    @Test
    void theSiteOfTheThermometerServesAMeasurementWithoutOne() {
        TemperatureMeasurement measurement = (TemperatureMeasurement) decode("2A1C", "00C40900FE");
        assertThat(TemperatureObservations.of(measurement, Optional.of(TemperatureSite.EAR), arrival(1))
                        .get(0)
                        .supplemental())
                .containsValue(new Value.Coded(Mdc.MDC_TEMP_EAR));
    }

    @Test
    void aTemperatureThatIsNoNumberIsNotAvailable() {
        Observation failed = observe("2A1C", "00FFFF7F00").get(0);
        assertThat(quantity(failed).value()).isEqualTo(MedicalFloat.NAN);
        assertThat(failed.status()).containsExactly(MeasurementStatus.NOT_AVAILABLE);
    }

    @Test
    void anIntermediateTemperatureIsEarlyAndNotTheFinalOne() {
        String same = "02740100FFE80706170E230A";
        Observation early = observe("2A1E", same).get(0);
        Observation last = observe("2A1C", same).get(0);
        assertThat(early.status()).containsExactly(MeasurementStatus.EARLY_INDICATION);
        assertThat(early.id()).isNotEqualTo(last.id());
    }

    @Test
    void aScaleGivesWeightHeightAndTheIndexDerivedFromBoth() {
        List<Observation> si = observe("2A9D", "0E1437E80706170E230A01E800D806");
        assertThat(si)
                .extracting(Observation::type)
                .containsExactly(Mdc.MDC_MASS_BODY_ACTUAL, Mdc.MDC_LEN_BODY_ACTUAL, Mdc.MDC_RATIO_MASS_BODY_LEN_SQ);
        assertThat(si.stream().map(MappingsTest::quantity))
                .containsExactly(
                        Quantity.of(MedicalFloat.of(70500, -3), Units.MDC_DIM_KILO_G),
                        Quantity.of(MedicalFloat.of(1752, -3), Units.MDC_DIM_M),
                        Quantity.of(MedicalFloat.of(232, -1), Units.MDC_DIM_KG_PER_M_SQ));
        assertThat(si.get(2).derivedFrom())
                .containsExactly(si.get(0).id(), si.get(1).id());
        assertThat(observe("2A9D", "09B83CE800B202").stream().map(MappingsTest::quantity))
                .containsExactly(
                        Quantity.of(MedicalFloat.of(15544, -2), Units.MDC_DIM_LB),
                        Quantity.of(MedicalFloat.of(690, -1), Units.MDC_DIM_INCH),
                        Quantity.of(MedicalFloat.of(232, -1), Units.MDC_DIM_KG_PER_M_SQ));
    }

    @Test
    void anUnsuccessfulWeightIsNotAvailableAndItsIndexQuestionable() {
        List<Observation> failed = observe("2A9D", "08FFFFE800D806");
        assertThat(quantity(failed.get(0)).value()).isEqualTo(MedicalFloat.NAN);
        assertThat(failed)
                .extracting(Observation::status)
                .containsExactly(
                        Set.of(MeasurementStatus.NOT_AVAILABLE), Set.of(), Set.of(MeasurementStatus.QUESTIONABLE));
    }

    @Test
    void aBatteryLevelIsAPercentageAndAReservedCodeInvalid() {
        Observation half = observe("2A19", "33").get(0);
        assertThat(half.type()).isEqualTo(Mdc.MDC_ATTR_VAL_BATT_CHARGE);
        assertThat(quantity(half)).isEqualTo(Quantity.of(MedicalFloat.of(51, 0), Units.MDC_DIM_PERCENT));
        assertThat(half.isValid()).isTrue();
        assertThat(observe("2A19", "FF").get(0).status()).containsExactly(MeasurementStatus.INVALID);
    }

    @Test
    void namesFeaturesAndClocksObserveNothing() {
        assertThat(Stream.of(
                                decode("2A29", "41"),
                                decode("2A49", "0700"),
                                decode("2A9E", "00000000"),
                                decode("2A1D", "01"),
                                decode("2A08", "E20704110F3300"))
                        .flatMap(decoded -> Mappings.observations(decoded, arrival(1)).stream()))
                .isEmpty();
    }

    private static List<Observation> observe(String uuid, String hex) {
        return Mappings.observations(decode(uuid, hex), arrival(1));
    }

    private static Object decode(String uuid, String hex) {
        return Profiles.find(uuid).orElseThrow().codec().decode(HexFormat.of().parseHex(hex));
    }

    private static Arrival arrival(long number) {
        return Arrival.of(DEVICE, RECEIVED_AT, number, ClockState.UNKNOWN, MappingsTest::subject);
    }

    private static Optional<SubjectId> subject(DeviceId device, OptionalInt user) {
        return Optional.of(SubjectId.of(user.isPresent() ? "user-" + user.getAsInt() : "nobody"));
    }

    private static Quantity quantity(Observation observation) {
        return ((Value.Numeric) observation.value()).quantity();
    }

    private static Value.Component part(Code type, String value, Code unit) {
        return new Value.Component(type, Value.Numeric.of(MedicalFloat.parse(value), unit));
    }
}
