package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.healthsensor.HealthObservation;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthValue;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

class HealthSensorObservationsTest {
    private static final String SATURATION = "030118000300B84B020032401EE93000000104200261000000";

    @Test
    void aNumberHasItsUnitTimeAndClock() {
        Observation saturation = Observed.from("2B8B", SATURATION).get(0);
        assertThat(Observed.text(saturation)).isEqualTo("MDC_PULS_OXIM_SAT_O2 97 %");
        assertThat(saturation.time().device())
                .isEqualTo(
                        new DeviceTime.Utc(Instant.parse("2026-01-01T12:00:00Z"), Optional.of(ZoneOffset.ofHours(1))));
        assertThat(saturation.time().clock())
                .isEqualTo(new ClockState(ClockState.Synchronisation.SYNCHRONISED, ClockState.Continuity.CONTINUOUS));
        assertThat(saturation.status()).isEmpty();
    }

    @Test
    void aStoredObservationIsTheSameAsTheLiveOne() {
        assertThat(Observed.from("2BDD", "032A000000" + SATURATION.substring(2)))
                .extracting(Observation::id)
                .isEqualTo(Observed.from("2B8B", SATURATION).stream()
                        .map(Observation::id)
                        .toList());
    }

    @Test
    void aStoredObservationWithoutTimeIsNamedByItsNumber() {
        Object stored = Observed.decode("2BDD", "032A000000010F000100B84B0200200261000000");
        assertThat(Mappings.observations(stored, Observed.arrival(1)).get(0).id())
                .isEqualTo(Mappings.observations(stored, Observed.arrival(2))
                        .get(0)
                        .id());
    }

    @Test
    void aBundleGivesItsMembersWithTheCommonTimeAndTheirOrigins() {
        List<Observation> observations = Observed.from(
                "2B8B",
                "03FF360002 0032401EE93000000104 02".replace(" ", "")
                        + "01130011 00B84B020001000000200261000000".replace(" ", "")
                        + "0114008100 1A48020001 01000000A00A48000000".replace(" ", ""));
        assertThat(observations)
                .extracting(Observed::text)
                .containsExactly("MDC_PULS_OXIM_SAT_O2 97 %", "MDC_PULS_OXIM_PULS_RATE 72 {beat}/min");
        assertThat(observations)
                .allSatisfy(one -> assertThat(one.time().device()).isInstanceOf(DeviceTime.Utc.class));
        assertThat(observations.get(1).derivedFrom())
                .containsExactly(observations.get(0).id());
    }

