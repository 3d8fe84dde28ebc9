package org.openiomt.core.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * When something was observed: what the device said, how good its clock was, and when we received it. The three are never
 * mixed: a device that sent no time did not measure "now".
 *
 * @param device what the device said
 * @param clock what is known about its clock
 * @param receivedAt when the gateway received it
 * @param duration how long the measurement took, when that is known
 */
public record ObservationTime(DeviceTime device, ClockState clock, Instant receivedAt, Optional<Duration> duration) {
    /** Checks that all are there. */
    public ObservationTime {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(duration, "duration");
    }

    /** Returns a time without duration. */
    public static ObservationTime of(DeviceTime device, ClockState clock, Instant receivedAt) {
        return new ObservationTime(device, clock, receivedAt, Optional.empty());
    }

    /** Whether the device said when it measured, completely enough to name an instant. */
    public boolean isKnown() {
        return device instanceof DeviceTime.Utc || device.local().isPresent();
    }

    /**
     * Computes the instant that the device meant, taking its clock as right. Empty when the device did not say enough;
     * {@link #receivedAt()} is never put in its place.
     *
     * @param zone the zone of a device clock that has no offset of its own
     */
    public Optional<Instant> deviceInstant(ZoneId zone) {
        if (device instanceof DeviceTime.Utc utc) {
            return Optional.of(utc.instant());
        }
        Optional<LocalDateTime> local = device.local();
        if (device instanceof DeviceTime.WallClock wall && wall.offset().isPresent()) {
            return local.map(time -> time.toInstant(wall.offset().get()));
        }
        return local.map(time -> time.atZone(zone).toInstant());
    }
}
