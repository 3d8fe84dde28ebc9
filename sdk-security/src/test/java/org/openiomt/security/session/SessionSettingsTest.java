package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.security.identity.peer.PreSharedPeer;

class SessionSettingsTest {
    private static final PreSharedPeer PEER = new PreSharedPeer(Party.DEVICE_ENTRY);

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 16, 31, 33})
    void keyOfAPairingThatIsNotThirtyTwoOctetsIsRefused(int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 7);

        assertThatThrownBy(() -> SessionSettings.nnPsk0(Party.GATEWAY, key, PEER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of a pairing has 32 octets of full entropy, but got " + length);
    }

    @Test
    void keyOfZerosIsRefused() {
        assertThatThrownBy(() -> SessionSettings.nnPsk0(Party.GATEWAY, new byte[32], PEER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of a pairing is random, but every octet is 0");
    }
}
