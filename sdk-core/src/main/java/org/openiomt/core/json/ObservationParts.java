package org.openiomt.core.json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.DecodeException;

/** What the entries of an encoded observation have said so far, whatever the encoding. */
final class ObservationParts {
    @Nullable
    ObservationId id;

    @Nullable
    DeviceId device;

    @Nullable
    Code type;

    @Nullable
    Value value;

    @Nullable
    Instant receivedAt;

    @Nullable
    DeviceDateTime clock;

    @Nullable
    Duration correction;

    @Nullable
    Instant instant;

    DeviceTime.@Nullable Ticks ticks;

    @Nullable
    ZoneOffset utcOffset;

    @Nullable
    Duration duration;

    ClockState clockState = ClockState.UNKNOWN;

    @Nullable
    SubjectId subject;

    UnknownEntries unknown = UnknownEntries.NONE;

    final Set<MeasurementStatus> status = EnumSet.noneOf(MeasurementStatus.class);
    final Map<Code, Value> supplemental = new LinkedHashMap<>();
    final List<ObservationId> derivedFrom = new ArrayList<>();

    private final BiFunction<String, String, DecodeException> refusal;

    /**
     * Begins with nothing.
     *
     * @param refusal makes the fault of a field and a reason
     */
    ObservationParts(BiFunction<String, String, DecodeException> refusal) {
        this.refusal = refusal;
    }

    /**
     * Adds a qualifier.
     *
     * @throws DecodeException when its code is there already
     */
    void qualify(Code code, Value qualifier) {
        if (supplemental.put(code, qualifier) != null) {
            throw refusal.apply("supplemental", "a code twice");
        }
    }

    /**
     * Returns the observation.
     *
     * @throws DecodeException when something is missing or does not go together
     */
    Observation build() {
        return new Observation(
                required("id", id),
                required("device", device),
                required("type", type),
                required("value", value),
                new ObservationTime(
                        deviceTime(), clockState, required("receivedAt", receivedAt), Optional.ofNullable(duration)),
                status,
                supplemental,
                Optional.ofNullable(subject),
                derivedFrom,
                unknown);
    }

    private DeviceTime deviceTime() {
        int kinds = (clock == null ? 0 : 1) + (instant == null ? 0 : 1) + (ticks == null ? 0 : 1);
        boolean hasOwner = (correction == null || clock != null)
                && (utcOffset == null || instant != null || (clock != null && correction == null));
        if (kinds > 1 || !hasOwner) {
            throw refusal.apply("clock", "kinds of device time that do not go together");
        }
        if (clock != null) {
            return correction == null
                    ? new DeviceTime.WallClock(clock, Optional.ofNullable(utcOffset))
                    : new DeviceTime.BaseOffset(clock, correction);
        }
        if (instant != null) {
            return new DeviceTime.Utc(instant, Optional.ofNullable(utcOffset));
        }
        return ticks != null ? ticks : new DeviceTime.None();
    }

    private <T> T required(String field, @Nullable T part) {
        if (part == null) {
            throw refusal.apply(field, "missing");
        }
        return part;
    }
}
