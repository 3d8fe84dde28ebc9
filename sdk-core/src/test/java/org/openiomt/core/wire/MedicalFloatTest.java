package org.openiomt.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedicalFloatTest {
    /** The table of the IHE/HL7 personal health device guide, without its misprints, and values seen on the wire. */
    @ParameterizedTest
    @CsvSource({
        "00000002, 0002, 2",
        "FF000014, F014, 2.0",
        "FE0000C8, E0C8, 2.00",
        "01000002, 1002, 2E+1",
        "02000002, 2002, 2E+2",
        "000000C8, 00C8, 200",
        "000004D2, 04D2, 1234",
        "00FFFB2E, 0B2E, -1234",
        "007FFFFF, 07FF, NaN",
        "007FFFFE, 07FE, +INF",
        "00800002, 0802, -INF",
        "00800000, 0800, NRes",
        "00800001, 0801, reserved",
        "FF000172, F172, 37.0",
        "FF0003CF, F3CF, 97.5",
        "00000062, 0062, 98",
    })
    void aRowOfTheTableReadsAndWritesInBothByteOrders(String float32, String sfloat, String text) {
        MedicalFloat value = MedicalFloat.parse(text);

        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            assertThat(reader(inOrder(float32, order), order).float32("value")).isEqualTo(value);
            assertThat(reader(inOrder(sfloat, order), order).sfloat("value")).isEqualTo(value);
            ByteWriter out = new ByteWriter(order);
            out.float32("value", value);
            out.sfloat("value", value);
            assertThat(out.toByteArray()).isEqualTo(concat(inOrder(float32, order), inOrder(sfloat, order)));
        }
    }

    @Test
    void all65536CodesOfAnSfloatReadAndWriteToTheSameOctets() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int code = 0; code <= 0xFFFF; code++) {
                ByteWriter out = new ByteWriter(order);
                out.uint16("code", code);
                byte[] octets = out.toByteArray();
                ByteWriter again = new ByteWriter(order);
                again.sfloat("value", reader(octets, order).sfloat("value"));
                assertThat(again.toByteArray()).as("code %04X", code).isEqualTo(octets);
            }
        }
    }

    @Test
    void exactlyFiveCodesOfAnSfloatAreSpecial() {
        int special = 0;
        for (int code = 0; code <= 0xFFFF; code++) {
            byte[] octets = {(byte) code, (byte) (code >> 8)};
            special += reader(octets, ByteOrder.LITTLE_ENDIAN).sfloat("value").isFinite() ? 0 : 1;
        }
        assertThat(special).isEqualTo(5);
    }

    @Test
    void theSameQuantityAtAnotherResolutionIsAnotherValue() {
        assertThat(MedicalFloat.parse("37.60")).isNotEqualTo(MedicalFloat.parse("37.6"));
        assertThat(MedicalFloat.parse("37.60"))
                .isEqualTo(MedicalFloat.of(3760, -2))
                .hasToString("37.60");
        assertThat(MedicalFloat.of(12, 1)).isNotEqualTo(MedicalFloat.of(120, 0)).hasToString("120");
        assertThat(MedicalFloat.of(3760, -2).toBigDecimal()).isEqualTo(new BigDecimal("37.60"));
    }

    @Test
    void aDoubleIsTheNearestOneAndOnlyOnRequest() {
        assertThat(MedicalFloat.parse("73.2").toDouble()).isEqualTo(73.2);
        assertThat(MedicalFloat.POSITIVE_INFINITY.toDouble()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(MedicalFloat.NEGATIVE_INFINITY.toDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(MedicalFloat.NAN.toDouble()).isNaN();
        assertThat(MedicalFloat.NRES.toDouble()).isNaN();
        assertThat(MedicalFloat.RESERVED.toDouble()).isNaN();
    }

    @Test
    void aSpecialValueIsNoDecimal() {
        assertThatThrownBy(MedicalFloat.NRES::toBigDecimal)
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("NRes");
        assertThatThrownBy(() -> new MedicalFloat(MedicalFloat.Kind.NAN, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nan", "INF", "12,5", "0x1", "1e-200", "1e200", "9223372036854775808"})
    void whatIsNoMedicalFloatIsNotParsed(String text) {
        assertThatThrownBy(() -> MedicalFloat.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theExponentHasEightBits() {
        assertThat(MedicalFloat.of(1, -128).exponent()).isEqualTo(-128);
        assertThat(MedicalFloat.of(1, 127).exponent()).isEqualTo(127);
        assertThatThrownBy(() -> MedicalFloat.of(1, -129)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MedicalFloat.of(1, 128)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A mantissa that is too wide, an exponent that is too wide, and numbers whose code means something else. */
    @ParameterizedTest
    @CsvSource({"2048, 1", "-2049, 1", "1, 8", "1, -9", "2047, 0", "2046, 0", "-2048, 0", "-2047, 0", "-2046, 0"})
    void whatAnSfloatCannotHoldIsNotRounded(long mantissa, int exponent) {
        assertThatThrownBy(() -> new ByteWriter().sfloat("systolic", MedicalFloat.of(mantissa, exponent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("systolic");
    }

    @ParameterizedTest
    @CsvSource({"8388608, 1", "-8388609, 1", "8388607, 0", "8388606, 0", "-8388608, 0", "-8388607, 0", "-8388606, 0"})
    void whatAFloatCannotHoldIsNotRounded(long mantissa, int exponent) {
        assertThatThrownBy(() -> new ByteWriter().float32("weight", MedicalFloat.of(mantissa, exponent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("weight");
    }

    private static ByteReader reader(byte[] octets, ByteOrder order) {
        return ByteReader.of(octets, DecodeMode.STRICT, order);
    }

    private static byte[] inOrder(String hex, ByteOrder order) {
        byte[] octets = HexFormat.of().parseHex(hex);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < octets.length / 2; i++) {
                byte first = octets[i];
                octets[i] = octets[octets.length - 1 - i];
                octets[octets.length - 1 - i] = first;
            }
        }
        return octets;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteWriter out = new ByteWriter();
        out.octets(first);
        out.octets(second);
        return out.toByteArray();
    }
}
