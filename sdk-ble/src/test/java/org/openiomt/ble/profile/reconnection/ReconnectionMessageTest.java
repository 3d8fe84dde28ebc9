package org.openiomt.ble.profile.reconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

class ReconnectionMessageTest {
    private static final Codec<ReconnectionMessage> PROTECTED = ReconnectionMessage.codec(E2eContext.PRESENT);

    @Test
    void aWrongCheckSumIsRefusedWhereTheFeaturesPromiseOne() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> PROTECTED.decode(HexFormat.of().parseHex("000000")))
                .withMessageContaining("wrong check sum");
    }

    @Test
    void aMissingCheckSumIsRefusedWhereTheFeaturesPromiseOne() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> PROTECTED.decode(HexFormat.of().parseHex("00")))
                .withMessageContaining("check sum");
    }

    @Test
    void aClientsWriteGetsItsCheckSum() {
        ReconnectionMessage off =
                new ReconnectionMessage(ReconnectionMessage.Choice.off(12), E2eCheck.none(), Remainder.NONE);
        byte[] octets = PROTECTED.encode(off);
        assertThat(octets).hasSize(4);
        assertThat(PROTECTED.decode(octets).check()).isEqualTo(E2eCheck.sound());
    }

    @Test
    void theFeaturesSayWhetherTheOtherValuesHaveCheckSums() {
        assertThat(ReconnectionFeatures.of(Set.of()).context()).isEqualTo(E2eContext.ABSENT);
        assertThat(ReconnectionFeatures.of(Set.of(ReconnectionFeatures.Feature.E2E_CRC))
                        .context())
                .isEqualTo(E2eContext.PRESENT);
    }

    @Test
    void aBodyTakesOnlyTheOpCodesThatItSuits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReconnectionMessage.Plain(2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReconnectionMessage.Choice(2, 0));
    }
}
