package org.openiomt.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.testkit.ManualClock;
import org.openiomt.testkit.transcript.RecordedSession.Action;

class ReplayTransportTest {
    private static final List<String> BEGIN = List.of(
            "transcript 1",
            "0 - > scan",
            "0 strap < seen C0:FF:EE:00:00:01 service 180d",
            "0 - > rest",
            "0 strap > open",
            "0.1 strap < opened 20 first refused");
    private static final List<Action> OPEN = List.of(Action.SCAN, Action.OPEN);

    private final ManualClock clock = new ManualClock();

    private ReplayTransport replay(double speed, String... lines) {
        List<String> all = new ArrayList<>(BEGIN);
        all.addAll(List.of(lines));
        return new ReplayTransport(Transcript.parse(all), clock, speed);
    }

    private RecordedSession run(ReplayTransport replay, Action... actions) {
        List<Action> all = new ArrayList<>(OPEN);
        all.add(Action.WAIT);
        all.addAll(List.of(actions));
        RecordedSession session = new RecordedSession(clock, replay, RecordedSession.device(clock));
        session.run(all);
        return session;
    }

    @Test
    void eventsComeAtTheirTimesAfterWhatTheyAnswer() {
        ReplayTransport replay =
                replay(1, "1 strap > subscribe 1 first", "1.5 strap < answer 1", "11.5 strap < value first 07");
        RecordedSession session = run(replay, Action.SUBSCRIBE);
        Instant asked = clock.instant();

        assertThat(session.heard).noneMatch(line -> line.startsWith("subscribe"));
        clock.advance(Duration.ofSeconds(5));
        assertThat(session.heard).contains("subscribe done").noneMatch(line -> line.startsWith("value"));
        assertThat(clock.await(replay.played(), Duration.ofMinutes(1))).isTrue();
        assertThat(session.heard).last().isEqualTo("value 07");
        assertThat(Duration.between(asked, clock.instant())).isLessThan(Duration.ofMillis(10_500));
        assertThat(replay.fault()).isEmpty();
    }

    @Test
    void aHundredTimesFasterIsAHundredthOfTheTime() {
        ReplayTransport replay =
                replay(100, "1 strap > subscribe 1 first", "2 strap < answer 1", "101 strap < value first 07");
        RecordedSession session = run(replay, Action.SUBSCRIBE);
        Instant asked = clock.instant();

        assertThat(clock.await(replay.played(), Duration.ofMinutes(1))).isTrue();
        assertThat(session.heard).last().isEqualTo("value 07");
        assertThat(Duration.between(asked, clock.instant())).isLessThan(Duration.ofMillis(1_001));
    }

    @Test
    void anotherRequestEndsTheReplayAndSaysWhichLine() {
        ReplayTransport replay = replay(1, "1 strap > write 1 second 0A0B", "1 strap < answer 1");

        RecordedSession session = run(replay, Action.WRITE, Action.READ);

        String expected = "line 7, strap: expected write second (2 octets), but was asked: write second (1 octets)";
        assertThat(replay.fault()).contains(expected);
        assertThat(session.heard)
                .contains("write LinkException " + expected)
                .last()
                .isEqualTo("closed " + expected);
        assertThatThrownBy(() -> replay.played().toCompletableFuture().join()).hasMessageContaining(expected);
    }

    @Test
    void aRequestThatIsMissingIsNamed() {
        ReplayTransport replay = replay(1, "1 strap > read 1 first", "1 strap < answer 1 00");

        run(replay);
        clock.advance(Duration.ofHours(1));

        assertThat(replay.fault()).contains("line 7, strap: nobody asked for this: read first");
    }

    @Test
    void whatIsAskedBehindTheEndIsRefused() {
        ReplayTransport replay = replay(1);

        RecordedSession session = run(replay, Action.READ);

        assertThat(replay.fault()).contains("the end: expected nothing more, but was asked: read first");
        assertThat(session.heard).anyMatch(line -> line.startsWith("read LinkException the end"));
    }

    @Test
    void theWaySomethingFailedIsTheSame() {
        ReplayTransport replay = replay(
                1,
                "1 strap > read 1 refused",
                "1 strap < refused 1 0x0E \"unlikely\"",
                "1 strap > read 2 first",
                "1 strap < closed \"out of range\"",
                "1 strap < failed 2 \"lost\"");

        RecordedSession session = run(replay, Action.READ_REFUSED, Action.READ);

        assertThat(session.heard)
                .contains("read " + RefusedException.class.getSimpleName() + " unlikely", "closed out of range")
                .anyMatch(line -> line.startsWith("read " + LinkException.class.getSimpleName()));
        assertThat(replay.fault()).isEmpty();
    }

    @Test
    void closingTheTransportEndsLinksAndLeavesNoTimer() {
        ReplayTransport replay = replay(1, "9 strap > read 1 first", "99 strap < answer 1 00");
        RecordedSession session = run(replay, Action.READ);
        assertThat(session.heard).noneMatch(line -> line.startsWith("read"));

        replay.close();
        clock.runUntilIdle();

        assertThat(session.heard).contains("closed the transport was closed");
        assertThat(clock.waiting()).isZero();
        assertThat(replay.fault()).contains("line 8, strap: this has not come yet: answer");
    }

    @Test
    void aLinkThatWasClosedBeforeItsLineIsNotMissedWhenTheTransportIsClosedThen() {
        ReplayTransport replay = replay(
                1,
                "0.1 cuff < seen C0:FF:EE:00:00:02",
                "0.1 cuff > open",
                "0.1 cuff < opened 20 first",
                "3 cuff > close",
                "4 cuff < closed us",
                "4 strap > close",
                "4 strap < closed us");
        RecordedSession strap = run(replay);
        CompletionStage<Link> opening = replay.open(discovery("C0:FF:EE:00:00:02"));
        assertThat(clock.await(opening, Duration.ofSeconds(1))).isTrue();
        Link cuff = opening.toCompletableFuture().join();

        cuff.close();
        assertThat(replay.fault()).contains("line 12, strap: nobody asked for this: close");
        strap.run(List.of(Action.CLOSE));
        assertThat(replay.fault()).isEmpty();
        replay.close();
        clock.runUntilIdle();

        assertThat(replay.fault()).isEmpty();
    }

    @Test
    void aDeviceThatIsNotInTheTranscriptCannotBeOpened() {
        ReplayTransport replay = replay(1);

        assertThat(replay.open(discovery("other"))).isCompletedExceptionally();
    }

    private Discovery discovery(String address) {
        return new Discovery(address, Optional.empty(), Set.of(), Map.of(), OptionalInt.empty(), clock.instant());
    }

    @Test
    void aTranscriptOfValuesAndASpeedOfZeroAreRefused() {
        Transcript values = Transcript.parse(List.of("transcript 1", "0 cuff < value 1810/2a35 16"));
        Transcript whole = Transcript.parse(BEGIN);

        assertThatThrownBy(() -> new ReplayTransport(values, clock, 1)).hasMessageContaining("values only");
        assertThatThrownBy(() -> new ReplayTransport(whole, clock, 0)).hasMessageContaining("speed");
    }
}
