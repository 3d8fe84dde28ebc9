package org.openiomt.ble.gatt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.spi.Channel;

class GattTest {
    @ParameterizedTest
    @CsvSource({
        "2A35, 2a35",
        "0x2A35, 2a35",
        "00002A35, 2a35",
        "00002A35-0000-1000-8000-00805F9B34FB, 2a35",
        "12345678-0000-1000-8000-00805f9b34fb, 12345678",
        "0AAD7EA0-0D60-11E2-8E3C-0002A5D5C51B, 0aad7ea0-0d60-11e2-8e3c-0002a5d5c51b"
    })
    void everyFormOfAUuidBecomesTheShortestOne(String text, String expected) {
        assertThat(Gatt.uuid(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2A3", "2A35/", "2G35", "0x", "00002A35-0000-1000-8000-00805F9B34F"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Gatt.uuid(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UUID");
    }

    @Test
    void aChannelNamesServiceAndCharacteristic() {
        Channel channel = Gatt.channel("1810", "2A35");

        assertThat(channel).isEqualTo(Channel.of("1810/2a35"));
        assertThat(Gatt.service(channel)).isEqualTo("1810");
        assertThat(Gatt.characteristic(channel)).isEqualTo("2a35");
    }

    @Test
    void equalCharacteristicsAreCounted() {
        Channel second = Gatt.channel("181a", "2a6e", 2);

        assertThat(second).isEqualTo(Channel.of("181a/2a6e#2"));
        assertThat(Gatt.characteristic(second)).isEqualTo("2a6e");
        assertThat(Gatt.channel("181a", "2a6e", 1)).isEqualTo(Gatt.channel("181a", "2a6e"));
        assertThatThrownBy(() -> Gatt.channel("181a", "2a6e", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAttErrorMeansWhatItsServiceSays() {
        assertThat(AttError.describe(Gatt.channel("180d", "2a39"), 0x80))
                .isEqualTo("control point not supported (0x80)");
        assertThat(AttError.describe(Gatt.channel("1808", "2a52"), 0x80))
                .isEqualTo("procedure already in progress (0x80)");
        assertThat(AttError.describe(Gatt.channel("1808", "2a52"), 0x05))
                .isEqualTo("insufficient authentication (0x05)");
        assertThat(AttError.describe(Gatt.channel("1808", "2a52"), 0x93)).isEqualTo("error (0x93)");
    }
}
