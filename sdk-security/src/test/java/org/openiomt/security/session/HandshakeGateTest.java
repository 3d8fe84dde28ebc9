package org.openiomt.security.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.Party.NOTHING;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.testkit.ManualClock;

class HandshakeGateTest {
    private static final FrameForm FORM = FrameForm.DATAGRAM;

    private final ManualClock clock = new ManualClock();
    private final Party party = Party.x25519();
    private final SessionSettings gateway =
            party.gateway(SessionPattern.XX).withForm(FORM).withClock(clock);
    private final SessionSettings device =
            party.device(SessionPattern.XX).withForm(FORM).withClock(clock);

    private HandshakeGate gate(int halfOpen, int loadHalfOpen, int loadPerSecond) {
        return new HandshakeGate(
                new HandshakeGate.Limits(halfOpen, loadHalfOpen, loadPerSecond, 20, 5),
                Primitives.preferred().sha256(),
                clock);
    }

    @Test
    void withoutLoadEveryHelloPasses() {
        HandshakeGate gate = gate(10, 5, 100);

        assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.ADMIT);
        assertThat(gate.halfOpen()).isEqualTo(1);
        gate.release();
        assertThat(gate.halfOpen()).isZero();
        assertThatThrownBy(gate::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void underLoadAHelloPassesWithTheCookieOfItsAddressOnly() {
        HandshakeGate gate = gate(10, 0, 100);
        SessionHandshake initiator = SessionHandshake.initiator(gateway);
        byte[] hello = initiator.start();

        HandshakeGate.Admission sentBack = gate.admit("a".getBytes(UTF_8), hello, FORM);
        assertThat(sentBack.verdict()).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        byte[] retry = sentBack.reply().orElseThrow();
        assertThat(retry.length).as("nobody is flooded through us").isLessThan(hello.length);
        byte[] again = initiator.receive(retry, NOTHING).send().orElseThrow();

        assertThat(admit(gate, "b", again)).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.ADMIT);
        SessionHandshake responder = SessionHandshake.responder(device);
        byte[] answer = responder.receive(again, NOTHING).send().orElseThrow();
        assertThat(initiator.receive(answer, NOTHING).send()).isPresent();
    }

    @Test
    void cookieOfAnotherHelloOrAForgedOneIsWorthNothing() {
        HandshakeGate gate = gate(10, 0, 100);
        Hello hello = Hello.decode(hello());
        byte[] retry =
                gate.admit("a".getBytes(UTF_8), hello.encode(), FORM).reply().orElseThrow();
        byte[] cookie = Reply.decode(retry).octets();
        byte[] forged = SessionHandshakeTest.flipped(cookie, 77);

        assertThat(admit(gate, "a", with(hello, hello.index(), forged))).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        assertThat(admit(gate, "a", with(hello, hello.index() + 1, cookie))).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        assertThat(admit(gate, "a", with(hello, hello.index(), cookie))).isEqualTo(HandshakeGate.Verdict.ADMIT);
    }

