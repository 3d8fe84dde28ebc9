package org.openiomt.core.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One value that came from a device: who sent it, when it came, and what is known about the device's clock. Observations
 * are made from it, so that none of them forgets these.
 */
public final class Arrival {
    private final DeviceId device;
    private final Instant receivedAt;
    private final long number;
    private final ClockState clock;
    private final Subjects subjects;

    private Arrival(DeviceId device, Instant receivedAt, long number, ClockState clock, Subjects subjects) {
        this.device = Objects.requireNonNull(device, "device");
        this.receivedAt = Objects.requireNonNull(receivedAt, "receivedAt");
        this.number = number;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.subjects = Objects.requireNonNull(subjects, "subjects");
    }

    /**
     * Describes one arrival.
     *
     * @param device who sent it
     * @param receivedAt when it came
     * @param number tells arrivals of one device in the same instant apart
     * @param clock what is known about the device's clock
     * @param subjects says who is observed
     */
    public static Arrival of(DeviceId device, Instant receivedAt, long number, ClockState clock, Subjects subjects) {
        return new Arrival(device, receivedAt, number, clock, subjects);
    }

    /** Returns the device. */
    public DeviceId device() {
        return device;
    }

    /** Returns when it came. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Returns the number that tells arrivals of one device in the same instant apart. */
    public long number() {
        return number;
    }

    /** Returns what is known about the device's clock. */
    public ClockState clock() {
        return clock;
    }

    /** Returns the person that the device observes. */
    public Optional<SubjectId> subjectOf(OptionalInt user) {
        return subjects.subjectOf(device, user);
    }

    /** Begins an observation of this arrival. */
    public ObservationBuilder observe(Code type, Value value) {
        return new ObservationBuilder(this, type, value);
    }
}
