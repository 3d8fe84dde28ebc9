package org.openiomt.ble.profile.deviceinformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class DeviceInformationTest {
    @ParameterizedTest
    @ValueSource(strings = {"410000", "4DFC6C6C6572", "C3", "EDA080"})
    void aTextWithNulsOrOtherThanUtf8IsKeptAndReportedOrInStrictModeRefused(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(DeviceText.CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .hasSize(1);
        assertThat(DeviceText.CODEC.encode(DeviceText.CODEC.decode(octets))).isEqualTo(octets);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceText.CODEC.decode(octets, DecodeMode.STRICT))
                .satisfies(e -> assertThat(e.field()).isEqualTo("text"));
    }

    @Test
    void aTextNeitherLosesItsInnerNulsNorShowsItself() {
        DeviceText text = DeviceText.CODEC.decode("SN\u000042\u0000".getBytes(StandardCharsets.UTF_8));
        assertThat(text.text()).isEqualTo("SN\u000042");
        assertThat(text.trailingNuls()).isEqualTo(1);
        assertThat(text.isUtf8()).isTrue();
        assertThat(text).isNotEqualTo(DeviceText.of("SN\u000042")).hasToString("DeviceText[text, trailingNuls]");
    }

    @Test
    void aSystemIdIsAnEui64WithTheMakersIdentifierFirst() {
        SystemId id = SystemId.CODEC.decode(HexFormat.of().parseHex("010203FEFF804223"));
        assertThat(id).isEqualTo(new SystemId(0xFFFE030201L, 0x234280, Remainder.NONE));
        assertThat(id.eui64()).isEqualTo("234280FFFE030201");
        assertThat(id).hasToString("SystemId[manufacturer, oui]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'count at octet 0: cut short, 2 octets missing'",
        "0001000401, 'length at octet 2: expected 1, but got 4'",
        "0001000402010001, 'data at octet 8: cut short, 1 octet missing'",
        "0002000402010000, 'count at octet 0: expected 1, but got 2'",
        "0001000202 01, 'size at octet 6: cut short, 2 octets missing'",
    })
    void octetsThatAreNoCertificationListAreKeptAndReportedOrInStrictModeRefused(String hex, String fault) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(RegulatoryCertification.CODEC.decode(octets).entries()).isEmpty();
        assertThat(RegulatoryCertification.CODEC
                        .decode(octets, DecodeMode.LENIENT)
                        .warnings())
                .hasSize(1)
                .first()
                .hasToString(fault);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> RegulatoryCertification.CODEC.decode(octets, DecodeMode.STRICT))
                .withMessage(fault);
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemId(1L << 40, 0, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemId(0, 1 << 24, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new PnpId(1, -1, 0, 0, Remainder.NONE));
    }
}
