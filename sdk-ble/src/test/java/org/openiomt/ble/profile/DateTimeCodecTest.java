package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Warning;

class DateTimeCodecTest {
    @ParameterizedTest
    @CsvSource({
        "E20704110F3300, 2018-04-17T15:51:00",
        "E807021D173B3B, 2024-02-29T23:59:59",
        "00000000000000, 0000-00-00T00:00:00",
        "E8070000120700, 2024-00-00T18:07:00",
        "0000021D000000, 0000-02-29T00:00:00",
    })
    void aMomentOfWhichAllOrSomePartsAreKnownIsReadInBothModes(String hex, String text) {
        byte[] octets = HexFormat.of().parseHex(hex);
        for (DecodeMode mode : DecodeMode.values()) {
            ByteReader in = ByteReader.of(octets, mode);
            DeviceDateTime reading = DateTimeCodec.read(in, "takenAt");
            assertThat(reading).hasToString(text);
            assertThat(in.warnings()).isEmpty();
            assertThat(written(reading)).isEqualTo(octets);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0000041F0F3300, 0000-04-31T15:51:00",
        "E8070D01000000, 2024-13-01T00:00:00",
        "00000D00000000, 0000-13-00T00:00:00",
        "E707021D000000, 2023-02-29T00:00:00",
        "E807041F000000, 2024-04-31T00:00:00",
        "E8070401180000, 2024-04-01T24:00:00",
        "00000000180000, 0000-00-00T24:00:00",
        "0000000000003C, 0000-00-00T00:00:60",
        "2D060101000000, 1581-01-01T00:00:00",
        "2D060000000000, 1581-00-00T00:00:00",
        "10270101000000, 10000-01-01T00:00:00",
    })
    void aMomentThatDoesNotExistIsKeptAndReportedOrInStrictModeRefused(String hex, String text) {
        byte[] octets = HexFormat.of().parseHex(hex);
        ByteReader lenient = ByteReader.of(octets, DecodeMode.LENIENT);
        DeviceDateTime reading = DateTimeCodec.read(lenient, "takenAt");
        assertThat(reading).hasToString(text);
        assertThat(lenient.warnings()).containsExactly(new Warning("takenAt", 0, "a date or time that does not exist"));
        assertThat(written(reading)).isEqualTo(octets);
        ByteReader strict = ByteReader.of(octets, DecodeMode.STRICT);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DateTimeCodec.read(strict, "takenAt"))
                .withMessage("takenAt at octet 0: a date or time that does not exist");
    }

    @Test
    void aCutReadingIsRefusedAsAWhole() {
        ByteReader in = ByteReader.of(new byte[3], DecodeMode.LENIENT);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DateTimeCodec.read(in, "takenAt"))
                .withMessage("takenAt at octet 0: cut short, 4 octets missing");
    }

    @Test
    void aFractionOfASecondHasNoRoom() {
        DeviceDateTime reading = new DeviceDateTime(2024, 6, 15, 17, 17, 27, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateTimeCodec.write(new ByteWriter(), "takenAt", reading))
                .withMessageContaining("takenAt");
    }

    private static byte[] written(DeviceDateTime reading) {
        ByteWriter out = new ByteWriter();
        DateTimeCodec.write(out, "takenAt", reading);
        return out.toByteArray();
    }
}
