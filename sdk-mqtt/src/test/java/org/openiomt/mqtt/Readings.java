package org.openiomt.mqtt;

import java.time.Instant;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.wire.MedicalFloat;

/** Observations for tests: the n-th reading of a device has the value n. */
public final class Readings {
    private static final Code PULSE_RATE = Code.of(149_530);
    private static final Code PER_MINUTE = Code.of(264_864);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Readings() {}

    /** Returns the n-th reading of a device. */
    public static Observation reading(DeviceId device, long n) {
        return Arrival.of(device, START.plusSeconds(n), n, ClockState.UNKNOWN, Subjects.UNKNOWN)
                .observe(PULSE_RATE, Value.Numeric.of(MedicalFloat.of(n, 0), PER_MINUTE))
                .build();
    }

    /** Returns which reading it is. */
    public static long numberOf(Observation observation) {
        return ((Value.Numeric) observation.value()).quantity().value().mantissa();
    }

    /** Returns the n-th reading of a device as a record of the first lane. */
    public static OutboxRecord record(DeviceId device, long n) {
        return record(device, n, Lane.CLINICAL);
    }

    /** Returns the n-th reading of a device as a record. */
    public static OutboxRecord record(DeviceId device, long n, Lane lane) {
        Observation observation = reading(device, n);
        return OutboxRecord.of(observation.id(), device, lane, ObservationCbor.encode(observation));
    }
}
