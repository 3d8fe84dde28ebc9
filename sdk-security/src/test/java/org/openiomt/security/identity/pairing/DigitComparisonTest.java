package org.openiomt.security.identity.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.pairing.DigitComparison.State;
import org.openiomt.security.session.Role;

class DigitComparisonTest {
    private static final byte[] HASH = new byte[32];

    private final DigitComparison initiator = DigitComparison.of(Role.INITIATOR, HASH);
    private final DigitComparison responder = DigitComparison.of(Role.RESPONDER, HASH);

    @Test
    void bothEndsShowTheSameDigitsAsThePaperSays() throws Exception {
        byte[] commitment = initiator.start().orElseThrow();
        assertThat(responder.start()).isEmpty();
        byte[] number = responder.receive(commitment).orElseThrow();
        byte[] opening = initiator.receive(number).orElseThrow();
        assertThat(responder.receive(opening)).isEmpty();

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("OpenIoMT pairing 1 digits".getBytes(StandardCharsets.US_ASCII));
        digest.update(HASH);
        digest.update(opening, 1, 32);
        digest.update(number, 1, 32);
        String expected = String.format(
                Locale.ROOT,
                "%06d",
                new BigInteger(1, Arrays.copyOf(digest.digest(), 8)).mod(BigInteger.valueOf(1_000_000)));
        assertThat(initiator.digits()).isEqualTo(responder.digits()).contains(expected);
        digest.update(opening, 1, 32);
        digest.update(HASH);
        assertThat(Arrays.copyOfRange(commitment, 1, 33)).isEqualTo(digest.digest());
    }

    @Test
    void personDecides() {
        run();
        initiator.answer(true);
        responder.answer(false);

        assertThat(initiator.state()).isEqualTo(State.EQUAL);
        assertThat(responder.state()).isEqualTo(State.FAILED);
        assertThatThrownBy(() -> responder.answer(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void digitsAreUnknownBeforeTheInitiatorHasOpened() {
        byte[] commitment = initiator.start().orElseThrow();
        responder.start();
        responder.receive(commitment);

        assertThat(responder.digits()).isEmpty();
        assertThat(initiator.digits()).isEmpty();
        assertThatThrownBy(() -> responder.answer(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void initiatorThatOpensAnotherNumberIsRefused() {
        byte[] commitment = initiator.start().orElseThrow();
        responder.start();
        byte[] number = responder.receive(commitment).orElseThrow();
        byte[] opening = initiator.receive(number).orElseThrow();
        opening[7] ^= 1;

        assertThatThrownBy(() -> responder.receive(opening)).isInstanceOf(AuthenticationException.class);
        assertThat(responder.state()).isEqualTo(State.FAILED);
        assertThat(responder.digits()).isEmpty();
        opening[7] ^= 1;
        assertThatThrownBy(() -> responder.receive(opening)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void commitmentOfAnotherHandshakeIsRefused() {
        byte[] other = new byte[32];
        other[0] = 1;
        DigitComparison elsewhere = DigitComparison.of(Role.INITIATOR, other);
        responder.start();
        byte[] number = responder.receive(elsewhere.start().orElseThrow()).orElseThrow();
        byte[] opening = elsewhere.receive(number).orElseThrow();

        assertThatThrownBy(() -> responder.receive(opening)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void somebodyInBetweenGetsOtherDigits() {
        // Two handshakes, two hashes: what the middle relays does not open, and numbers of its own give digits by
        // chance only.
        Set<Boolean> outcomes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            byte[] left = new byte[32];
            byte[] right = new byte[32];
            left[0] = 1;
            right[0] = 2;
            DigitComparison victim = DigitComparison.of(Role.INITIATOR, left);
            DigitComparison middleLeft = DigitComparison.of(Role.RESPONDER, left);
            DigitComparison middleRight = DigitComparison.of(Role.INITIATOR, right);
            DigitComparison device = DigitComparison.of(Role.RESPONDER, right);
            run(victim, middleLeft);
            run(middleRight, device);
            outcomes.add(victim.digits().equals(device.digits()));
        }
        assertThat(outcomes).containsExactly(false);
    }

    @Test
    void messageOutOfTurnOrCutEndsIt() {
        initiator.start();
        for (byte[] wrong : new byte[][] {new byte[0], new byte[33], new byte[32], {2}}) {
            DigitComparison fresh = DigitComparison.of(Role.INITIATOR, HASH);
            fresh.start();
            assertThatThrownBy(() -> fresh.receive(wrong)).isInstanceOf(AuthenticationException.class);
            assertThat(fresh.state()).isEqualTo(State.FAILED);
        }
        byte[] reflected = initiator.toString().getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> initiator.receive(reflected)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void beginsOnceAndWithAWholeHash() {
        initiator.start();

        assertThatThrownBy(initiator::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> responder.receive(new byte[33])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DigitComparison.of(Role.INITIATOR, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(initiator).hasToString("DigitComparison[INITIATOR, WAITING]");
    }

    private void run() {
        run(initiator, responder);
    }

    private static void run(DigitComparison one, DigitComparison other) {
        byte[] commitment = one.start().orElseThrow();
        other.start();
        byte[] opening = one.receive(other.receive(commitment).orElseThrow()).orElseThrow();
        other.receive(opening);
    }
}
