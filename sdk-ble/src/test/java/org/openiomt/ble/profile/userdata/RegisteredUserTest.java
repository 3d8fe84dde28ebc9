package org.openiomt.ble.profile.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.gatt.Segmenter;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.Remainder;

class RegisteredUserTest {
    private static final RegisteredUser ADA = new RegisteredUser(
            2, Optional.of(DeviceText.of("Augusta Ada King, Countess of Lövelace")), false, Remainder.NONE);

    @Test
    void aNameThatIsSplitWithinALetterIsJoined() {
        List<byte[]> packets = new Segmenter().split(RegisteredUser.WHOLE.encode(ADA), 20);
        Reassembler reassembler = new Reassembler();
        List<Reassembly> events = packets.stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .toList();
        assertThat(packets).hasSizeGreaterThan(1);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Reassembly.Whole.class,
                        whole -> assertThat(RegisteredUser.WHOLE.decode(whole.octets()))
                                .isEqualTo(ADA));
    }

    @Test
    void aPieceSaysNothingByItself() {
        byte[] first =
                new Segmenter().split(RegisteredUser.WHOLE.encode(ADA), 20).get(0);
        Segmented<RegisteredUser> packet = RegisteredUser.CODEC.decode(first);
        assertThat(packet.value()).isEmpty();
        assertThat(packet.segment().isFirst()).isTrue();
    }

    @Test
    void aNameIsNotShown() {
        assertThat(ADA).hasToString("RegisteredUser[flags, userIndex, name]");
    }

    @Test
    void octetsBehindANameBelongToTheName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegisteredUser(
                        2, Optional.of(DeviceText.of("Ada")), false, Remainder.of(0, new byte[] {1})));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegisteredUser(256, Optional.empty(), false, Remainder.NONE));
    }
}
