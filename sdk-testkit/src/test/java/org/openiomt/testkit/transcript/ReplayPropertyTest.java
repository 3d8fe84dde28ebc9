package org.openiomt.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;
import org.openiomt.testkit.transcript.RecordedSession.Action;

/** What was recorded plays as it was. */
class ReplayPropertyTest {
    @Property(tries = 300)
    void aReplayGivesTheClientWhatTheDeviceGave(@ForAll List<Action> actions) {
        List<Action> all = new ArrayList<>(List.of(Action.SCAN, Action.OPEN, Action.SUBSCRIBE));
        all.addAll(actions);
        ManualClock clock = new ManualClock();
        StringWriter text = new StringWriter();
        LoopbackTransport air = new LoopbackTransport(clock);
        LoopbackDevice device = RecordedSession.device(clock);
        TranscriptWriter writer = new TranscriptWriter(text, clock, fault -> {});
        RecordedSession live = new RecordedSession(clock, new RecordingTransport(air, writer, any -> true), device);
        clock.execute(() -> air.show(device));
        live.run(all);

        Transcript transcript = Transcript.parse(text.toString().lines().toList());
        ManualClock later = new ManualClock(transcript.begins().orElseThrow());
        ReplayTransport replay = new ReplayTransport(transcript, later, 1);
        RecordedSession again = new RecordedSession(later, replay, RecordedSession.device(later));
        again.run(all);

        assertThat(replay.fault()).as(text.toString()).isEmpty();
        assertThat(again.heard).as(text.toString()).isEqualTo(live.heard);
    }

    @Property(tries = 300)
    void aClientThatAsksForSomethingElseIsFound(
            @ForAll("clients") List<Action> actions, @ForAll("clients") List<Action> others) {
        String recorded = record(actions);
        Transcript transcript = Transcript.parse(recorded.lines().toList());
        ManualClock clock = new ManualClock(transcript.begins().orElseThrow());
        ReplayTransport replay = new ReplayTransport(transcript, clock, 1);

        new RecordedSession(clock, replay, RecordedSession.device(clock)).run(others);

        assertThat(replay.fault().isEmpty())
                .as(recorded)
                .isEqualTo(requests(recorded).equals(requests(record(others))));
    }

    /** What a client does to a device that does nothing by itself. */
    @Provide
    Arbitrary<List<Action>> clients() {
        return Arbitraries.of(Action.READ, Action.WRITE, Action.SEND, Action.SUBSCRIBE, Action.CANCEL, Action.CLOSE)
                .list()
                .ofMaxSize(4)
                .map(rest -> {
                    List<Action> all = new ArrayList<>(List.of(Action.SCAN, Action.OPEN, Action.READ));
                    all.addAll(rest);
                    return all;
                });
    }

    private static String record(List<Action> actions) {
        ManualClock clock = new ManualClock();
        StringWriter text = new StringWriter();
        LoopbackTransport air = new LoopbackTransport(clock);
        LoopbackDevice device = RecordedSession.device(clock);
        TranscriptWriter writer = new TranscriptWriter(text, clock, fault -> {});
        clock.execute(() -> air.show(device));
        new RecordedSession(clock, new RecordingTransport(air, writer, any -> true), device).run(actions);
        return text.toString();
    }

    private static List<String> requests(String transcript) {
        return transcript
                .lines()
                .filter(line -> line.contains(" > "))
                .map(line -> line.replaceFirst("^\\S+ ", ""))
                .toList();
    }
}