    @Test
    void twoMembersOfOneTypeAndValueAreTwoObservations() {
        String member = "010F000100B84B0200200261000000";
        assertThat(Observed.from("2B8B", "03FF2D0002003" + "2401EE93000000104" + "02" + member + member))
                .extracting(Observation::id)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "0000,",
        "0100, INVALID",
        "0200, QUESTIONABLE",
        "0400, NOT_AVAILABLE",
        "0800, CALIBRATION_ONGOING",
        "1000, TEST_DATA",
        "2000, DEMO_DATA",
        "4000, QUESTIONABLE",
        "0080, QUESTIONABLE",
    })
    void aStatusWhoseMeaningIsNotKnownPutsDoubtOnTheValue(String bits, MeasurementStatus status) {
        Observation observation = Observed.from("2B8B", "030111000900B84B0200" + bits + "200261000000")
                .get(0);
        if (status == null) {
            assertThat(observation.status()).isEmpty();
            assertThat(observation.supplemental()).isEmpty();
        } else {
            assertThat(observation.status()).containsExactly(status);
            assertThat(observation.supplemental()).containsKey(Mdc.MDC_ATTR_MSMT_STAT);
        }
    }

    @Test
    void aValueThatIsNoNumberIsNotAvailable() {
        assertThat(Observed.from("2B8B", "03010F000100B84B02002002FFFF7F00")
                        .get(0)
                        .status())
                .containsExactly(MeasurementStatus.NOT_AVAILABLE);
    }

    @Test
    void ticksAndUnsetClocksNameNoObservation() {
        HealthValue value = new HealthValue.Numeric(544, MedicalFloat.of(97, 0));
        Observation ticks = observe(moment(0x09, 5000, 0, 0), value);
        assertThat(ticks.time().device()).isEqualTo(new DeviceTime.Ticks(5000, Duration.ofMillis(1)));
        Observation unset = observe(moment(0x00, 0, 7, 0), value);
        assertThat(unset.time().clock().synchronisation()).isEqualTo(ClockState.Synchronisation.NOT_SYNCHRONISED);
        assertThat(unset.time().clock().continuity()).isEqualTo(ClockState.Continuity.JUMPED);
        assertThat(unset.time().device()).hasToString("WallClock[clock=2000-01-01T00:00:00, offset=Optional.empty]");
    }

    @Test
    void localTimeWithItsOffsetIsAnInstant() {
        Observation local = observe(moment(0x30, 3600, 4, 4), new HealthValue.Numeric(544, MedicalFloat.of(97, 0)));
        assertThat(local.time().device())
                .isEqualTo(
                        new DeviceTime.Utc(Instant.parse("2000-01-01T00:00:00Z"), Optional.of(ZoneOffset.ofHours(1))));
        assertThat(local.time().clock().synchronisation()).isEqualTo(ClockState.Synchronisation.UNKNOWN);
    }

    @Test
    void anOffsetThatNoZoneHasIsLeftOut() {
        Observation odd = observe(moment(0x32, 0, 1, 100), new HealthValue.Numeric(544, MedicalFloat.of(97, 0)));
        assertThat(odd.time().device())
                .isEqualTo(new DeviceTime.Utc(Instant.parse("2000-01-01T00:00:00Z"), Optional.empty()));
        Observation late =
                observe(moment(0x32, (1L << 48) - 1, 1, 0), new HealthValue.Numeric(544, MedicalFloat.of(97, 0)));
        assertThat(late.time().device()).isEqualTo(new DeviceTime.None());
    }

    @Test
    void everyOtherClassOfValueIsMapped() {
        assertThat(value("02", "B84B0200")).isEqualTo(new Value.Coded(Mdc.MDC_PULS_OXIM_SAT_O2));
        assertThat(value("03", "02006869")).isEqualTo(new Value.Text("hi"));
        assertThat(value("04", "B210010000FD0000000001000 0FE030202000000 0100FFFF".replace(" ", "")))
                .isEqualTo(Value.SampleArray.of(
                        Units.MDC_DIM_MILLI_VOLT,
                        MedicalFloat.of(1, -3),
                        MedicalFloat.of(0, 0),
                        new SampleRate(3, Duration.ofMillis(10)),
                        new int[] {1, 65535}));
        assertThat(value("05", "0102000000"))
                .isEqualTo(
                        Value.Compound.of(new Value.Component(Mdc.MDC_PULS_OXIM_SAT_O2, new Value.Coded(Code.of(2)))));
        assertThat(value("06", "02FF0100000503")).isEqualTo(new Value.Flags(0x0105, 16));
        assertThat(value("08", "0101000000 0200 06 0700".replace(" ", "")))
                .isEqualTo(Value.Compound.of(new Value.Component(
                        Code.of(1), Value.Numeric.of(MedicalFloat.of(7, 0), Units.MDC_DIM_DIMLESS))));
        assertThat(value("09", "AABB")).isEqualTo(Value.Opaque.of(new byte[] {(byte) 0xAA, (byte) 0xBB}));
    }

    @Test
    void samplesWithoutARateOrBeyondTheirRangeStayOctets() {
        assertThat(value("04", "B2100100000000000000000000000101010000000A")).isInstanceOf(Value.Opaque.class);
        assertThat(value("04", "B21001000000000000000100000001 0401000000 FFFFFFFF".replace(" ", "")))
                .isInstanceOf(Value.Opaque.class);
        assertThat(value("06", "00")).isInstanceOf(Value.Opaque.class);
    }

    @Test
    void whatQualifiesTheValueIsASupplement() {
        Observation observation = Observed.from(
                        "2B8B",
                        "030123006502B84B0200" + "050000FF" + "FF" + "01941C0000" + "01" + "A0090100" + "0200" + "19"
                                + "6F6B" + "200261000000")
                .get(0);
        assertThat(observation.supplemental())
                .containsEntry(Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES, new Value.Coded(Code.of(0x1C94)))
                .containsEntry(Code.of(0x109A0), new Value.Text("ok"));
        assertThat(observation.time().duration()).contains(Duration.ofMillis(500));
    }

    @Test
    void whatHasNoTypeAndFeaturesObserveNothing() {
        assertThat(Observed.from("2B8B", "03010B000000200261000000")).isEmpty();
        assertThat(Observed.from("2B8B", "01011800")).isEmpty();
        assertThat(Observed.from("2BF3", "0000")).isEmpty();
        assertThat(Observed.from("2BF2", "32401EE93000000104")).isEmpty();
    }

    private static Value value(String observationClass, String octets) {
        int length = 3 + 2 + 4 + octets.length() / 2;
        String hex = "03" + observationClass + HexFormat.of().toHexDigits((byte) length) + "00" + "0100" + "B84B0200";
        return Observed.from("2B8B", hex + octets).get(0).value();
    }

    private static ElapsedTime moment(int flags, long count, int source, int offset) {
        Set<ElapsedTime.Flag> set = Bits.set(ElapsedTime.Flag.class, flags);
        ElapsedTime.Resolution resolution =
                (flags & 0x08) != 0 ? ElapsedTime.Resolution.MILLISECOND : ElapsedTime.Resolution.SECOND;
        return new ElapsedTime(set, resolution, count, source, offset, 0);
    }

    private static Observation observe(ElapsedTime time, HealthValue value) {
        return HealthSensorObservations.of(
                        HealthRecord.live(HealthObservation.of(150456, time, value)), Observed.arrival(1))
                .get(0);
    }
}
