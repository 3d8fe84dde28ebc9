package org.openiomt.testkit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.Sink;

final class RecordSinkTest {
    private final List<Observation> written = new ArrayList<>();
    private final List<OutboxEntry> refused = new ArrayList<>();
    private final Sink sink = batch -> {
        written.addAll(batch);
        return CompletableFuture.completedFuture(Ack.RECEIVED);
    };

    private static Observation observation(int number) {
        Instant receivedAt = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        return Arrival.of(DeviceId.of("note"), receivedAt, number, ClockState.UNKNOWN, Subjects.UNKNOWN)
                .observe(Code.of(150456), new Value.Text("note " + number))
                .build();
    }

    private static OutboxEntry entry(long position, Observation observation, byte[] payload) {
        return new OutboxEntry(
                position, 1, position, OutboxRecord.of(observation.id(), observation.device(), Lane.CLINICAL, payload));
    }

    @Test
    void payloadsAreDecodedInOrder() {
        List<Observation> observations = List.of(observation(1), observation(2), observation(3));
        List<OutboxEntry> batch = new ArrayList<>();
        for (Observation observation : observations) {
            batch.add(entry(batch.size() + 1L, observation, ObservationCbor.encode(observation)));
        }
        RecordSink records = RecordSink.decoding(sink, ObservationCbor::decode, refused::add);
        assertThat(records.write(batch)).isCompletedWithValue(Ack.RECEIVED);
        assertThat(written).isEqualTo(observations);
        assertThat(refused).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsHandedOverAndHoldsUpNothing() {
        OutboxEntry good = entry(1, observation(1), ObservationCbor.encode(observation(1)));
        OutboxEntry bad = entry(2, observation(2), new byte[] {1, 2, 3});
        RecordSink records = RecordSink.decoding(sink, ObservationCbor::decode, refused::add);
        assertThat(records.write(List.of(bad, good))).isCompletedWithValue(Ack.RECEIVED);
        assertThat(written).isEqualTo(List.of(observation(1)));
        assertThat(records.write(List.of(bad))).isCompletedWithValue(Ack.STORED);
        assertThat(written).hasSize(1);
        assertThat(refused).isEqualTo(List.of(bad, bad));
    }

    @Test
    void whenNobodyTakesWhatCannotBeDecodedTheBatchFails() {
        OutboxEntry bad = entry(2, observation(2), new byte[] {1, 2, 3});
        RecordSink records = RecordSink.decoding(sink, ObservationCbor::decode, entry -> {
            throw new IllegalStateException("nobody takes " + entry.position());
        });
        assertThatThrownBy(() -> records.write(List.of(bad))).hasMessage("nobody takes 2");
        assertThat(written).isEmpty();
    }
}
