package org.openiomt.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.MedicalFloat;

/** Messages for tests: the n-th reading of a device has the value n and the number n of epoch 1. */
final class Readings {
    private static final Code PULSE_RATE = Code.of(149_530);
    private static final Code PER_MINUTE = Code.of(264_864);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Readings() {}

    static Observation reading(String device, long n) {
        return Arrival.of(DeviceId.of(device), START.plusSeconds(n), n, ClockState.UNKNOWN, Subjects.UNKNOWN)
                .observe(PULSE_RATE, Value.Numeric.of(MedicalFloat.of(n, 0), PER_MINUTE))
                .build();
    }

    /** Returns a message with the readings from one to another. */
    static KafkaMessage message(String gateway, String device, long first, long last) {
        return message(gateway, device, 1, first, last);
    }

    static KafkaMessage message(String gateway, String device, long epoch, long first, long last) {
        List<ObservationMessage.Item> items = LongStream.rangeClosed(first, last)
                .mapToObj(n -> ObservationMessage.Item.of(n, ObservationCbor.encode(reading(device, n))))
                .toList();
        return KafkaMessage.of(
                "iomt/1/ward/" + gateway + "/" + device + "/obs/all",
                ObservationMessage.CONTENT_TYPE,
                ObservationMessage.encode(epoch, items),
                Optional.of(new KafkaMessage.Numbers(epoch, first, last)));
    }
}
