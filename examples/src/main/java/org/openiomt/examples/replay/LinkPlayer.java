package org.openiomt.examples.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.testkit.transcript.Event;
import org.openiomt.testkit.transcript.ReplayTransport;
import org.openiomt.testkit.transcript.Transcript;

/** Plays a transcript of links: its devices answer the gateway's drivers as they did when it was recorded. */
final class LinkPlayer {
    private static final SubjectId SUBJECT = SubjectId.of("recording");

    private LinkPlayer() {}

    /** Prepares the devices of a transcript; {@code speed} is as in {@link ReplayTransport}. */
    static Recording prepare(Transcript transcript, Scheduler scheduler, double speed) {
        Map<DeviceId, Ward.Placed> placed = new LinkedHashMap<>();
        for (Transcript.Entry entry : transcript.entries()) {
            if (entry.event() instanceof Event.Seen seen) {
                DeviceId device = DeviceId.of(seen.address().replaceAll("[^A-Za-z0-9_-]", ""));
                placed.put(device, new Ward.Placed(device, seen.name().orElse(seen.address())));
            }
        }
        return new Recording(
                new Ward(List.of(new Ward.Bed(SUBJECT, "Recording", List.copyOf(placed.values())))),
                List.of(),
                List.of(),
                speed,
                any -> Optional.empty(),
                List.of(),
                Optional.of(new ReplayTransport(transcript, scheduler, speed)));
    }
}
