package org.openiomt.examples.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.testkit.transcript.ReplayTransport;

/**
 * A recording, ready to be played: by virtual devices, or by a transport that has the devices' part of a transcript.
 *
 * @param ward the devices, at one bed
 * @param steps what they do, in order of time
 * @param remarks what is not played and why, for a person
 * @param usualSpeed how much faster than it was recorded it is played unless the user says otherwise
 * @param guards the guard of a device that speaks in sealed frames
 * @param devices the virtual devices, to be closed at the end
 * @param replay plays the links of a transcript; then there are no steps and no virtual devices
 */
record Recording(
        Ward ward,
        List<Step> steps,
        List<String> remarks,
        double usualSpeed,
        Function<Discovery, Optional<FrameGuard>> guards,
        List<AutoCloseable> devices,
        Optional<ReplayTransport> replay) {
    /** Copies the lists. */
    Recording {
        steps = List.copyOf(steps);
        remarks = List.copyOf(remarks);
        devices = List.copyOf(devices);
    }

    /**
     * Something that a device does.
     *
     * @param at when, from the beginning of the recording
     * @param action does it; quick
     */
    record Step(Duration at, Runnable action) {}

    /** Returns how long it is. */
    Duration length() {
        return steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).at();
    }
}
