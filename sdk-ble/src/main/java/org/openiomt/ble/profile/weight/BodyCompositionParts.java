package org.openiomt.ble.profile.weight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Joins the two packets of a body composition measurement. One joiner serves one connection to one device; {@link #end} it when the
 * connection ends. Not for use by several threads at once.
 *
 * <pre>
 * packet                                      what comes out
 * whole                                       the packet
 * one of two, none waits                      nothing yet: it waits
 * one of two, and fits the one that waits     both as one measurement
 * anything else, while one waits              the waiting one by itself, marked as incomplete, then as if none had waited
 * </pre>
 *
 * Two packets fit when both bear the flag, came within the bound of age, have the same units, share no part, and do not contradict
 * each other about time, person and body fat. The bound keeps the halves of two persons apart who step on the scale one after the
 * other, where no packet names them. A measurement of which half was lost is still a measurement of the other half, so nothing is
 * given up.
 */
public final class BodyCompositionParts {
    /** Long enough for two packets that follow at once, and shorter than one person takes to follow another on a scale. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(5);

    private final Duration maxAge;
    private Optional<BodyCompositionMeasurement> waiting = Optional.empty();
    private Instant waitingSince = Instant.EPOCH;

    /**
     * Begins with none waiting.
     *
     * @param maxAge how far apart the two packets may come
     */
    public BodyCompositionParts(Duration maxAge) {
        this.maxAge = Objects.requireNonNull(maxAge, "maxAge");
    }

    /**
     * A measurement with what is known about its halves.
     *
     * @param measurement the values
     * @param isComplete whether no half is missing
     */
    public record Joined(BodyCompositionMeasurement measurement, boolean isComplete) {}

    /**
     * Takes the next packet and returns what is complete, or will not become so, by it.
     *
     * @param receivedAt when it came
     */
    public List<Joined> accept(BodyCompositionMeasurement packet, Instant receivedAt) {
        if (packet.isOneOfTwo() && waiting.isPresent() && !isTooOld(receivedAt)) {
            Optional<BodyCompositionMeasurement> both = join(waiting.get(), packet);
            if (both.isPresent()) {
                waiting = Optional.empty();
                return List.of(new Joined(both.get(), true));
            }
        }
        List<Joined> joined = new ArrayList<>(end());
        if (packet.isOneOfTwo()) {
            waiting = Optional.of(packet);
            waitingSince = receivedAt;
        } else {
            joined.add(new Joined(packet, true));
        }
        return joined;
    }

    /** Returns the half that still waits when its other half can no longer come; for a timer, so that it need not wait for the end. */
    public List<Joined> expire(Instant now) {
        return isTooOld(now) ? end() : List.of();
    }

    private boolean isTooOld(Instant now) { // a clock that was set makes no one young
        return Duration.between(waitingSince, now).abs().compareTo(maxAge) > 0;
    }

    /** Ends the connection and returns the half that still waits. */
    public List<Joined> end() {
        List<Joined> rest =
                waiting.stream().map(half -> new Joined(half, false)).toList();
        waiting = Optional.empty();
        return rest;
    }

    private static Optional<BodyCompositionMeasurement> join(
            BodyCompositionMeasurement first, BodyCompositionMeasurement second) {
        Map<Part, MedicalFloat> parts = new EnumMap<>(Part.class);
        parts.putAll(first.parts());
        parts.putAll(second.parts());
        boolean isDisjoint =
                parts.size() == first.parts().size() + second.parts().size();
        Optional<MedicalFloat> bodyFat =
                either(first.bodyFat(), second.bodyFat(), first.isSuccessful(), second.isSuccessful());
        Optional<Optional<DeviceDateTime>> takenAt = either(
                first.takenAt(),
                second.takenAt(),
                first.takenAt().isPresent(),
                second.takenAt().isPresent());
        Optional<OptionalInt> user = either(
                first.userId(),
                second.userId(),
                first.userId().isPresent(),
                second.userId().isPresent());
        if (first.units() != second.units()
                || !isDisjoint
                || bodyFat.isEmpty()
                || takenAt.isEmpty()
                || user.isEmpty()
                || !first.remainder().isEmpty()
                || !second.remainder().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BodyCompositionMeasurement(
                first.units(), bodyFat.get(), takenAt.get(), user.get(), parts, false, Remainder.NONE));
    }

    /** Returns the one that is there, or either when they agree; empty when they contradict each other. */
    private static <T> Optional<T> either(T first, T second, boolean isFirst, boolean isSecond) {
        if (isFirst && isSecond && !first.equals(second)) {
            return Optional.empty();
        }
        return Optional.of(isFirst ? first : second);
    }
}
