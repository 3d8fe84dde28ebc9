package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.DecodeException;

class CborGuardTest {
    /** RFC 8949, appendix A, those of its examples that are in deterministic form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "17",
                "1818",
                "1903e8",
                "1a000f4240",
                "1b000000e8d4a51000",
                "1bffffffffffffffff",
                "20",
                "3863",
                "3903e7",
                "3bffffffffffffffff",
                "c249010000000000000000",
                "f90000",
                "f97e00",
                "fa47c35000",
                "fb3ff199999999999a",
                "f4",
                "f5",
                "f6",
                "f7",
                "f0",
                "f8ff",
                "c11a514b67b0",
                "d74401020304",
                "d818456449455446",
                "40",
                "4401020304",
                "60",
                "6449455446",
                "62c3bc",
                "64f0908591",
                "80",
                "83010203",
                "8301820203820405",
                "a0",
                "a201020304",
                "a26161016162820203",
                "826161a161626163"
            })
    void deterministicItemsPass(String octets) {
        CborGuard.check(HexFormat.of().parseHex(octets), 100);
    }

    @ParameterizedTest
    @CsvSource({
        "an integer of one octet too many,    1817, 0",
        "an integer of two octets too many,   1900ff, 0",
        "an integer of four octets too many,  1a0000ffff, 0",
        "an integer of eight octets too many, 1b00000000ffffffff, 0",
        "a length of one octet too many,      580141, 0",
        "octets of indefinite length,         5f42010243030405ff, 0",
        "a text of indefinite length,         7f657374726561ff, 0",
        "an array of indefinite length,       9fff, 0",
        "a map of indefinite length,          bf6346756ef5ff, 0",
        "a break,                             ff, 0",
        "a reserved head,                     1c, 0",
        "a simple value in two octets,        f818, 0",
        "a key twice,                         a200010002, 3",
        "keys out of order,                   a201000002, 3",
        "an unsigned key after a text,        a26161010001, 4",
        "no UTF-8,                            61ff, 0",
        "half a surrogate pair,               63eda080, 0",
        "a text that ends inside a character, 61c3, 0",
        "an overlong character,               62c080, 0",
        "an array that is cut short,          820183, 2",
        "a tag of nothing,                    c1, 1",
        "octets after the end,                0000, 1",
    })
    void everythingElseIsRefusedWithItsOffset(String what, String octets, int offset) {
        DecodeException refusal = catchThrowableOfType(
                DecodeException.class, () -> CborGuard.check(HexFormat.of().parseHex(octets), 100));

        assertThat(refusal).as(what).isNotNull();
        assertThat(refusal.offset()).as(what).isEqualTo(offset);
    }

    @Test
    void theDepthIsLimited() {
        byte[] deepest = HexFormat.of().parseHex("81".repeat(CborGuard.MAX_DEPTH) + "00");
        byte[] tooDeep = HexFormat.of().parseHex("81".repeat(CborGuard.MAX_DEPTH + 1) + "00");

        CborGuard.check(deepest, 100);
        assertThatThrownBy(() -> CborGuard.check(tooDeep, 100)).hasMessageContaining("levels");
    }
}
