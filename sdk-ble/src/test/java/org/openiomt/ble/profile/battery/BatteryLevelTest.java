package org.openiomt.ble.profile.battery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

class BatteryLevelTest {
    @Test
    void aLevelAboveFullIsKeptAndReportedOrInStrictModeRefused() {
        byte[] octets = {101};
        assertThat(BatteryLevel.CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .hasSize(1);
        assertThat(BatteryLevel.CODEC.decode(octets)).isEqualTo(BatteryLevel.of(101));
        assertThat(BatteryLevel.of(101).isKnown()).isFalse();
        assertThat(BatteryLevel.of(100).isKnown()).isTrue();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> BatteryLevel.CODEC.decode(octets, DecodeMode.STRICT));
    }
}
