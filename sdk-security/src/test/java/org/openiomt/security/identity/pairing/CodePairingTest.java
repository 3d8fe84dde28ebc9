package org.openiomt.security.identity.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKECurves;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKEParticipant;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKERound1Payload;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKERound2Payload;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKERound3Payload;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.session.Role;
import org.openiomt.testkit.ManualClock;

class CodePairingTest {
    private static final char[] CODE = "271828".toCharArray();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final PairingDesk desk = new PairingDesk(clock);

    @Test
    void bothEndsOfTheSameCodeHaveTheSameKey() {
        ShortCode code = desk.newCode();
        char[] read = code.digits();
        CodePairing shown = desk.begin(Role.RESPONDER);
        CodePairing entered = CodePairing.enter(Role.INITIATOR, read);

        run(entered, shown);

        assertThat(entered.key().orElseThrow().octets())
                .isEqualTo(shown.key().orElseThrow().octets())
                .hasSize(32);
    }

    @Test
    void everyRunGivesAnotherKey() {
        assertThat(keyOf(CODE)).isNotEqualTo(keyOf(CODE));
    }

    @Test
    void otherCodeGivesNoKeyAtEitherEnd() {
        CodePairing one = CodePairing.enter(Role.INITIATOR, CODE);
        CodePairing other = CodePairing.enter(Role.RESPONDER, "271829".toCharArray());
        byte[] oneFirst = one.start();
        byte[] second = one.receive(other.start()).orElseThrow();
        byte[] answer = other.receive(oneFirst).orElseThrow();
        byte[] third = one.receive(answer).orElseThrow();
        byte[] tag = other.receive(second).orElseThrow();

        assertThatThrownBy(() -> one.receive(tag)).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> other.receive(third)).isInstanceOf(AuthenticationException.class);
        assertThat(one.key()).isEmpty();
        assertThat(other.key()).isEmpty();
        assertThatThrownBy(() -> one.receive(tag)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void messagesSentBackToTheirMakerAreRefused() {
        // Both ends need ids of their own: else a proof can be sent back, and the tag too.
        CodePairing one = CodePairing.enter(Role.INITIATOR, CODE);
        byte[] own = one.start();

        assertThatThrownBy(() -> one.receive(own)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void twoEndsOfTheSameRoleGetNoKey() {
        CodePairing one = CodePairing.enter(Role.INITIATOR, CODE);
        CodePairing other = CodePairing.enter(Role.INITIATOR, CODE);
        one.start();
        byte[] theirs = other.start();

        assertThatThrownBy(() -> one.receive(theirs)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void messageOutOfTurnCutOrWithAForeignPointEndsTheTry() {
        for (byte[] wrong : List.of(
                new byte[0], new byte[] {2}, new byte[197], first(197, 1), first(198, 1), first(99, 2), first(33, 3))) {
            CodePairing one = CodePairing.enter(Role.INITIATOR, CODE);
            one.start();
            assertThatThrownBy(() -> one.receive(wrong)).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() ->
                            one.receive(CodePairing.enter(Role.RESPONDER, CODE).start()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void tryBeginsOnceAndNeedsItsStart() {
        CodePairing one = CodePairing.enter(Role.INITIATOR, CODE);
        assertThatThrownBy(() -> one.receive(new byte[197])).isInstanceOf(IllegalStateException.class);
        one.start();

        assertThatThrownBy(one::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ourEndTalksWithBouncyCastlesParticipant() throws Exception {
        ECJPAKEParticipant theirs = new ECJPAKEParticipant(
                "bob", CODE.clone(), ECJPAKECurves.NIST_P256, new SHA256Digest(), new SecureRandom());
        EcJpake ours = new EcJpake("alice", "bob", CODE);

        EcJpake.Proven[] first = ours.round1();
        ECJPAKERound1Payload theirFirst = theirs.createRound1PayloadToSend();
        theirs.validateRound1PayloadReceived(new ECJPAKERound1Payload(
                "alice", first[0].point(), first[1].point(), first[0].proof(), first[1].proof()));
        ours.round1(
                received(EcJpake.Proven.of(theirFirst.getGx1(), theirFirst.getKnowledgeProofForX1())),
                received(EcJpake.Proven.of(theirFirst.getGx2(), theirFirst.getKnowledgeProofForX2())));
        EcJpake.Proven last = ours.round2();
        ECJPAKERound2Payload theirLast = theirs.createRound2PayloadToSend();
        theirs.validateRound2PayloadReceived(new ECJPAKERound2Payload("alice", last.point(), last.proof()));
        ours.round2(received(EcJpake.Proven.of(theirLast.getA(), theirLast.getKnowledgeProofForX2s())));
        BigInteger theirKey = theirs.calculateKeyingMaterial();

        assertThat(ours.secret()).isEqualTo(BigIntegers.asUnsignedByteArray(32, theirKey));
        byte[] theirTag = EcJpake.tag(theirs.createRound3PayloadToSend(theirKey).getMacTag());
        assertThat(ours.isConfirmedBy(theirTag)).isTrue();
        theirs.validateRound3PayloadReceived(
                new ECJPAKERound3Payload("alice", new BigInteger(ours.round3())), theirKey);
    }

    private static EcJpake.Proven received(EcJpake.Proven sent) {
        return EcJpake.decode(EcJpake.encode(sent), 0);
    }

    @Test
    void tagOfEveryValueKeepsItsLength() {
        for (String number : List.of(
                "0",
                "-1",
                "1",
                "-128",
                "255",
                "-57896044618658097711785492504343953926634992332820282019728792003956564819968")) {
            byte[] tag = EcJpake.tag(new BigInteger(number));
            assertThat(tag).hasSize(32);
            assertThat(new BigInteger(tag)).isEqualTo(new BigInteger(number));
        }
    }

    // ---- the desk

    @Test
    void codeServesForOneTry() {
        assertThatThrownBy(() -> desk.begin(Role.RESPONDER)).isInstanceOf(IllegalStateException.class);
        ShortCode code = desk.newCode();
        desk.begin(Role.RESPONDER);

        assertThatThrownBy(() -> desk.begin(Role.RESPONDER)).isInstanceOf(IllegalStateException.class);
        assertThat(code.digits()).containsOnly('\0');
    }

    @Test
    void newCodeVoidsTheOneBefore() {
        ShortCode first = desk.newCode();
        ShortCode second = desk.newCode();

        assertThat(first.digits()).containsOnly('\0');
        assertThat(second.digits()).hasSize(6).doesNotContain('\0');
    }

    @Test
    void codeThatIsTooOldServesForNothing() {
        desk.newCode();
        clock.advance(PairingDesk.CODE_LIFETIME.plusMillis(1));

        assertThatThrownBy(() -> desk.begin(Role.RESPONDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one try");
    }

    @Test
    void threeFailuresPauseAndThePauseDoubles() {
        fail(3);
        assertThatThrownBy(desk::newCode)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("too many tries have failed: no code before 2026-03-01T12:01:00Z");
        clock.advance(PairingDesk.FIRST_PAUSE);
        fail(1);
        assertThat(desk.pausedUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
        for (int i = 0; i < 12; i++) {
            clock.advance(PairingDesk.LONGEST_PAUSE);
            fail(1);
        }
        assertThat(desk.pausedUntil()).isEqualTo(clock.instant().plus(PairingDesk.LONGEST_PAUSE));
    }

    @Test
    void clockSetBackEndsNoPauseAndRevivesNoCode() {
        fail(3);
        clock.advance(Duration.ofSeconds(59));
        assertThatThrownBy(desk::newCode).isInstanceOf(IllegalStateException.class);
        clock.jump(Duration.ofDays(-400));
        assertThatThrownBy(desk::newCode).isInstanceOf(IllegalStateException.class);

        PairingDesk another = new PairingDesk(clock);
        another.newCode();
        clock.advance(Duration.ofMinutes(4));
        assertThatThrownBy(() -> another.begin(Role.RESPONDER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tryThatIsNeverEndedCountsAsFailed() {
        for (int i = 0; i < 3; i++) {
            desk.newCode();
            desk.begin(Role.RESPONDER); // and nothing more
        }

        assertThatThrownBy(desk::newCode).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void successForgetsTheFailuresBefore() {
        fail(2);
        char[] code = desk.newCode().digits();
        CodePairing shown = desk.begin(Role.INITIATOR);
        run(shown, CodePairing.enter(Role.RESPONDER, code));
        assertThat(shown.key()).isPresent();

        fail(2);

        assertThat(desk.newCode()).isNotNull();
    }

    @Test
    void triesAreWrittenDownHoweverTheyEnd() {
        List<AuditEventType> audited = new ArrayList<>();
        PairingDesk audits = new PairingDesk(clock, 6, event -> {
            audited.add(event.type());
            return CompletableFuture.completedFuture(null);
        });
        audits.newCode();
        audits.begin(Role.RESPONDER).close();
        char[] code = audits.newCode().digits();
        run(CodePairing.enter(Role.INITIATOR, code), audits.begin(Role.RESPONDER));

        assertThat(audited).containsExactly(AuditEventType.PEER_REFUSED, AuditEventType.PEER_IDENTIFIED);
    }

    @Test
    void codesAreDigitsOfTheAskedLengthAndHidden() {
        ShortCode code = new PairingDesk(clock, 10).newCode();

        assertThat(new String(code.digits())).matches("[0-9]{10}");
        assertThat(code).hasToString("ShortCode[hidden, until 2026-03-01T12:03:00Z]");
        for (int digits : List.of(0, 4, 5, 11)) {
            assertThatThrownBy(() -> new PairingDesk(clock, digits)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", "12345", "12345678901", "12345a", "١٢٣٤٥٦")) {
            assertThatThrownBy(() -> CodePairing.enter(Role.INITIATOR, wrong.toCharArray()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a code has 6 to 10 digits and nothing else");
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            desk.newCode();
            CodePairing shown = desk.begin(Role.RESPONDER);
            shown.start();
            assertThatThrownBy(() -> shown.receive(new byte[1])).isInstanceOf(AuthenticationException.class);
        }
    }

    private static byte[] keyOf(char[] code) {
        CodePairing one = CodePairing.enter(Role.INITIATOR, code);
        CodePairing other = CodePairing.enter(Role.RESPONDER, code);
        run(one, other);
        return one.key().orElseThrow().octets();
    }

    /** Carries messages to and fro until both have said all. */
    private static void run(CodePairing one, CodePairing other) {
        Optional<byte[]> toOther = Optional.of(one.start());
        Optional<byte[]> toOne = Optional.of(other.start());
        for (int round = 0; round < 3; round++) {
            Optional<byte[]> fromOther = other.receive(toOther.orElseThrow());
            Optional<byte[]> fromOne = one.receive(toOne.orElseThrow());
            toOther = fromOne;
            toOne = fromOther;
        }
        assertThat(toOne).isEmpty();
        assertThat(toOther).isEmpty();
    }

    private static byte[] first(int length, int type) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 2);
        octets[0] = (byte) type;
        return octets;
    }
}
