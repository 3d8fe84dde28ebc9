package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

class ObservationTextTest {
    @Test
    void aBloodPressureReadsAsPeopleWriteIt() {
        assertThat(ObservationText.line(Observations.bloodPressure()))
                .isEqualTo("2026-11-22T23:59:51  blood pressure  120/80 (93) mm[Hg]");
    }

    @Test
    void aBloodPressureWithoutMeanAndWithoutAReadingSaysSo() {
        Value value = Value.Compound.of(
                part(Mdc.MDC_PRESS_BLD_NONINV_SYS, MedicalFloat.NAN),
                part(Mdc.MDC_PRESS_BLD_NONINV_DIA, MedicalFloat.NAN));

        assertThat(ObservationText.value(value)).isEqualTo("NaN/NaN mm[Hg]");
    }

    @Test
    void doubtAndQualifiersAreShown() {
        Observation saturation =
                ObservationCbor.decode(Observations.vectors().get(1).cbor());

        assertThat(ObservationText.line(saturation))
                .startsWith(
                        "2026-11-22T10:00:00Z  SpO2  NaN %  [questionable, measurement ongoing]  spot check: spot check")
                .contains("sensor status: flags 0x8001")
                .contains("ear temperature 37.60 Cel, ear temperature NRes [degF], code 131073 2 octets");
    }

    @Test
    void controlCharactersOfADeviceDoNotReachATerminal() {
        assertThat(ObservationText.value(new Value.Text("a\u001b[31m\r\n\u202eb")))
                .isEqualTo("\"a\uFFFD[31m\uFFFD\uFFFD\uFFFDb\"");
    }

    @Test
    void annotationsInAUnitAreNotShown() {
        assertThat(in(Units.MDC_DIM_BEAT_PER_MIN)).isEqualTo("72 /min");
        assertThat(in(Units.MDC_DIM_PERCENT)).isEqualTo("72 %");
        assertThat(in(Units.MDC_DIM_DIMLESS)).isEqualTo("72");
        assertThat(in(Units.MDC_DIM_INR)).isEqualTo("72");
    }

    @Test
    void aTermOrUnitWithoutANameIsShownByItsNumber() {
        assertThat(ObservationText.name(Code.of(2, 1))).isEqualTo("code 131073");
        assertThat(ObservationText.name(Mdc.MDC_ATTR_ID_TYPE)).isEqualTo("MDC_ATTR_ID_TYPE");
        assertThat(ObservationText.value(Value.Numeric.of(MedicalFloat.of(1, 0), Code.of(4, 1))))
                .isEqualTo("1 unit 262145");
    }

    @Test
    void theTimeIsTheDevicesOwnOrSaysThatItIsNot() {
        DeviceDateTime clock = DeviceDateTime.of(2026, 11, 22, 10, 0, 0);

        assertThat(time(new DeviceTime.None())).isEqualTo("received 2026-11-22T23:59:58Z");
        assertThat(time(new DeviceTime.Ticks(5, Duration.ofMillis(1)))).isEqualTo("received 2026-11-22T23:59:58Z");
        assertThat(time(new DeviceTime.WallClock(clock, Optional.of(ZoneOffset.ofHours(1)))))
                .isEqualTo("2026-11-22T10:00:00+01:00");
        assertThat(time(DeviceTime.WallClock.of(DeviceDateTime.of(0, 0, 0, 7, 5, 0))))
                .isEqualTo("0000-00-00T07:05:00 (date not known)");
        assertThat(time(DeviceTime.WallClock.of(DeviceDateTime.of(2023, 2, 29, 7, 5, 0))))
                .isEqualTo("2023-02-29T07:05:00 (no such date)");
        assertThat(time(new DeviceTime.BaseOffset(clock, Duration.ofMinutes(-90))))
                .isEqualTo("2026-11-22T08:30:00");
        assertThat(time(new DeviceTime.Utc(Instant.parse("2026-11-22T10:00:00Z"), Optional.empty())))
                .isEqualTo("2026-11-22T10:00:00Z");
    }

    private static String time(DeviceTime time) {
        String line = ObservationText.line(Observations.of(Mdc.MDC_TEMP_BODY, new Value.Text("x"), time));
        return line.substring(0, line.indexOf("  "));
    }

    private static Value.Component part(Code type, MedicalFloat value) {
        return new Value.Component(type, Value.Numeric.of(value, Units.MDC_DIM_MMHG));
    }

    private static String in(Code unit) {
        return ObservationText.value(Value.Numeric.of(MedicalFloat.of(72, 0), unit));
    }
}
