package org.openiomt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.sealed.ReaderKey;
import org.openiomt.security.sealed.SealedPublisher;
import org.openiomt.security.sealed.SealedReader;
import org.openiomt.security.sealed.SealedSuite;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What protection from end to end costs: sealing a record before it is stored, signing a message of a batch, checking and opening it,
 * each beside the same without protection; beginning an epoch for one reader, its header on the disk included, and learning of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@NullUnmarked // JMH calls the set-up before any benchmark
public class SealedBenchmark {
    private static final DeviceId DEVICE = DeviceId.of("cuff-1");
    private static final String TOPIC = "iomt/1/ward/gw-1/cuff-1/obs/all";
    private static final String PUBLISHER = "ward/gw-1";
    private static final int OCTETS = 90;

    /** How many records a message holds. */
    @Param({"1", "32"})
    public int records;

    /** How keys are wrapped. */
    @Param({"X25519", "X25519_MLKEM768"})
    public SealedSuite suite;

    private final List<OutboxEntry> entries = new ArrayList<>();
    private Path folder;
    private Signer signer;
    private ReaderKey key;
    private SealedPublisher publisher;
    private SealedReader reader;
    private OutboxRecord record;
    private byte[] message;
    private List<OutboxEntry> plainEntries;
    private byte[] plainMessage;
    private byte[] header;

    /** Seals a message. */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("sealed");
        signer = Signer.generate(SignatureAlgorithm.ED25519);
        key = ReaderKey.generate(suite);
        publisher = SealedPublisher.open(
                SealedPublisher.Settings.of("ward", "gw-1", folder),
                signer,
                List.of(key.publicKey()),
                Clock.systemUTC(),
                AuditSink.NONE);
        record = OutboxRecord.of(ObservationId.of(1, 2), DEVICE, Lane.CLINICAL, new byte[OCTETS]);
        for (int i = 1; i <= records; i++) {
            entries.add(new OutboxEntry(i, 1, i, publisher.seal(record, TOPIC)));
        }
        message = publisher.message(TOPIC, entries);
        header = publisher.announcement(entries.get(0).record()).orElseThrow().octets();
        reader = learnEpoch();
        plainEntries = LongStream.rangeClosed(1, records)
                .mapToObj(n -> new OutboxEntry(n, 1, n, record))
                .toList();
        plainMessage = signNothing();
    }

    /** Deletes the headers. */
    @TearDown
    public void clean() throws IOException {
        publisher.close();
        reader.close();
        key.close();
        signer.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Seals one record of 90 octets. */
    @Benchmark
    public OutboxRecord sealRecord() {
        return publisher.seal(record, TOPIC);
    }

    /** Signs and encodes a message. */
    @Benchmark
    public byte[] signMessage() {
        return publisher.message(TOPIC, entries);
    }

    /** Checks and opens a message. */
    @Benchmark
    public Optional<ObservationMessage> openMessage() {
        return reader.check(PUBLISHER, TOPIC, DEVICE, message).open();
    }

    /** The baseline of signing: encodes a message that everybody can read. */
    @Benchmark
    public byte[] signNothing() {
        return RecordSealer.PLAIN.message(TOPIC, plainEntries);
    }

    /** The baseline of opening: reads a message that everybody can write. */
    @Benchmark
    public Optional<ObservationMessage> openNothing() {
        return RecordOpener.PLAIN.check(PUBLISHER, TOPIC, DEVICE, plainMessage).open();
    }

    /** Checks the header of an epoch and unwraps its key. */
    @Benchmark
    public SealedReader learnEpoch() {
        SealedReader fresh = SealedReader.of(key, Map.of(PUBLISHER, List.of(signer.publicKey())));
        fresh.learn(PUBLISHER, header);
        return fresh;
    }

    /** Begins an epoch and seals its first record. */
    @Benchmark
    public OutboxRecord beginEpoch() {
        publisher.endEpoch();
        return publisher.seal(record, TOPIC);
    }
}
