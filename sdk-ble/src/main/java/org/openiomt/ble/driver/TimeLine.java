package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.spi.DriverContext;

/**
 * Judges the time stamps of a device whose clock shows local time and says nothing about itself. What the device sent stays as it
 * is; beside it stands what is known about its clock. The first line that fits holds:
 *
 * <pre>
 * the stamp                                                     synchronisation   continuity
 * has a date or time that is not known or does not exist        not synchronised  unknown
 * lies in the future by more than {@link #TOLERANCE}                  not synchronised  unknown
 * comes of a clock that is wrong and cannot be set              not synchronised  unknown
 * lies before the moment when the clock was last seen wrong     not synchronised  jumped
 * lies behind it, and the clock was set by us                   synchronised      continuous
 * lies before the last one of its kind and person, by more      not synchronised  jumped
 * any other                                                     unknown           unknown
 * </pre>
 *
 * A reading that says something about its clock by itself, bears an offset, or no time at all, is left alone. Where the zone of the
 * device is not known, the future begins where no zone on earth is yet.
 */
final class TimeLine {
    /** How far a clock may be from ours and still be right. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final String WRONG_UNTIL = "clock.wrong";
    private static final String SET_AT = "clock.set";
    private static final ZoneOffset EARLIEST_ZONE = ZoneOffset.ofHours(14);
    private static final ClockState NOT_SET = new ClockState(Synchronisation.NOT_SYNCHRONISED, Continuity.UNKNOWN);
    private static final ClockState WAS_WRONG = new ClockState(Synchronisation.NOT_SYNCHRONISED, Continuity.JUMPED);
    private static final ClockState SET = new ClockState(Synchronisation.SYNCHRONISED, Continuity.CONTINUOUS);

    private final DriverContext context;
    private final Map<Kind, LocalDateTime> latest = new HashMap<>(2);
    private boolean isWrong;

    private record Kind(Code type, Optional<?> subject) {}

    TimeLine(DriverContext context) {
        this.context = context;
    }

    /** The clock is wrong. Unless it is {@link #set} it stays so; a link that is lost meanwhile leaves that open. */
    void wrong() {
        isWrong = true;
        context.remember(WRONG_UNTIL, context.clock().instant().getEpochSecond());
    }

    /** The clock was wrong and has been set to ours just now. */
    void set() {
        isWrong = false;
        context.remember(SET_AT, context.clock().instant().getEpochSecond());
    }

    /** Returns what our clock shows in the zone of the device; empty when it is not known. */
    Optional<LocalDateTime> now() {
        return local(context.clock().instant());
    }

    /** Returns the observation with what is known about its stamp. */
    Observation mark(Observation observation) {
        ObservationTime time = observation.time();
        if (!time.clock().equals(ClockState.UNKNOWN) || !isLocal(time.device())) {
            return observation;
        }
        ClockState state = judge(observation);
        return state.equals(ClockState.UNKNOWN)
                ? observation
                : new Observation(
                        observation.id(),
                        observation.device(),
                        observation.type(),
                        observation.value(),
                        new ObservationTime(time.device(), state, time.receivedAt(), time.duration()),
                        observation.status(),
                        observation.supplemental(),
                        observation.subject(),
                        observation.derivedFrom(),
                        observation.unknown());
    }

    private static boolean isLocal(DeviceTime time) {
        return time instanceof DeviceTime.BaseOffset
                || (time instanceof DeviceTime.WallClock wall && wall.offset().isEmpty());
    }

    private ClockState judge(Observation observation) {
        Optional<LocalDateTime> local = observation.time().device().local();
        if (local.isEmpty()) {
            return NOT_SET;
        }
        LocalDateTime stamp = local.get();
        Instant now = observation.time().receivedAt();
        LocalDateTime latestNow = local(now).orElseGet(() -> LocalDateTime.ofInstant(now, EARLIEST_ZONE));
        if (stamp.isAfter(latestNow.plus(TOLERANCE))) {
            return NOT_SET;
        }
        if (isWrong) {
            return NOT_SET;
        }
        if (remembered(WRONG_UNTIL).filter(stamp::isBefore).isPresent()) {
            return WAS_WRONG;
        }
        if (remembered(SET_AT).isPresent()) {
            return SET;
        }
        LocalDateTime before = latest.put(new Kind(observation.type(), observation.subject()), stamp);
        return before != null && stamp.isBefore(before.minus(TOLERANCE)) ? WAS_WRONG : ClockState.UNKNOWN;
    }

    private Optional<LocalDateTime> remembered(String name) {
        OptionalLong second = context.remembered(name);
        return second.isPresent() ? local(Instant.ofEpochSecond(second.getAsLong())) : Optional.empty();
    }

    private Optional<LocalDateTime> local(Instant instant) {
        return context.deviceZone().map(zone -> LocalDateTime.ofInstant(instant, zone));
    }
}
