package org.openiomt.ble.profile.binarysensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket.Message;

class BinarySensorPacketTest {
    @Test
    void aLongMessageIsSplit() {
        byte[] payload = HexFormat.of().parseHex("0102030405");
        List<String> packets = BinarySensorPacket.split(Message.SETTING_SENSOR_COMMAND, 1, false, payload, 4).stream()
                .map(packet -> HexFormat.of().withUpperCase().formatHex(BinarySensorPacket.CODEC.encode(packet)))
                .toList();
        assertThat(packets).containsExactly("00020101", "02020304", "0505");
    }

    @Test
    void aMessageWithoutParametersIsOnePacket() {
        assertThat(BinarySensorPacket.split(Message.GET_SENSOR_STATUS_COMMAND, 0, false, new byte[0], 20))
                .singleElement()
                .satisfies(packet -> {
                    assertThat(packet.isLast()).isTrue();
                    assertThat(packet.start().orElseThrow().message()).contains(Message.GET_SENSOR_STATUS_COMMAND);
                });
    }

    @Test
    void aMessageThatNeedsMoreThan32PacketsIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinarySensorPacket.split(Message.SENSOR_STATUS_EVENT, 1, true, new byte[100], 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinarySensorPacket.split(Message.SENSOR_STATUS_EVENT, 1, true, new byte[1], 2));
    }
}
