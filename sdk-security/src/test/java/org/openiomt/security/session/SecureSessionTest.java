package org.openiomt.security.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.Party.NOTHING;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.testkit.ManualClock;

class SecureSessionTest {
    private static final byte[] CHANNEL = "0x2A35".getBytes(UTF_8);

    private final ManualClock clock = new ManualClock();
    private final Party party = Party.x25519();

    private Party.Sessions connect(FrameForm form, SessionLimits limits, Clock time) {
        return Party.connect(
                party.gateway(SessionPattern.XX)
                        .withoutHybrid()
                        .withForm(form)
                        .withLimits(limits)
                        .withClock(time),
                party.device(SessionPattern.XX)
                        .withoutHybrid()
                        .withForm(form)
                        .withLimits(limits)
                        .withClock(time));
    }

    private Party.Sessions connect(FrameForm form) {
        return connect(form, SessionLimits.DEFAULT, clock);
    }

    private static SessionLimits frames(long max, long rekey) {
        SessionLimits all = SessionLimits.DEFAULT;
        return new SessionLimits(all.maxAge(), max, rekey, all.rekeyOctets(), all.rekeyAge(), all.grace());
    }

    @ParameterizedTest
    @EnumSource
    void truncatedStreamIsNoticedAndAClosedOneIsNot(FrameForm form) {
        try (Party.Sessions sessions = connect(form)) {
            byte[] last = sessions.gateway().sealer().seal(octets("120/80"), NOTHING);
            byte[] close = sessions.gateway().sealClose(NOTHING);

            Party.opened(sessions.device(), last);
            assertRefused(sessions.device()::endOfCarrier);
            assertThat(Party.opened(sessions.device(), close)).isEmpty();
            assertThat(sessions.device().opener().isEnded()).isTrue();
            sessions.device().endOfCarrier();
            assertThatThrownBy(() -> sessions.gateway().sealer().seal(last, NOTHING))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the session is closed");
            assertThat(Party.opened(
                            sessions.gateway(), sessions.device().sealer().seal(octets("ok"), NOTHING)))
                    .as("the other direction goes on")
                    .isEqualTo(octets("ok"));
        }
    }

    @Test
    void nobodyElseCanClose() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            byte[] data = sessions.gateway().sealer().seal(NOTHING, NOTHING);
            byte[] forged = data.clone();
            forged[0] = (byte) FrameType.CLOSE.id();

            assertRefused(() -> Party.opened(sessions.device(), forged));

