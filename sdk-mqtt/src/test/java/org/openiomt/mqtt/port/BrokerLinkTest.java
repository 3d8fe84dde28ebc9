package org.openiomt.mqtt.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Backoff;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.BrokerState.Connected;
import org.openiomt.mqtt.broker.BrokerState.Disconnected;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class BrokerLinkTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final Topics TOPICS = Topics.of("s", "g");

    /** No jitter: always the longest wait. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final ManualClock clock = new ManualClock();
    private final FakePort port = new FakePort();
    private final List<BrokerState> states = new ArrayList<>();
    private final List<Inbound> messages = new ArrayList<>();
    private final FakePort second = new FakePort();
    private final BrokerLink link = link(List.of(port));

    private BrokerLink link(List<MqttPort> places) {
        return new BrokerLink(
                places,
                new BrokerLink.Plan(List.of("f/+"), Optional.of(say("online")), Optional.of(say("offline"))),
                new Backoff(FIRST, CAP),
                clock,
                LONGEST,
                new BrokerLink.Listener() {
                    @Override
                    public void changed(BrokerState state) {
                        states.add(state);
                    }

                    @Override
                    public void received(Inbound message) {
                        messages.add(message);
                    }
                });
    }

    @Test
    void isUpOnlyAfterSubscribingAndSayingHello() {
        CompletableFuture<Void> started = link.start().toCompletableFuture();
        clock.runUntilIdle();
        assertThat(port.attempts).hasSize(1);
        port.last().accept(true);
        clock.runUntilIdle();
        assertThat(port.last().filters).containsExactly("f/+");
        assertThat(port.last().sent).hasToString("[iomt/1/s/g/-/state (retained) online]");
        assertThat(started).isNotDone();
        assertThat(link.state().isConnected()).isFalse();
        port.last().sent.get(0).answer.complete(null);
        clock.runUntilIdle();
        assertThat(started).isCompleted();
        assertThat(link.state()).isEqualTo(new Connected(clock.instant(), true));
    }

    @Test
    void nothingIsSentOrKeptWithoutALink() {
        assertThat(link.publish(say("x")).toCompletableFuture()).isCompletedExceptionally();
        up();
        port.last().cut("gone");
        clock.runUntilIdle();
        assertThat(link.publish(say("x")).toCompletableFuture()).isCompletedExceptionally();
        assertThat(link.maxPacketOctets()).isEmpty();
    }

    @Test
    void theFirstFailureIsToldAndTheNextAttemptsFollow() {
        CompletableFuture<Void> started = link.start().toCompletableFuture();
        clock.runUntilIdle();
        port.last().refuse("nobody listens");
        clock.runUntilIdle();
        assertThat(started).isCompletedExceptionally();
        assertThat(link.state())
                .isEqualTo(new Disconnected(
                        clock.instant(),
                        "nobody listens",
                        Optional.of(clock.instant().plus(FIRST))));
        clock.advance(FIRST);
        assertThat(port.attempts).hasSize(2);
    }

    @Test
    void theWaitDoublesUpToItsCap() {
        link.start();
        clock.runUntilIdle();
        for (long expected : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
            int before = port.attempts.size();
            port.last().refuse("no");
            clock.runUntilIdle();
            clock.advance(Duration.ofSeconds(expected).minusMillis(1));
            assertThat(port.attempts).hasSize(before);
            clock.advance(Duration.ofMillis(1));
            assertThat(port.attempts).hasSize(before + 1);
        }
    }

    @Test
    void aLinkThatIsLostAtOnceCountsAsAFailureAndALongOneDoesNot() {
        port.isAutomatic = true;
        link.start();
        clock.runUntilIdle();
        port.last().cut("taken over");
        clock.runUntilIdle();
        clock.advance(FIRST);
        assertThat(port.attempts).hasSize(2);
        port.last().cut("taken over");
        clock.runUntilIdle();
        clock.advance(FIRST);
        assertThat(port.attempts).as("the second wait is longer").hasSize(2);
        clock.advance(FIRST);
        assertThat(port.attempts).hasSize(3);
        clock.advance(CAP);
        port.last().cut("broker stopped");
        clock.runUntilIdle();
        clock.advance(FIRST);
        assertThat(port.attempts).as("the wait has begun anew").hasSize(4);
    }

    @Test
    void aRefusedSubscriptionClosesTheConnectionAndIsToldWithItsReason() {
        link.start();
        clock.runUntilIdle();
        port.last().refuseSubscriptions("not authorised");
        port.last().accept(false);
        clock.runUntilIdle();
        assertThat(port.last().isDisconnected).isTrue();
        assertThat(link.state())
                .isInstanceOfSatisfying(
                        Disconnected.class, state -> assertThat(state.reason()).isEqualTo("not authorised"));
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeIsGivenUp() {
        up();
        CompletableFuture<Void> answer = link.publish(say("x")).toCompletableFuture();
        clock.advance(Duration.ofSeconds(29));
        assertThat(answer).isNotDone();
        clock.advance(Duration.ofSeconds(1));
        assertThat(answer).isCompletedExceptionally();
        assertThat(port.last().isDisconnected).isTrue();
        assertThat(link.state().isConnected()).isFalse();
        clock.advance(FIRST);
        assertThat(port.attempts).hasSize(2);
    }

    @Test
    void aBrokerThatIsSilentAfterConnectingIsGivenUp() {
        link.start();
        clock.runUntilIdle();
        port.last().accept(false);
        clock.advance(Duration.ofSeconds(30));
        assertThat(port.attempts.get(0).isDisconnected).isTrue();
        clock.advance(FIRST);
        assertThat(port.attempts).hasSize(2);
    }

    @Test
    void anAcknowledgedMessageLeavesNoTimer() {
        up();
        link.publish(say("x"));
        assertThat(clock.waiting()).isEqualTo(1);
        port.last().sent.get(1).answer.complete(null);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void closingSaysGoodbyeAndTriesNoMore() {
        up();
        CompletableFuture<Void> closed = link.close().toCompletableFuture();
        clock.runUntilIdle();
        assertThat(port.last().sent.get(1)).hasToString("iomt/1/s/g/-/state (retained) offline");
        assertThat(closed).isNotDone();
        port.last().sent.get(1).answer.complete(null);
        assertThat(port.last().isDisconnected)
                .as("before the broker has noted what was acknowledged")
                .isFalse();
        port.last().settled.complete(null);
        assertThat(closed).isCompleted();
        assertThat(port.last().isDisconnected).isTrue();
        port.last().cut("late");
        clock.advance(Duration.ofHours(1));
        assertThat(port.attempts).hasSize(1);
    }

    @Test
    void aGoodbyeThatIsNotAnsweredHoldsUpForTwoSecondsOnly() {
        up();
        CompletableFuture<Void> closed = link.close().toCompletableFuture();
        clock.advance(Duration.ofSeconds(2));
        assertThat(closed).isCompleted();
        assertThat(port.last().isDisconnected).isTrue();
    }

    @Test
    void whoHasSaidHelloSaysGoodbyeAlsoBeforeTheAnswer() {
        link.start();
        clock.runUntilIdle();
        port.last().accept(false);
        link.close();
        clock.runUntilIdle();
        assertThat(port.last().sent)
                .hasToString("[iomt/1/s/g/-/state (retained) online, iomt/1/s/g/-/state (retained) offline]");
    }

    @Test
    void aConnectionThatOpensAfterClosingIsClosedToo() {
        CompletableFuture<Void> started = link.start().toCompletableFuture();
        clock.runUntilIdle();
        CompletableFuture<Void> closed = link.close().toCompletableFuture();
        clock.runUntilIdle();
        assertThat(closed).isCompleted();
        assertThat(started).isCompletedExceptionally();
        port.last().accept(false);
        clock.runUntilIdle();
        assertThat(port.last().isDisconnected).isTrue();
        assertThat(port.last().sent).isEmpty();
    }

    @Test
    void closingWhileWaitingEndsTheAttempts() {
        link.start();
        clock.runUntilIdle();
        port.last().refuse("no");
        clock.runUntilIdle();
        CompletableFuture<Void> closed = link.close().toCompletableFuture();
        clock.advance(Duration.ofHours(1));
        assertThat(closed).isCompleted();
        assertThat(link.close().toCompletableFuture()).isNotDone();
        clock.runUntilIdle();
        assertThat(port.attempts).hasSize(1);
        assertThat(states.get(states.size() - 1))
                .isInstanceOfSatisfying(
                        Disconnected.class,
                        state -> assertThat(state.nextAttempt()).isEmpty());
    }

    @Test
    void aFailedAttemptIsFollowedByOneAtTheNextPlaceAndTheWaitGrowsAfterEachRound() {
        link(List.of(port, second)).start();
        clock.runUntilIdle();
        for (long expected : new long[] {1, 1, 2, 2, 4, 4}) {
            int before = port.attempts.size() + second.attempts.size();
            (before % 2 == 1 ? port : second).last().refuse("no");
            clock.runUntilIdle();
            clock.advance(Duration.ofSeconds(expected).minusMillis(1));
            assertThat(port.attempts.size() + second.attempts.size()).isEqualTo(before);
            clock.advance(Duration.ofMillis(1));
            assertThat(port.attempts.size() + second.attempts.size()).isEqualTo(before + 1);
        }
        assertThat(port.attempts).hasSize(4);
        assertThat(second.attempts).hasSize(3);
    }

    @Test
    void aPlaceThatAcceptsAndThenRefusesIsNoGoodOneEither() {
        link(List.of(port, second)).start();
        clock.runUntilIdle();
        port.last().refuseSubscriptions("not authorised");
        port.last().accept(false);
        clock.advance(FIRST);
        assertThat(second.attempts).hasSize(1);
    }

    @Test
    void aLinkThatWasLostIsTriedWhereItWasFirst() {
        port.isAutomatic = false;
        second.isAutomatic = true;
        link(List.of(port, second)).start();
        clock.runUntilIdle();
        port.last().refuse("no");
        clock.advance(FIRST);
        assertThat(second.attempts).hasSize(1);
        clock.advance(CAP);
        second.last().cut("a glitch");
        clock.advance(FIRST);
        assertThat(second.attempts).hasSize(2);
        second.isAutomatic = false;
        clock.advance(CAP);
        second.last().cut("the broker stopped");
        clock.advance(FIRST);
        second.last().refuse("nobody listens");
        clock.advance(FIRST.multipliedBy(2));
        assertThat(second.attempts).hasSize(3);
        assertThat(port.attempts).as("and then elsewhere").hasSize(2);
    }

    @Test
    void connectingAnewLetsTheBrokerAnswerFirstAndSaysNoGoodbye() {
        up();
        CompletableFuture<Void> onItsWay = link.publish(say("x")).toCompletableFuture();
        link.reconnect();
        clock.runUntilIdle();
        assertThat(link.state().isConnected()).isFalse();
        assertThat(link.publish(say("y")).toCompletableFuture()).isCompletedExceptionally();
        FakePort.Attempt old = port.last();
        assertThat(old.isDisconnected).isFalse();
        old.sent.get(1).answer.complete(null);
        old.settled.complete(null);
        clock.runUntilIdle();
        assertThat(onItsWay).isCompleted();
        assertThat(old.isDisconnected).isTrue();
        assertThat(old.sent).hasToString("[iomt/1/s/g/-/state (retained) online, iomt/1/s/g/-/state (retained) x]");
        assertThat(port.attempts).hasSize(2);
        port.last().accept(true);
        port.last().sent.get(0).answer.complete(null);
        clock.runUntilIdle();
        assertThat(link.state().isConnected()).isTrue();
    }

    @Test
    void connectingAnewWaitsNotForEver() {
        up();
        CompletableFuture<Void> onItsWay = link.publish(say("x")).toCompletableFuture();
        link.reconnect();
        clock.advance(Duration.ofSeconds(2));
        assertThat(onItsWay).isCompletedExceptionally();
        assertThat(port.attempts).hasSize(2);
    }

    @Test
    void connectingAnewEndsAWait() {
        link.start();
        clock.runUntilIdle();
        port.last().refuse("the certificate has expired");
        clock.runUntilIdle();
        link.reconnect();
        clock.runUntilIdle();
        assertThat(port.attempts).hasSize(2);
        clock.advance(CAP);
        assertThat(port.attempts).hasSize(2);
    }

    @Test
    void afterClosingNothingConnectsAnew() {
        up();
        link.close();
        link.reconnect();
        clock.advance(Duration.ofHours(1));
        assertThat(port.attempts).hasSize(1);
    }

    @Test
    void messagesArePassedOn() {
        link.start();
        clock.runUntilIdle();
        port.last().deliver(new Inbound("t", new byte[0], () -> false, () -> {}));
        assertThat(messages).hasSize(1);
    }

    private void up() {
        link.start();
        clock.runUntilIdle();
        port.last().accept(false);
        port.last().sent.get(0).answer.complete(null);
        clock.runUntilIdle();
        assertThat(link.state().isConnected()).isTrue();
    }

    private static Outbound say(String word) {
        return Outbound.state(TOPICS.gatewayState(), word.getBytes(StandardCharsets.US_ASCII));
    }
}
