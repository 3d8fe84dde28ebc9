package org.openiomt.security.identity.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.session.Role;

class PairingPropertyTest {
    @Property(tries = 500)
    void everyInvitationIsReadAsItWasShown(
            @ForAll @Size(32) byte[] octets,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 64) String peer) {
        octets[0] = (byte) (octets[1] + 1); // never all the same
        Invitation shown = Invitation.of(peer, PairingKey.of(octets));

        Invitation read = Invitation.parse(shown.text());

        assertThat(read.peer()).isEqualTo(peer);
        assertThat(read.key().octets()).isEqualTo(octets);
    }

    @Property(tries = 1000)
    void anyTextIsRefusedWithTheOneException(@ForAll @StringLength(max = 120) String text) {
        assertThatThrownBy(() -> Invitation.parse("IOMT1:" + text)).isInstanceOf(DecodeException.class);
    }

    @Property(tries = 60)
    void anyFlippedBitOfAMessageEndsTheTry(
            @ForAll @IntRange(max = 2) int which, @ForAll @IntRange(max = 196 * 8) int bit) {
        CodePairing one = CodePairing.enter(Role.INITIATOR, "271828".toCharArray());
        CodePairing other = CodePairing.enter(Role.RESPONDER, "271828".toCharArray());
        byte[] toOne = other.start();
        byte[] toOther = one.start();
        for (int round = 0; round < which; round++) {
            byte[] next = one.receive(toOne).orElseThrow();
            toOne = other.receive(toOther).orElseThrow();
            toOther = next;
        }
        byte[] flipped = toOne;
        int at = bit % (flipped.length * 8);
        flipped[at / 8] ^= (byte) (1 << at % 8);

        assertThatThrownBy(() -> one.receive(flipped)).isInstanceOf(AuthenticationException.class);
        assertThat(one.key()).isEmpty();
    }

    @Property(tries = 500)
    void anyOctetsEndAComparison(@ForAll @Size(max = 80) byte[] octets) {
        DigitComparison initiator = DigitComparison.of(Role.INITIATOR, new byte[32]);
        initiator.start();
        if (octets.length == 33 && octets[0] == 2) {
            return; // a good message: any number will do
        }

        assertThatThrownBy(() -> initiator.receive(octets)).isInstanceOf(AuthenticationException.class);
    }
}