    @Test
    void cookieLastsOneTurnOfTheSecretAndNotTwo() {
        HandshakeGate gate = gate(10, 0, 100);
        Hello hello = Hello.decode(hello());
        byte[] cookie = Reply.decode(gate.admit("a".getBytes(UTF_8), hello.encode(), FORM)
                        .reply()
                        .orElseThrow())
                .octets();
        byte[] again = with(hello, hello.index(), cookie);

        clock.advance(Duration.ofSeconds(61));
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.ADMIT);
        clock.advance(Duration.ofSeconds(61));
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        assertThat(admit(gate, "a", with(hello, hello.index(), NOTHING))).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
    }

    @Test
    void cookieOfLongAgoIsWorthNothing() {
        HandshakeGate gate = gate(10, 0, 100);
        Hello hello = Hello.decode(hello());
        byte[] cookie = Reply.decode(gate.admit("a".getBytes(UTF_8), hello.encode(), FORM)
                        .reply()
                        .orElseThrow())
                .octets();

        clock.advance(Duration.ofHours(1));

        assertThat(admit(gate, "a", with(hello, hello.index(), cookie))).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
    }

    @Test
    void addressWithACookiePassesSoManyTimesASecondOnly() {
        HandshakeGate gate = gate(1000, 0, 10_000);
        Hello hello = Hello.decode(hello());
        byte[] cookie = Reply.decode(gate.admit("a".getBytes(UTF_8), hello.encode(), FORM)
                        .reply()
                        .orElseThrow())
                .octets();
        byte[] again = with(hello, hello.index(), cookie);
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += admit(gate, "a", again) == HandshakeGate.Verdict.ADMIT ? 1 : 0;
        }
        assertThat(admitted).as("a burst").isEqualTo(5);
        clock.advance(Duration.ofMillis(100));
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.ADMIT);
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.ADMIT);
        assertThat(admit(gate, "a", again)).isEqualTo(HandshakeGate.Verdict.LIMITED);
    }

    @Test
    void tableOfTheHalfOpenIsBounded() {
        HandshakeGate gate = gate(3, 1000, 1000);
        for (int i = 0; i < 3; i++) {
            assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.ADMIT);
        }
        assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.FULL);
        gate.release();
        assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.ADMIT);
    }

    @Test
    void loadIsOverWhenTheSecondIsOver() {
        HandshakeGate gate = gate(1000, 1000, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.ADMIT);
        }
        assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.SEND_BACK);
        clock.advance(Duration.ofSeconds(1));
        assertThat(admit(gate, "a", hello())).isEqualTo(HandshakeGate.Verdict.ADMIT);
    }

    @Test
    void cookieFloodFromManyAddressesTakesNoMemoryAndIsCountedTogether() {
        HandshakeGate gate = gate(100, 0, 100);
        byte[] hello = hello();
        byte[] address = new byte[6];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long peak = 0;
        for (int round = 0; round < 65_536; round++) {
            address[0] = (byte) round;
            address[1] = (byte) (round >> 8);
            long before = threads.getCurrentThreadAllocatedBytes();
            gate.admit(address, hello, FORM);
            peak = Math.max(peak, threads.getCurrentThreadAllocatedBytes() - before);
        }
        gate.admit(address, new byte[] {1, 2, 3}, FORM);

        assertThat(gate.counts()).isEqualTo(new HandshakeGate.Counts(0, 65_536, 1, 0, 0));
        assertThat(gate.halfOpen()).isZero();
        assertThat(peak).as("octets of garbage for one, none kept").isLessThan(1 << 20);
    }

    @Test
    void streamsAreGuardedToo() {
        HandshakeGate gate = gate(10, 0, 100);
        SessionHandshake initiator = SessionHandshake.initiator(gateway.withForm(FrameForm.STREAM));
        byte[] retry = gate.admit("a".getBytes(UTF_8), initiator.start(), FrameForm.STREAM)
                .reply()
                .orElseThrow();
        byte[] again = initiator.receive(retry, NOTHING).send().orElseThrow();

        assertThat(gate.admit("a".getBytes(UTF_8), again, FrameForm.STREAM).verdict())
                .isEqualTo(HandshakeGate.Verdict.ADMIT);
    }

    @Test
    void lostHelloIsSentAgainAndAHandshakeIsGivenUpInTime() {
        SessionHandshake initiator = SessionHandshake.initiator(gateway);
        byte[] hello = initiator.start();
        assertThat(initiator.untilDeadline()).contains(Duration.ofSeconds(1));
        assertThat(initiator.onDeadline()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(initiator.onDeadline().orElseThrow()).isEqualTo(hello);
        assertThat(initiator.untilDeadline()).contains(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(29));
        assertThat(initiator.onDeadline()).isEmpty();
        assertThat(initiator.isClosed()).isTrue();
        assertThat(initiator.untilDeadline()).isEmpty();
        assertRefused(() -> initiator.receive(hello, NOTHING));
    }

    @Test
    void everyPacketOfAHandshakeMayBeRepeatedOrLostOnce() {
        SessionHandshake initiator = SessionHandshake.initiator(gateway);
        SessionHandshake responder = SessionHandshake.responder(device);
        byte[] hello = initiator.start();
        byte[] answer = responder.receive(hello, NOTHING).send().orElseThrow();
        assertThat(responder.receive(hello, NOTHING).send().orElseThrow())
                .as("the answer was lost")
                .isEqualTo(answer);
        byte[] finish = initiator.receive(answer, NOTHING).send().orElseThrow();
        assertThat(initiator.receive(answer, NOTHING).send().orElseThrow())
                .as("the finish was lost")
                .isEqualTo(finish);
        SessionHandshake.Step established = responder.receive(finish, NOTHING);
        byte[] confirmation = responder.receive(finish, NOTHING).send().orElseThrow();
        assertThat(Arrays.equals(confirmation, established.send().orElseThrow()))
                .as("a new frame, for the first was lost")
                .isFalse();
        assertThat(initiator.receive(confirmation, NOTHING).session()).isPresent();
    }

    private byte[] hello() {
        return SessionHandshake.initiator(gateway).start();
    }

    private static HandshakeGate.Verdict admit(HandshakeGate gate, String address, byte[] hello) {
        return gate.admit(address.getBytes(UTF_8), hello, FORM).verdict();
    }

    private static byte[] with(Hello hello, int index, byte[] cookie) {
        return new Hello(
                        hello.pattern(),
                        hello.form(),
                        index,
                        hello.suite(),
                        hello.offered(),
                        cookie,
                        hello.ticket(),
                        hello.message())
                .encode();
    }
}
