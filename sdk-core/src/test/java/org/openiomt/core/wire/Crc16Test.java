package org.openiomt.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc16Test {
    /** Check values of the public catalogue (over the text 123456789) and frames of named origin. */
    @ParameterizedTest
    @CsvSource({
        "MCRF4XX, 313233343536373839, 6F91, catalogue",
        "CCITT_FALSE, 313233343536373839, 29B1, catalogue",
        "X25, 313233343536373839, 906E, catalogue",
        "XMODEM, 313233343536373839, 31C3, catalogue",
        "MCRF4XX, '', FFFF, nothing",
        "CCITT_FALSE, '', FFFF, nothing",
        "X25, '', 0000, nothing",
        "XMODEM, '', 0000, nothing",
        "MCRF4XX, 3E010203040506070809, 2F01, the example of the CGM service specification",
        "MCRF4XX, 130100E20706060E350E000054B019, 8368, ehealthinnovation/AndroidBLEParser",
        "MCRF4XX, 010000, 63EF, ehealthinnovation/AndroidBLEParser",
        "MCRF4XX, 0D4373002C010324001A00, 043E, a Roche glucose sensor",
        "CCITT_FALSE, 00900159, 0414, a Medtronic 780G",
        "CCITT_FALSE, 0EC3F900F40B000074E00A00, F1E0, a Medtronic 780G",
    })
    void theCheckSumIsTheOneOfTheSource(Crc16 crc, String octets, String sum, String source) {
        assertThat(crc.of(HexFormat.of().parseHex(octets))).as(source).isEqualTo(HexFormat.fromHexDigits(sum));
    }
}
