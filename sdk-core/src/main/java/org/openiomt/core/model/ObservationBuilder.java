package org.openiomt.core.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Collects what is known about one observation and names it. Not for use by several threads at once.
 *
 * <p>The id is derived, in this order, from
 * <ol>
 *   <li>device, type, device time and the device's record number, when there is a {@link #sequence};
 *   <li>device, type, device time and value, when the device said a whole time and not that its clock is unset; and whether the value is provisional (an
 *       early indication, or the measurement still goes on), so that the final reading never passes for a repeated one;
 *   <li>device, type, time and number of the arrival otherwise: such a reading cannot be told from a repeated one, so each
 *       arrival is an observation of its own and none is lost.
 * </ol>
 *
 * In all of them the {@link #part} joins in, where there is one.
 */
public final class ObservationBuilder {
    private final Arrival arrival;
    private final Code type;
    private final Value value;
    private DeviceTime time = new DeviceTime.None();
    private Optional<Duration> duration = Optional.empty();
    private OptionalLong sequence = OptionalLong.empty();
    private final Set<MeasurementStatus> status = EnumSet.noneOf(MeasurementStatus.class);
    private final Map<Code, Value> supplemental = new LinkedHashMap<>();
    private OptionalInt user = OptionalInt.empty();
    private Optional<ClockState> clock = Optional.empty();
    private int part;
    private List<ObservationId> derivedFrom = List.of();

    ObservationBuilder(Arrival arrival, Code type, Value value) {
        this.arrival = arrival;
        this.type = Objects.requireNonNull(type, "type");
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Says when the device measured, by its own words. */
    public ObservationBuilder at(DeviceTime deviceTime) {
        this.time = Objects.requireNonNull(deviceTime, "deviceTime");
        return this;
    }

    /** Says when the device measured by a clock without a zone; empty when it said nothing. */
    public ObservationBuilder at(Optional<DeviceDateTime> reading) {
        this.time = reading.<DeviceTime>map(DeviceTime.WallClock::of).orElseGet(DeviceTime.None::new);
        return this;
    }

    /**
     * Says what the device told about its clock beside this very reading, in place of what the arrival knows. A clock that is
     * not synchronised by its own words may start anew at any time, so its readings do not name an observation.
     */
    public ObservationBuilder clock(ClockState said) {
        this.clock = Optional.of(said);
        return this;
    }

    /** Tells several values of one type in one frame apart, from 1; 0, the default, for the first or only one. */
    public ObservationBuilder part(int number) {
        this.part = number;
        return this;
    }

    /** Says how long the measurement took. */
    public ObservationBuilder lasting(Duration measured) {
        this.duration = Optional.of(measured);
        return this;
    }

    /** Says the number under which the device keeps this record. */
    public ObservationBuilder sequence(long recordNumber) {
        this.sequence = OptionalLong.of(recordNumber);
        return this;
    }

    /** Adds a doubt or another remark on validity. */
    public ObservationBuilder status(MeasurementStatus remark) {
        status.add(remark);
        return this;
    }

    /** Adds a doubt or another remark on validity when {@code applies}. */
    public ObservationBuilder statusIf(boolean applies, MeasurementStatus remark) {
        return applies ? status(remark) : this;
    }

    /** Adds something that qualifies the value. */
    public ObservationBuilder with(Code what, Value qualifier) {
        supplemental.put(what, qualifier);
        return this;
    }

    /** Says under which number the device keeps the person. */
    public ObservationBuilder user(OptionalInt number) {
        this.user = number;
        return this;
    }

    /** Names the observations that this one was computed from. */
    public ObservationBuilder derivedFrom(List<ObservationId> sources) {
        this.derivedFrom = List.copyOf(sources);
        return this;
    }

    /** Returns the observation. */
    public Observation build() {
        return new Observation(
                id(),
                arrival.device(),
                type,
                value,
                new ObservationTime(time, clock.orElse(arrival.clock()), arrival.receivedAt(), duration),
                status,
                supplemental,
                arrival.subjectOf(user),
                derivedFrom);
    }

    private boolean isProvisional() {
        return status.contains(MeasurementStatus.EARLY_INDICATION)
                || status.contains(MeasurementStatus.MEASUREMENT_ONGOING);
    }

    private boolean isNamedByItsTime() {
        boolean isClockUnset =
                clock.isPresent() && clock.get().synchronisation() == ClockState.Synchronisation.NOT_SYNCHRONISED;
        return !isClockUnset && (time instanceof DeviceTime.Utc || time.local().isPresent());
    }

    private ObservationId id() {
        ContentDigest digest =
                new ContentDigest().text(arrival.device().value()).number(type.value());
        if (sequence.isPresent()) {
            digest.number(1).time(time).number(sequence.getAsLong());
        } else if (isNamedByItsTime()) {
            digest.number(isProvisional() ? 4 : 2).time(time).value(value);
        } else {
            digest.number(3).instant(arrival.receivedAt()).number(arrival.number());
        }
        return part == 0 ? digest.toId() : digest.number(part).toId();
    }
}
