package org.openiomt.ble.profile.bloodpressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class BloodPressureMeasurementTest {
    private static final Codec<BloodPressureMeasurement> CODEC = BloodPressureMeasurement.CODEC;

    @Test
    void aValueWithAllFieldsGoesThereAndBackEvenWithUnknownFlagsAndATail() {
        BloodPressureMeasurement value = withRemainder(Remainder.of(0x60, new byte[] {1, 2, 3}));
        assertThat(value.flags()).isEqualTo(0x7F);
        assertThat(CODEC.encode(value))
                .isEqualTo(HexFormat.of().parseHex("7FA1F070F082F0E807060F11111B3300032700010203"));
        assertThat(CODEC.decode(CODEC.encode(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "207C0056006100", // unknown flag
                "007C005600610000", // tail
                "107C00560061004000", // reserved status bit
                "107C00560061001800", // reserved pulse range
                "027C0056006100E8070D01000000" // month 13
            })
    void whatTheStandardDoesNotForeseeIsReportedOrInStrictModeRefused(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(CODEC.decode(octets, DecodeMode.LENIENT).warnings()).hasSize(1);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> CODEC.decode(octets, DecodeMode.STRICT));
    }

    @ParameterizedTest
    @CsvSource({
        "'', flags at octet 0: cut short, '1 octet missing'",
        "007C0000, diastolic at octet 3: cut short, '1 octet missing'",
        "027C0056006100E807, takenAt at octet 7: cut short, '5 octets missing'",
        "087C0056006100, userId at octet 7: cut short, '1 octet missing'",
        "107C005600610000, status at octet 7: cut short, '1 octet missing'",
    })
    void aCutFieldIsNamedWithItsOctet(String hex, String where, String missing) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CODEC.decode(HexFormat.of().parseHex(hex)))
                .withMessage(where + ", " + missing);
    }

    @Test
    void theStatusNamesItsFindings() {
        BloodPressureStatus status = new BloodPressureStatus(0x2F);
        assertThat(status.isBodyMoved()).isTrue();
        assertThat(status.isCuffTooLoose()).isTrue();
        assertThat(status.isPulseIrregular()).isTrue();
        assertThat(status.isPositionImproper()).isTrue();
        assertThat(status.pulseRange()).isEqualTo(BloodPressureStatus.PulseRange.ABOVE);
        assertThat(new BloodPressureStatus(0x10).pulseRange()).isEqualTo(BloodPressureStatus.PulseRange.BELOW);
        assertThat(new BloodPressureStatus(0).pulseRange()).isEqualTo(BloodPressureStatus.PulseRange.WITHIN);
        assertThat(status).hasToString("BloodPressureStatus[]");
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withRemainder(Remainder.of(0x02, new byte[0])))
                .withMessageContaining("unknown flags");
        assertThatIllegalArgumentException().isThrownBy(() -> new BloodPressureStatus(0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> CODEC.encode(withSystolic(MedicalFloat.of(2047, 0))));
        assertThatIllegalArgumentException().isThrownBy(() -> CODEC.encode(withSystolic(MedicalFloat.of(1, -9))));
    }

    @Test
    void theCuffPressureIsTheFirstOfThreeAndNamedSoInFaults() {
        IntermediateCuffPressure value = IntermediateCuffPressure.of(MedicalFloat.parse("20.1"), PressureUnit.KPA);
        byte[] octets = HexFormat.of().parseHex("01C9F0FF07FF07");
        assertThat(IntermediateCuffPressure.CODEC.encode(value)).isEqualTo(octets);
        assertThat(IntermediateCuffPressure.CODEC
                        .decode(octets, DecodeMode.STRICT)
                        .value())
                .isEqualTo(value);
        assertThat(value.cuffPressure()).isEqualTo(MedicalFloat.parse("20.1"));
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> IntermediateCuffPressure.CODEC.decode(new byte[] {0, 1}))
                .withMessageStartingWith("cuffPressure at octet 1");
    }

    @Test
    void theFeatureKeepsBitsThatItDoesNotKnow() {
        byte[] octets = HexFormat.of().parseHex("FFFF");
        BloodPressureFeature all = BloodPressureFeature.CODEC.decode(octets);
        assertThat(all.supports()).containsExactly(BloodPressureFeature.Feature.values());
        assertThat(all.remainder().unknownFlags()).isEqualTo(0xFE00);
        assertThat(BloodPressureFeature.CODEC.encode(all)).isEqualTo(octets);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> BloodPressureFeature.CODEC.decode(octets, DecodeMode.STRICT));
    }

    private static BloodPressureMeasurement withSystolic(MedicalFloat systolic) {
        return new BloodPressureMeasurement(
                PressureUnit.MMHG,
                systolic,
                MedicalFloat.of(80, 0),
                MedicalFloat.NAN,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    private static BloodPressureMeasurement withRemainder(Remainder remainder) {
        return new BloodPressureMeasurement(
                PressureUnit.KPA,
                MedicalFloat.parse("16.1"),
                MedicalFloat.parse("11.2"),
                MedicalFloat.parse("13.0"),
                Optional.of(DeviceDateTime.of(2024, 6, 15, 17, 17, 27)),
                Optional.of(MedicalFloat.of(51, 0)),
                OptionalInt.of(3),
                Optional.of(new BloodPressureStatus(0x27)),
                remainder);
    }
}
