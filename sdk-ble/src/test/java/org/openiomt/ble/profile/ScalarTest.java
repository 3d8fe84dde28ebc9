package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;

class ScalarTest {
    private static final Scalar TEMPERATURE = Scalar.of(IntegerForm.SINT16, "temperature", "0.01 Cel")
            .between("-273.15", "327.67")
            .unknown(-0x8000);
    private static final Scalar ACCURACY =
            Scalar.of(IntegerForm.UINT8, "accuracy", "0.125 s").above(254).unknown(255);
    private static final Scalar FLOOR =
            Scalar.of(IntegerForm.UINT8, "floor", "1 1").from(-20).unknown(255);

    @Test
    void aNumberTakesTheResolutionOfItsStep() {
        assertThat(TEMPERATURE.atResolution(MedicalFloat.parse("21.5"))).hasToString("21.50");
        assertThat(TEMPERATURE.atResolution(MedicalFloat.parse("2e1"))).hasToString("20.00");
        assertThat(ACCURACY.atResolution(MedicalFloat.parse("1"))).hasToString("1.000");
        assertThat(TEMPERATURE.atResolution(MedicalFloat.NAN)).isEqualTo(MedicalFloat.NAN);
    }

    @ParameterizedTest
    @CsvSource({
        "21.505", // between two steps
        "-327.68", // would read as not known
        "327.68",
        "1e30",
        "-1e30",
        "+INF",
        "NRes",
        "reserved",
    })
    void aNumberThatTheOctetsCannotBearIsRefused(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEMPERATURE.atResolution(MedicalFloat.parse(number)))
                .withMessageStartingWith("temperature: ");
    }

    @Test
    void theRefusalSaysWhatWasExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLOOR.atResolution(MedicalFloat.parse("0.5")))
                .withMessage("floor: expected a multiple of 1 from -20 to 235");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> read(TEMPERATURE, "4C95", DecodeMode.STRICT))
                .withMessageContaining("temperature")
                .withMessageContaining("expected -273.15 to 327.67 Cel");
    }

    @Test
    void aCodeIsNeverANumber() {
        assertThat(read(TEMPERATURE, "0080", DecodeMode.STRICT)).isEqualTo(MedicalFloat.NAN);
        assertThat(read(ACCURACY, "FE", DecodeMode.STRICT)).isEqualTo(MedicalFloat.POSITIVE_INFINITY);
        assertThat(read(ACCURACY, "FF", DecodeMode.STRICT)).isEqualTo(MedicalFloat.NAN);
        assertThat(write(ACCURACY, MedicalFloat.POSITIVE_INFINITY)).isEqualTo("FE");
        assertThat(write(ACCURACY, MedicalFloat.NAN)).isEqualTo("FF");
        assertThat(TEMPERATURE.isInRange(MedicalFloat.NAN)).isFalse();
        assertThat(ACCURACY.isInRange(MedicalFloat.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void anUnforeseenNumberIsKeptAndIsOutOfRange() {
        MedicalFloat tooCold = read(TEMPERATURE, "4C95", DecodeMode.LENIENT);
        assertThat(tooCold).hasToString("-273.16");
        assertThat(TEMPERATURE.isInRange(tooCold)).isFalse();
        assertThat(TEMPERATURE.isInRange(MedicalFloat.parse("-273.15"))).isTrue();
        assertThat(write(TEMPERATURE, tooCold)).isEqualTo("4C95");
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8, FF, 255",
        "SINT8, 80, -128",
        "UINT16, FEFF, 65534",
        "SINT16, FEFF, -2",
        "UINT24, FFFFFF, 16777215",
        "SINT24, 000080, -8388608",
        "UINT32, FFFFFFFF, 4294967295",
        "SINT32, 00000080, -2147483648",
    })
    void everyFormIsReadAndWritten(IntegerForm form, String hex, String number) {
        Scalar scalar = Scalar.of(form, "number", "1 1");
        assertThat(read(scalar, hex, DecodeMode.STRICT)).isEqualTo(MedicalFloat.parse(number));
        assertThat(write(scalar, MedicalFloat.parse(number))).isEqualTo(hex);
    }

    @Test
    void anSfloatKeepsItsOwnResolution() {
        Scalar scalar = Scalar.sfloat("number", "1");
        assertThat(read(scalar, "0AF0", DecodeMode.STRICT)).hasToString("1.0");
        assertThat(write(scalar, MedicalFloat.parse("1.0"))).isEqualTo("0AF0");
        assertThat(read(scalar, "FF07", DecodeMode.STRICT)).isEqualTo(MedicalFloat.NAN);
    }

    @Test
    void numbersThatBeginElsewhereAreShifted() {
        assertThat(read(FLOOR, "00", DecodeMode.STRICT)).hasToString("-20");
        assertThat(write(FLOOR, MedicalFloat.of(0, 0))).isEqualTo("14");
        assertThatIllegalArgumentException().isThrownBy(() -> write(FLOOR, MedicalFloat.of(235, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> write(FLOOR, MedicalFloat.of(-21, 0)));
    }

    private static MedicalFloat read(Scalar scalar, String hex, DecodeMode mode) {
        return scalar.read(ByteReader.of(HexFormat.of().parseHex(hex), mode));
    }

    private static String write(Scalar scalar, MedicalFloat value) {
        ByteWriter out = new ByteWriter();
        scalar.write(out, value);
        return HexFormat.of().withUpperCase().formatHex(out.toByteArray());
    }
}
