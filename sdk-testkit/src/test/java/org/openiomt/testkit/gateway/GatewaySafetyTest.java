package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.gateway.QueueLimits;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

/** What a driver hears of the way of its observations: stored, and acknowledged by the sink. */
class GatewaySafetyTest {
    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final StubbornOutbox outbox = new StubbornOutbox();
    private final List<DriverContext> sessions = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final LoopbackDevice device = new LoopbackDevice(clock, "A1", "scripted");

    private Gateway start(UnaryOperator<Gateway.Builder> settings) {
        Gateway gateway = settings.apply(
                        Gateway.builder().transport(transport).scheduler(clock).driver(new ScriptedDriver(context -> {
                            sessions.add(context);
                            return CompletableFuture.completedFuture(ScriptedDriver.session());
                        })))
                .build()
                .start();
        transport.show(device);
        clock.runUntilIdle();
        return gateway;
    }

    private DriverContext session() {
        return sessions.get(sessions.size() - 1);
    }

    /** Opens a session anew and returns its context. */
    private DriverContext nextSession() {
        int before = sessions.size();
        device.loseLink("gone");
        clock.advance(Duration.ofMinutes(10));
        assertThat(sessions).hasSizeGreaterThan(before);
        return session();
    }

    private boolean offerAndKeep(int number) {
        boolean isTaken = session().offer(ScriptedDriver.reading(session(), number));
        session().rememberWhenStored(Map.of("number", (long) number));
        return isTaken;
    }

    @Test
    void aNumberIsKeptWhenTheOutboxHasStoredWhatWasOfferedBefore() {
        start(builder -> builder.outbox(outbox));
        outbox.fail("no room");
        offerAndKeep(1);
        offerAndKeep(2);
        clock.runUntilIdle();
        assertThat(session().remembered("number")).as("offered is not stored").isEmpty();
        outbox.work();
        clock.advance(Duration.ofMinutes(1));
        assertThat(session().remembered("number")).isEqualTo(OptionalLong.of(2));
    }

    @Test
    void aNumberIsKeptForTheNextSessionAlthoughItsSessionEndedBefore() {
        start(builder -> builder.outbox(outbox));
        outbox.fail("no room");
        offerAndKeep(1);
        DriverContext next = nextSession();
        assertThat(next.remembered("number")).isEmpty();
        outbox.work();
        clock.advance(Duration.ofMinutes(1));
        assertThat(next.remembered("number")).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void withoutAnOutboxANumberIsKeptWhenTheApplicationWasCalled() {
        Gateway gateway = start(builder -> builder);
        gateway.onObservation(observation -> heard.add("called"));
        offerAndKeep(7);
        assertThat(session().remembered("number")).isEmpty();
        clock.runUntilIdle();
        assertThat(heard).containsExactly("called");
        assertThat(session().remembered("number")).isEqualTo(OptionalLong.of(7));
    }

    @Test
    void withNothingOfferedANumberIsKeptAtOnce() {
        start(builder -> builder.outbox(outbox));
        session().rememberWhenStored(Map.of("number", 3L));
        clock.runUntilIdle();
        assertThat(session().remembered("number")).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void nothingBehindALossIsKeptUntilTheNextSession() {
        start(builder -> builder.outbox(outbox).queueLimits(new QueueLimits(2, 1)));
        outbox.fail("no room");
        boolean isTaken = true;
        int number = 0;
        while (isTaken) {
            number++;
            isTaken = offerAndKeep(number);
        }
        outbox.work();
        clock.advance(Duration.ofMinutes(1));
        offerAndKeep(100);
        clock.runUntilIdle();
        assertThat(session().remembered("number"))
                .as("the last before the loss")
                .isEqualTo(OptionalLong.of(number - 1L));
        nextSession();
        offerAndKeep(101);
        clock.runUntilIdle();
        assertThat(session().remembered("number")).isEqualTo(OptionalLong.of(101));
    }

    @Test
    void aDriverHearsWhenTheSinkHasTakenAnObservation() {
        start(builder -> builder.outbox(outbox));
        session().offer(ScriptedDriver.reading(session(), 1), () -> heard.add("taken"));
        clock.runUntilIdle();
        assertThat(heard).as("stored is not taken").isEmpty();
        outbox.sinkTakesAll();
        clock.runUntilIdle();
        assertThat(heard).containsExactly("taken");
        outbox.sinkTakesAll();
        clock.runUntilIdle();
        assertThat(heard).as("told once").containsExactly("taken");
    }

    @Test
    void aSessionThatHasEndedHearsNothing() {
        start(builder -> builder.outbox(outbox));
        session().offer(ScriptedDriver.reading(session(), 1), () -> heard.add("taken"));
        nextSession();
        outbox.sinkTakesAll();
        clock.runUntilIdle();
        assertThat(heard).isEmpty();
    }

    @Test
    void anObservationThatIsOfferedAgainIsNotStoredTwiceAndHeardOfInTheLaterSession() {
        Gateway gateway = start(builder -> builder.outbox(outbox));
        List<String> shown = new ArrayList<>();
        gateway.onObservation(observation -> shown.add(observation.id().toString()));
        Observation first = ScriptedDriver.reading(session(), 1);
        Observation second = ScriptedDriver.reading(session(), 2);
        session().offer(first, () -> heard.add("first, old session"));
        session().offer(second, () -> heard.add("second, old session"));
        clock.runUntilIdle();
        DriverContext next = nextSession();
        next.offer(first, () -> heard.add("first"));
        clock.runUntilIdle();
        assertThat(heard).isEmpty();
        outbox.sinkTakesAll();
        clock.runUntilIdle();
        assertThat(heard).containsExactly("first");
        next.offer(second, () -> heard.add("second"));
        clock.runUntilIdle();
        assertThat(heard).containsExactly("first", "second");
        assertThat(outbox.ids()).containsExactly(first.id(), second.id());
        assertThat(shown).hasSize(2);
    }

    @Test
    void withoutAnOutboxNothingIsEverTaken() {
        start(builder -> builder);
        assertThat(session().offer(ScriptedDriver.reading(session(), 1), () -> heard.add("taken")))
                .isTrue();
        clock.runUntilIdle();
        assertThat(heard).isEmpty();
    }

    @Test
    void moreThanCanBeAwaitedAreOfferedAllTheSame() {
        start(builder -> builder.outbox(outbox));
        for (int i = 0; i < DriverContext.MAX_AWAITED + 10; i++) {
            assertThat(session().offer(ScriptedDriver.reading(session(), i), () -> heard.add("taken")))
                    .isTrue();
            clock.runUntilIdle();
        }
        outbox.sinkTakesAll();
        clock.runUntilIdle();
        assertThat(heard).hasSize(DriverContext.MAX_AWAITED);
    }
}
