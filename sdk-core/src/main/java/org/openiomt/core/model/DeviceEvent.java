package org.openiomt.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a device's session. */
public sealed interface DeviceEvent {
    /** Returns the device. */
    DeviceId device();

    /** Returns when it happened. */
    Instant at();

    /**
     * The session moved from one state to another.
     *
     * @param device the device
     * @param at when
     * @param from the state before
     * @param to the state now
     * @param reason why, for a person
     * @param nextAttempt when the gateway tries again, when it does
     */
    record StateChanged(
            DeviceId device, Instant at, DeviceState from, DeviceState to, String reason, Optional<Instant> nextAttempt)
            implements DeviceEvent {}

    /**
     * The device said what it is.
     *
     * @param device the device
     * @param at when
     * @param description what it said
     */
    record Described(DeviceId device, Instant at, DeviceDescription description) implements DeviceEvent {}

    /**
     * A frame was not understood, or not authentic, and is lost. The link stays.
     *
     * @param device the device
     * @param at when
     * @param channel where it came from
     * @param reason field, octet and what was expected; never the content
     */
    record FrameRefused(DeviceId device, Instant at, String channel, String reason) implements DeviceEvent {}

    /**
     * A frame had something that its standard does not foresee and was understood all the same.
     *
     * @param device the device
     * @param at when
     * @param channel where it came from
     * @param warnings field, octet and what was expected; never the content
     */
    record FrameOdd(DeviceId device, Instant at, String channel, List<String> warnings) implements DeviceEvent {
        /** Copies the list. */
        public FrameOdd {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Readings were given up by a declared policy.
     *
     * @param device the device
     * @param at when
     * @param count how many
     * @param reason which bound was reached
     */
    record Dropped(DeviceId device, Instant at, long count, String reason) implements DeviceEvent {}

    /**
     * Readings wait because they cannot be stored now; they are kept and tried again. Told once when it begins, and with {@code
     * waiting} 0 when the first is stored again.
     *
     * @param device the device
     * @param at when
     * @param waiting how many wait
     * @param reason what is in the way
     */
    record Delayed(DeviceId device, Instant at, long waiting, String reason) implements DeviceEvent {}

    /**
     * The device's clock was set to ours, because it was not set, was wrong, or the device wants to be told the time first.
     *
     * @param device the device
     * @param at when
     * @param channel where it was written
     * @param error how far the clock was ahead, negative when it was behind; empty when it was not set, or could not be read
     */
    record ClockSet(DeviceId device, Instant at, String channel, Optional<Duration> error) implements DeviceEvent {}

    /**
     * No session was opened because no driver fits, or more than one fits equally well.
     *
     * @param device the device
     * @param at when
     * @param reason the drivers by name
     */
    record Unmatched(DeviceId device, Instant at, String reason) implements DeviceEvent {}
}