            assertThat(sessions.device().opener().isEnded()).isFalse();
            Party.opened(sessions.device(), data);
        }
    }

    @Test
    void framesOfAStreamAreTakenInOrderOnly() {
        try (Party.Sessions sessions = connect(FrameForm.STREAM)) {
            byte[] first = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            byte[] second = sessions.gateway().sealer().seal(octets("b"), NOTHING);

            assertRefused(() -> Party.opened(sessions.device(), second));
            assertThat(Party.opened(sessions.device(), first)).isEqualTo(octets("a"));
            assertRefused(() -> Party.opened(sessions.device(), first));
            assertThat(Party.opened(sessions.device(), second)).isEqualTo(octets("b"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyIsRenewedByFrames(FrameForm form) {
        try (Party.Sessions sessions = connect(form, frames(1 << 20, 3), clock)) {
            long before = sessions.gateway().sealer().epoch();
            for (int i = 0; i < 800; i++) { // more renewals than an octet counts
                byte[] content = octets("frame " + i);
                assertThat(Party.opened(
                                sessions.device(), sessions.gateway().sealer().seal(content, NOTHING)))
                        .isEqualTo(content);
            }
            assertThat(sessions.gateway().sealer().epoch() - before).isBetween(266L, 267L);
        }
    }

    @Test
    void keyIsRenewedByOctets() {
        SessionLimits all = SessionLimits.DEFAULT;
        SessionLimits limits =
                new SessionLimits(all.maxAge(), all.maxFrames(), all.rekeyFrames(), 100, all.rekeyAge(), all.grace());
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM, limits, clock)) {
            long[] epochs = new long[5];
            for (int i = 0; i < epochs.length; i++) {
                Party.opened(sessions.device(), sessions.gateway().sealer().seal(new byte[40], NOTHING));
                epochs[i] = sessions.gateway().sealer().epoch();
            }
            assertThat(epochs).containsExactly(0, 0, 1, 1, 1);
        }
    }

    @Test
    void keyIsRenewedByTime() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            clock.advance(Duration.ofMinutes(59));
            sessions.gateway().onDeadline();
            byte[] first = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            assertThat(sessions.gateway().sealer().epoch()).isZero();

            clock.advance(Duration.ofMinutes(1));
            sessions.gateway().onDeadline();
            byte[] last = sessions.gateway().sealer().seal(octets("b"), NOTHING);
            byte[] next = sessions.gateway().sealer().seal(octets("c"), NOTHING);

            assertThat(sessions.gateway().sealer().epoch()).isEqualTo(1);
            assertThat(new byte[] {first[1], last[1], next[1]}).containsExactly(0, 0, 1);
            for (byte[] frame : List.of(next, last, first)) {
                Party.opened(sessions.device(), frame);
            }
        }
    }

    @Test
    void timeIsAskedEvenIfNobodyMindsTheDeadlines() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            clock.advance(Duration.ofHours(25));

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 17; i++) {
                            sessions.gateway().sealer().seal(NOTHING, NOTHING);
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the session has lasted PT24H: begin a new one");
        }
    }

    @Test
    void earlierKeyOpensForAWhileAndThenNoMore() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            byte[] early = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            byte[] tooLate = sessions.gateway().sealer().seal(octets("b"), NOTHING);
            sessions.gateway().sealer().rekey();
            Party.opened(sessions.device(), sessions.gateway().sealer().seal(octets("c"), NOTHING));
            Party.opened(sessions.device(), sessions.gateway().sealer().seal(octets("d"), NOTHING));

            clock.advance(Duration.ofSeconds(59));
            assertThat(Party.opened(sessions.device(), early)).isEqualTo(octets("a"));
            assertRefused(() -> Party.opened(sessions.device(), early));
            clock.advance(Duration.ofSeconds(1));
            assertRefused(() -> Party.opened(sessions.device(), tooLate));
        }
    }

    @Test
    void someRenewalsMayBeMissed() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM, frames(1 << 20, 1), clock)) {
            byte[][] frames = new byte[12][];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = sessions.gateway().sealer().seal(octets("f" + i), NOTHING);
            }
            int first = frames[0][1] & 0xFF;
            assertThat(first).isZero();
            assertThat(Party.opened(sessions.device(), frames[4])).isEqualTo(octets("f4"));
            assertThat(Party.opened(sessions.device(), frames[3]))
                    .as("the key before, though nothing had come under it")
                    .isEqualTo(octets("f3"));
            assertRefused(() -> Party.opened(sessions.device(), frames[2]));
            assertRefused(() -> Party.opened(sessions.device(), frames[9]));
            assertThat(Party.opened(sessions.device(), frames[8])).isEqualTo(octets("f8"));
            assertRefused(() -> Party.opened(sessions.device(), frames[4]));
        }
    }

    @Test
    void forgedFrameUnderALaterKeyChangesNothing() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            byte[] frame = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            for (int epoch = 1; epoch < 256; epoch++) {
                byte[] forged = frame.clone();
                forged[1] = (byte) epoch;
                assertRefused(() -> Party.opened(sessions.device(), forged));
            }
            assertThat(Party.opened(sessions.device(), frame)).isEqualTo(octets("a"));
        }
    }

    @Test
    void sessionThatHasReachedItsLimitRefusesAndIsNotStretched() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM, frames(5, 1 << 20), clock)) {
            SecureSession gateway = sessions.gateway();
            for (int i = 0; i < 5; i++) {
                Party.opened(sessions.device(), gateway.sealer().seal(NOTHING, NOTHING));
            }
            assertThatThrownBy(() -> gateway.sealer().seal(NOTHING, NOTHING))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("all 5 frames of this session are used: begin a new one");
        }
    }

    @Test
    void agedSessionRefusesAtBothEnds() {
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM)) {
            byte[] frame = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            assertThat(sessions.device().untilDeadline()).isBetween(Duration.ofMinutes(59), Duration.ofHours(24));

            clock.advance(Duration.ofHours(24));
            sessions.device().onDeadline();

            assertThat(sessions.device().isClosed()).isTrue();
            assertThat(sessions.device().untilDeadline()).isZero();
            assertRefused(() -> Party.opened(sessions.device(), frame));
        }
    }

    @Test
    void clockSetBackDoesNotMakeASessionYounger() {
        MovableClock time = new MovableClock();
        try (Party.Sessions sessions = connect(FrameForm.DATAGRAM, SessionLimits.DEFAULT, time)) {
            for (int i = 0; i < 24; i++) {
                time.now = time.now.plus(Duration.ofHours(1));
                sessions.gateway().onDeadline();
                time.now = time.now.minus(Duration.ofDays(365));
                sessions.gateway().onDeadline();
            }
            assertThat(sessions.gateway().isClosed()).isTrue();
        }
    }

    @Test
    void clockSetBackDoesNotStopTheNextHandshake() {
        MovableClock time = new MovableClock();
        SessionSettings gateway = party.gateway(SessionPattern.IK).withClock(time);
        SessionSettings device = party.device(SessionPattern.IK).withClock(time);
        Party.connect(gateway, device).close();

        time.now = time.now.minus(Duration.ofDays(365));

        Party.connect(gateway, device).close();
    }

    @Test
    void peerGoesOnWithAnotherKeyInTheSession() {
        StaticKey next = StaticKey.of(
                Primitives.preferred().x25519().orElseThrow().generate().publicKey());
        SessionSettings device = party.device(SessionPattern.XX).withUpdates((known, peer, hash, update) -> {
            assertThat(peer).isEqualTo(Role.INITIATOR);
            if (!Arrays.equals(update, octets("next certificate"))) {
                throw new AuthenticationException();
            }
            return new VerifiedPeer.Pinned(known.name(), known.roles(), next);
        });
        try (Party.Sessions sessions = Party.connect(party.gateway(SessionPattern.XX), device)) {
            SecureSession gateway = sessions.gateway();
            byte[] bad = gateway.sealIdentityUpdate(octets("no certificate"), NOTHING);
            byte[] good = gateway.sealIdentityUpdate(octets("next certificate"), NOTHING);

            assertRefused(() -> Party.opened(sessions.device(), bad));
            assertThat(sessions.device().peer().staticKey()).contains(StaticKey.of(party.gatewayKey.publicKey()));
            assertThat(Party.opened(sessions.device(), good)).isEmpty();
            assertThat(sessions.device().peer().staticKey()).contains(next);
            byte[] back = sessions.device().sealIdentityUpdate(octets("x"), NOTHING);
            assertRefused(() -> Party.opened(sessions.gateway(), back)); // nobody changes unless it is allowed
        }
    }

    @Test
    void updateToSomebodyElseIsRefused() {
        SessionSettings device = party.device(SessionPattern.XX)
                .withUpdates((known, peer, hash, update) -> new VerifiedPeer.Pinned(
                        update[0] == 1 ? "ward-4" : known.name(),
                        update[0] == 2 ? Set.of("clinic") : known.roles(),
                        StaticKey.of(party.gatewayKey.publicKey())));
        try (Party.Sessions sessions = Party.connect(party.gateway(SessionPattern.XX), device)) {
            for (byte kind = 1; kind <= 2; kind++) {
                byte[] update = sessions.gateway().sealIdentityUpdate(new byte[] {kind}, NOTHING);
                assertRefused(() -> Party.opened(sessions.device(), update));
            }
            assertThat(sessions.device().peer().name()).isEqualTo("ward-3");
        }
    }

    @Test
    void guardOpensDataOnlyAndClosesTheSession() {
        try (Party.Sessions sessions = connect(FrameForm.COMPACT)) {
            FrameGuard guard = sessions.gateway().guard();
            byte[] frame = sessions.device().guard().seal(octets("37.2"), CHANNEL);
            byte[] control = sessions.device().sealIdentityUpdate(octets("x"), CHANNEL);

            assertThat(guard.overhead()).isEqualTo(19);
            assertThat(frame).hasSize(4 + 19);
            assertThat(guard.open(frame, CHANNEL)).isEqualTo(octets("37.2"));
            assertRefused(() -> guard.open(control, CHANNEL));
            guard.close();
            assertThat(sessions.gateway().isClosed()).isTrue();
        }
        try (Party.Sessions sessions = connect(FrameForm.STREAM)) {
            assertThatThrownBy(sessions.gateway()::guard).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void frameForAnotherReceiverIsRefused() {
        try (Party.Sessions sessions = connect(FrameForm.INDEXED)) {
            byte[] frame = sessions.gateway().sealer().seal(octets("a"), NOTHING);
            assertThat(frame).hasSize(1 + 32);
            for (int bit = 12 * 8; bit < 16 * 8; bit++) {
                byte[] other = SessionHandshakeTest.flipped(frame, bit);
                assertRefused(() -> Party.opened(sessions.device(), other));
            }
            assertThat(Party.opened(sessions.device(), frame)).isEqualTo(octets("a"));
        }
    }

    @Test
    void closedSessionHasNoKeys() {
        Party.Sessions sessions = connect(FrameForm.DATAGRAM);
        byte[] frame = sessions.gateway().sealer().seal(octets("a"), NOTHING);
        sessions.close();

        assertRefused(() -> Party.opened(sessions.device(), frame));
        assertThatThrownBy(() -> sessions.gateway().sealer().seal(NOTHING, NOTHING))
                .isInstanceOf(IllegalStateException.class);
        assertThat(sessions.gateway().toString()).contains("XX", "cuff-1", "closed");
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
