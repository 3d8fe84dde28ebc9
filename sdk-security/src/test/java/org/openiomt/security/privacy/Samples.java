package org.openiomt.security.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** Observations for tests. */
final class Samples {
    static final Instant RECEIVED = Instant.parse("2025-06-17T13:14:15.161Z");

    private Samples() {}

    static Value.Numeric pressure(int value) {
        return Value.Numeric.of(MedicalFloat.of(value, 0), Units.MDC_DIM_MMHG);
    }

    static Value.Numeric age(MedicalFloat age, Code unit) {
        return Value.Numeric.of(age, unit);
    }

    /** The same with an entry that this version does not know: the key "name" and a text. */
    static Observation withUnknown(Observation o) {
        return new Observation(
                o.id(),
                o.device(),
                o.type(),
                o.value(),
                o.time(),
                o.status(),
                o.supplemental(),
                o.subject(),
                o.derivedFrom(),
                UnknownEntries.of(1, HexFormat.of().parseHex("646e616d6564616e6e61")));
    }

    /** A blood pressure with a name for everything. */
    static Observation observation(String device, String subject, long id) {
        return of(device, subject, id, DeviceTime.WallClock.of(DeviceDateTime.of(2024, 12, 31, 23, 58, 57)), Map.of());
    }

    static Observation of(String device, String subject, long id, DeviceTime time, Map<Code, Value> supplemental) {
        return new Observation(
                ObservationId.of(id * 0x1234_5678_9ABC_DEF1L, ~id),
                DeviceId.of(device),
                Mdc.MDC_PRESS_BLD_NONINV,
                Value.Compound.of(
                        new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_SYS, pressure(121)),
                        new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_DIA, pressure(79))),
                new ObservationTime(time, ClockState.UNKNOWN, RECEIVED, Optional.of(Duration.ofSeconds(30))),
                Set.of(MeasurementStatus.QUESTIONABLE),
                new LinkedHashMap<>(supplemental),
                Optional.of(SubjectId.of(subject)),
                List.of(ObservationId.of(1, 2)));
    }
}
