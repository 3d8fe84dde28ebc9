package org.openiomt.security.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;

class HandshakeTest {
    private static final Primitives PRIMITIVES = Primitives.preferred();
    private static final Suite SUITE =
            new Suite(PRIMITIVES.x25519().orElseThrow(), Optional.empty(), PRIMITIVES.aesGcm(), PRIMITIVES.sha256());
    private static final byte[] PROLOGUE = "prologue".getBytes(UTF_8);

    private final DhKeyPair initiatorKey = SUITE.dh().generate();
    private final DhKeyPair responderKey = SUITE.dh().generate();
    private final byte[] preSharedKey = filled(9);

    private HandshakeSettings settings(String pattern, Role role, byte[] prologue, byte[] psk) {
        Pattern parsed = Pattern.parse(pattern);
        boolean initiator = role == Role.INITIATOR;
        DhKeyPair own = initiator ? initiatorKey : responderKey;
        DhKeyPair other = initiator ? responderKey : initiatorKey;
        boolean knowsOther = initiator ? parsed.responderKnown() : parsed.initiatorKnown();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < parsed.preSharedKeys(); i++) {
            keys.add(psk);
        }
        return new HandshakeSettings(
                parsed,
                SUITE,
                role,
                prologue,
                parsed.hasStatic(initiator) ? Optional.of(own) : Optional.empty(),
                knowsOther ? Optional.of(other.publicKey()) : Optional.empty(),
                keys);
    }

    private Handshake begin(String pattern, Role role) {
        return Handshake.of(settings(pattern, role, PROLOGUE, preSharedKey));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NNpsk0", "NNpsk2", "KKpsk0", "KKpsk2", "IKpsk1", "IKpsk2", "XXpsk0", "XXpsk3", "XX", "IK", "KK"
            })
    void bothEndsOfEachPatternEndWithTheSameKeys(String pattern) {
        Handshake initiator = begin(pattern, Role.INITIATOR);
        Handshake responder = begin(pattern, Role.RESPONDER);
        for (int i = 0; !initiator.isFinished(); i++) {
            Handshake writer = initiator.isSending() ? initiator : responder;
            Handshake reader = initiator.isSending() ? responder : initiator;
            byte[] payload = ("payload " + i).getBytes(UTF_8);
            assertThat(reader.read(writer.write(payload)).payload()).isEqualTo(payload);
        }
        Split one = initiator.split();
        Split other = responder.split();
        assertThat(one.sendKey()).isEqualTo(other.receiveKey()).isNotEqualTo(one.receiveKey());
        assertThat(one.receiveKey()).isEqualTo(other.sendKey());
        assertThat(one.resumptionSecret()).isEqualTo(other.resumptionSecret()).isNotEqualTo(one.sendKey());
        assertThat(one.handshakeHash()).isEqualTo(other.handshakeHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NNpsk0", "IKpsk2", "KKpsk2", "XXpsk3"})
    void otherPreSharedKeyIsRefusedByWhoReadsIt(String pattern) {
        Handshake initiator = begin(pattern, Role.INITIATOR);
        Handshake responder = Handshake.of(settings(pattern, Role.RESPONDER, PROLOGUE, filled(8)));
        assertThatThrownBy(() -> finish(initiator, responder)).isExactlyInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "IK", "KK", "NNpsk0"})
    void otherPrologueIsRefused(String pattern) {
        Handshake initiator = begin(pattern, Role.INITIATOR);
        Handshake responder = Handshake.of(settings(pattern, Role.RESPONDER, "Prologue".getBytes(UTF_8), preSharedKey));
        assertThatThrownBy(() -> finish(initiator, responder)).isExactlyInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "IK", "KK", "NNpsk0"})
    void refusedMessageChangesNothing(String pattern) {
        Handshake initiator = begin(pattern, Role.INITIATOR);
        Handshake responder = begin(pattern, Role.RESPONDER);
        responder.read(initiator.write(new byte[0]));
        byte[] answer = responder.write(new byte[0]);
        byte[] before = initiator.hash();

        for (int bit = 0; bit < answer.length * 8; bit += 3) {
            byte[] forged = answer.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> initiator.read(forged)).isExactlyInstanceOf(AuthenticationException.class);
            assertThat(initiator.hash()).isEqualTo(before);
        }
        for (int length = 0; length < answer.length; length += 7) {
            byte[] cut = Arrays.copyOf(answer, length);
            assertThatThrownBy(() -> initiator.read(cut)).isExactlyInstanceOf(AuthenticationException.class);
        }
        assertThatThrownBy(() -> initiator.read(answer, (opened, remote) -> {
                    throw new AuthenticationException();
                }))
                .isExactlyInstanceOf(AuthenticationException.class);
        assertThat(initiator.hash()).isEqualTo(before);
        initiator.read(answer);
    }

    @Test
    void nobodySpeaksOutOfTurn() {
        Handshake initiator = begin("XX", Role.INITIATOR);
        Handshake responder = begin("XX", Role.RESPONDER);
        assertThatThrownBy(() -> responder.write(new byte[0])).isInstanceOf(IllegalStateException.class);
        byte[] hello = initiator.write(new byte[0]);
        assertThatThrownBy(() -> initiator.write(new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it is not this end's turn to write");
        assertThatThrownBy(() -> initiator.split()).isInstanceOf(IllegalStateException.class);
        responder.read(hello);
        assertThatThrownBy(() -> responder.read(hello)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wrongSettingsAreRefusedInClearWords() {
        Pattern xx = Pattern.parse("XX");
        assertThatThrownBy(() -> new HandshakeSettings(
                        xx, SUITE, Role.INITIATOR, PROLOGUE, Optional.empty(), Optional.empty(), List.of()))
                .hasMessage("the handshake XX of the INITIATOR needs a static key of its own");
        assertThatThrownBy(() -> new HandshakeSettings(
                        xx,
                        SUITE,
                        Role.INITIATOR,
                        PROLOGUE,
                        Optional.of(initiatorKey),
                        Optional.empty(),
                        List.of(preSharedKey)))
                .hasMessage("the handshake XX of the INITIATOR takes 0 pre-shared keys, but got 1");
        assertThatThrownBy(() -> settings("NNpsk0", Role.INITIATOR, PROLOGUE, new byte[16]))
                .hasMessage("a pre-shared key has 32 octets, but got 16");
        assertThatThrownBy(() -> new HandshakeSettings(
                        Pattern.parse("IK"),
                        SUITE,
                        Role.INITIATOR,
                        PROLOGUE,
                        Optional.of(initiatorKey),
                        Optional.empty(),
                        List.of()))
                .hasMessage("the handshake IK of the INITIATOR must know the peer's static key");
        assertThatThrownBy(() -> Pattern.parse("XXpsk9")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pattern.parse("ZZ")).hasMessageStartingWith("no handshake pattern is named \"ZZ\"");
    }

    private static void finish(Handshake initiator, Handshake responder) {
        while (!initiator.isFinished() || !responder.isFinished()) {
            Handshake writer = initiator.isSending() ? initiator : responder;
            Handshake reader = initiator.isSending() ? responder : initiator;
            reader.read(writer.write(new byte[0]));
        }
        // The last message of psk3 is read by the responder, so a wrong key shows there at the latest.
    }

    private static byte[] filled(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }
}
