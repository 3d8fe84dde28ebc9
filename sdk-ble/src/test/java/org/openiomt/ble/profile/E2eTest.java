package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.Remainder;

/** A value of one number of two octets, as the session run time 0002 with the check sum C308 of another project's test. */
class E2eTest {
    private record RunTime(int number, E2eCheck check, Remainder remainder) {}

    private static Codec<RunTime> codec(E2eContext context, E2eLayout layout) {
        return Codec.of(
                in -> {
                    E2e e2e = E2e.open(in, context, layout);
                    int number = e2e.body().uint16("number");
                    E2e.End end = e2e.end(0);
                    return new RunTime(number, end.check(), end.remainder());
                },
                (value, out) -> {
                    out.uint16("number", value.number);
                    value.remainder.writeTo(out);
                    E2e.write(out, 0, context, layout, value.check);
                });
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @EnumSource(DecodeMode.class)
    void aWrongCheckSumIsRefusedInBothModesWithBothNumbers(DecodeMode mode) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> codec(E2eContext.PRESENT, E2eLayout.CRC).decode(hex("020108C3"), mode))
                .withMessage("crc at octet 2: wrong check sum: expected 0xD281 (CRC-16/MCRF4XX of 2 octets), "
                        + "but got 0xC308; the octets changed on their way, and the value is not used");
    }

    @Test
    void aCheckSumOfAnotherKindNamesThatKind() {
        byte[] octets = hex("02000000");
        int crc = Crc16.CCITT_FALSE.of(octets, 0, 2);
        octets[2] = (byte) crc;
        octets[3] = (byte) (crc >> 8);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> codec(E2eContext.PRESENT, E2eLayout.CRC).decode(octets))
                .withMessageEndingWith("it is right by CRC-16/CCITT-FALSE, which this device may use");
        assertThat(codec(E2eContext.presentWith(Crc16.CCITT_FALSE), E2eLayout.CRC)
                        .decode(octets)
                        .check())
                .isEqualTo(new E2eCheck.Sound(OptionalInt.empty(), Crc16.CCITT_FALSE));
        assertThat(codec(E2eContext.NOT_KNOWN, E2eLayout.CRC).decode(octets).check())
                .isEqualTo(new E2eCheck.Sound(OptionalInt.empty(), Crc16.CCITT_FALSE));
    }

    @Test
    void aMissingCheckSumIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() ->
                        codec(E2eContext.PRESENT, E2eLayout.COUNTER_AND_CRC).decode(hex("0200")))
                .withMessage("crc at octet 0: cut short: a value of this device ends in a check sum of 3 octets, "
                        + "but only 2 came");
    }

    @ParameterizedTest
    @CsvSource({"PRESENT, 020008C3", "NOT_KNOWN, 020008C3", "NOT_KNOWN, 0200"})
    void aValueThatIsAsItShouldBeHasNoWarning(E2eContext.Presence presence, String hex) {
        Codec<RunTime> codec = codec(new E2eContext(presence, Crc16.MCRF4XX), E2eLayout.CRC);
        Decoded<RunTime> decoded = codec.decode(hex(hex), DecodeMode.STRICT);
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.value().check()).isEqualTo(hex.length() > 4 ? E2eCheck.sound() : E2eCheck.none());
        assertThat(codec.encode(decoded.value())).isEqualTo(hex(hex));
    }

    @Test
    void octetsThatMayBeAWrongCheckSumAreKeptAndNotTrustedWhenNobodyAskedTheDevice() {
        Codec<RunTime> codec = codec(E2eContext.NOT_KNOWN, E2eLayout.CRC);
        Decoded<RunTime> decoded = codec.decode(hex("020008C4"), DecodeMode.LENIENT);
        assertThat(decoded.value().check()).isEqualTo(new E2eCheck.Unproven(OptionalInt.empty(), 0xC408));
        assertThat(decoded.value().check().isTrusted()).isFalse();
        assertThat(decoded.warnings())
                .singleElement()
                .hasToString(
                        "crc at octet 2: if it is a check sum, wrong check sum: expected 0xC308 (CRC-16/MCRF4XX of "
                                + "2 octets), but got 0xC408; the octets changed on their way, and the value is not used");
        assertThat(codec.encode(decoded.value())).isEqualTo(hex("020008C4"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec(E2eContext.PRESENT, E2eLayout.CRC).encode(decoded.value()));
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> codec.decode(hex("020008C4"), DecodeMode.STRICT));
    }

    @Test
    void octetsOfAVendorBeforeTheCheckSumAreATail() {
        for (E2eContext context : new E2eContext[] {E2eContext.PRESENT, E2eContext.NOT_KNOWN}) {
            Codec<RunTime> codec = codec(context, E2eLayout.COUNTER_AND_CRC);
            RunTime made = new RunTime(2, E2eCheck.sound(9), Remainder.of(0, hex("AABB")));
            Decoded<RunTime> decoded = codec.decode(codec.encode(made), DecodeMode.LENIENT);
            assertThat(decoded.value()).isEqualTo(made);
            assertThat(decoded.warnings())
                    .singleElement()
                    .hasToString("trailing at octet 2: 2 octets after the last field");
        }
    }

    @Test
    void withoutProtectionOctetsAtTheEndAreATail() {
        Codec<RunTime> codec = codec(E2eContext.ABSENT, E2eLayout.CRC);
        RunTime value = codec.decode(hex("020008C3"));
        assertThat(value.check()).isEqualTo(E2eCheck.none());
        assertThat(value.remainder().trailing()).containsExactly(0x08, 0xC3);
    }

    @Test
    void theContextDecidesWhatIsWritten() {
        RunTime bare = new RunTime(2, E2eCheck.none(), Remainder.NONE);
        RunTime sound = new RunTime(2, E2eCheck.sound(), Remainder.NONE);
        assertThat(codec(E2eContext.PRESENT, E2eLayout.CRC).encode(bare)).isEqualTo(hex("020008C3"));
        assertThat(codec(E2eContext.ABSENT, E2eLayout.CRC).encode(sound)).isEqualTo(hex("0200"));
        assertThat(codec(E2eContext.NOT_KNOWN, E2eLayout.CRC).encode(sound)).isEqualTo(hex("020008C3"));
        assertThat(codec(E2eContext.NOT_KNOWN, E2eLayout.CRC).encode(bare)).isEqualTo(hex("0200"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        codec(E2eContext.PRESENT, E2eLayout.COUNTER_AND_CRC).encode(bare))
                .withMessage("this value needs a counter");
    }
}
