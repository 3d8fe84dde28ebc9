package org.openiomt.security.sealed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordSealer.Announcement;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.testkit.ManualClock;

/** A gateway that seals, and what it seals. */
final class Ward implements AutoCloseable {
    static final String SITE = "ward";
    static final String GATEWAY = "gw-1";
    static final String PUBLISHER = SITE + "/" + GATEWAY;
    static final DeviceId CUFF = DeviceId.of("cuff-1");
    static final String TOPIC = "iomt/1/ward/gw-1/cuff-1/obs/all";
    static final Duration EPOCH = Duration.ofHours(1);

    final ManualClock clock = new ManualClock();
    final Path folder;
    final Signer signer = Signer.generate(SignatureAlgorithm.ED25519);
    SealedPublisher publisher;
    final List<AuditEvent> audited = new ArrayList<>();
    private long position;

    Ward(Path folder, ReaderPublicKey... readers) {
        this.folder = folder;
        this.publisher = open(readers);
    }

    /** Opens the publisher as after an end of the process. */
    SealedPublisher open(ReaderPublicKey... readers) {
        return SealedPublisher.open(
                new SealedPublisher.Settings(SITE, GATEWAY, folder, EPOCH),
                signer,
                List.of(readers),
                clock,
                this::record);
    }

    private CompletionStage<Void> record(AuditEvent event) {
        audited.add(event);
        return CompletableFuture.completedFuture(null);
    }

    /** Returns a reader that believes this gateway. */
    SealedReader reader(ReaderKey key) {
        return SealedReader.of(key, Map.of(PUBLISHER, List.of(signer.publicKey())));
    }

    /** Returns the n-th observation of the cuff. */
    static Observation observation(long n) {
        ManualClock clock = new ManualClock();
        return Arrival.of(CUFF, clock.instant().plusSeconds(n), n, ClockState.UNKNOWN, Subjects.UNKNOWN)
                .observe(Code.of(149_530), Value.Numeric.of(MedicalFloat.of(n, 0), Code.of(264_864)))
                .build();
    }

    static OutboxRecord record(long n) {
        Observation observation = observation(n);
        return OutboxRecord.of(observation.id(), CUFF, Lane.CLINICAL, ObservationCbor.encode(observation));
    }

    /** Seals observations and returns them as an outbox gives them. */
    List<OutboxEntry> store(long... numbers) {
        List<OutboxEntry> entries = new ArrayList<>();
        for (long n : numbers) {
            position++;
            entries.add(new OutboxEntry(position, 3, position, publisher.seal(record(n), TOPIC)));
        }
        return entries;
    }

    byte[] message(long... numbers) {
        return publisher.message(TOPIC, store(numbers));
    }

    Announcement announcement(OutboxEntry entry) {
        return publisher.announcement(entry.record()).orElseThrow();
    }

    static byte[] flipped(byte[] octets, int bit) {
        byte[] changed = Arrays.copyOf(octets, octets.length);
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    @Override
    public void close() {
        publisher.close();
        signer.close();
    }
}
