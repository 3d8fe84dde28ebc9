package org.openiomt.testkit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.ForwardingOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.LaneStats;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.Backoff;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

/**
 * Ten hours without a broker, by the manual clock: a gateway with 50 virtual devices over a real outbox on a real disk. Each device
 * sends a blood pressure a minute, five of them also a second of one ECG lead each second. The disk is real, and so are the
 * outbox's threads; nothing waits for real time but for the disk.
 */
final class TenHoursOfflineTest {
    private static final int DEVICES = 50;
    private static final int PATCHES = 5;
    private static final int MINUTES = 10 * 60;
    private static final int READINGS = DEVICES * MINUTES;
    private static final int SECONDS = PATCHES * MINUTES * 60;
    private static final long HEADER = 64;
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    /** What the disk may hold of ten hours: stated in docs/outbox.md. */
    private static final long STATED_OCTETS = 124_000_000;

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final List<LoopbackDevice> devices = new ArrayList<>();
    private final Map<ObservationId, Instant> appendedAt = new HashMap<>();
    private int minute;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    private record Append(CompletableFuture<Void> stored, CompletableFuture<Void> told) {}

    /** Says on the test's thread that something is on the disk, and only when the test waits for it. */
    private final class Watched extends ForwardingOutbox {
        private final List<Append> open = new ArrayList<>();
        private long accepted;
        private long payload;

        Watched(Outbox behind) {
            super(behind);
        }

        @Override
        public CompletionStage<Void> append(List<OutboxRecord> records) {
            Append append = new Append(super.append(records).toCompletableFuture(), new CompletableFuture<>());
            open.add(append);
            accepted += records.size();
            records.forEach(record -> {
                payload += record.payloadLength() + record.device().value().length();
                appendedAt.put(record.id(), clock.instant());
            });
            return append.told();
        }

        /** Waits until everything that devices have sent is on the disk. */
        void settle() {
            clock.runUntilIdle();
            while (!open.isEmpty()) {
                List<Append> now = List.copyOf(open);
                open.clear();
                now.forEach(append -> append.told().complete(append.stored().join()));
                clock.runUntilIdle();
            }
        }
    }

    /** Answers after a round trip; each batch that fits in the window. */
    private final class Broker implements RecordSink {
        private final Map<String, List<Long>> sequences = new HashMap<>();
        private final Set<ObservationId> seen = new HashSet<>();
        private final long[] taken = new long[Lane.values().length];
        private long repeated;
        private long wavesWhenReadingsWereThrough;
        private Duration slowestNewReading = Duration.ZERO;
        private Instant online = Instant.MAX;

        @Override
        public CompletionStage<Ack> write(List<OutboxEntry> batch) {
            CompletableFuture<Ack> answer = new CompletableFuture<>();
            clock.schedule(ROUND_TRIP, () -> {
                batch.forEach(this::take);
                answer.complete(Ack.STORED);
            });
            return answer;
        }

        private void take(OutboxEntry entry) {
            OutboxRecord record = entry.record();
            if (!seen.add(record.id())) {
                repeated++;
            }
            sequences
                    .computeIfAbsent(record.device() + "/" + record.lane(), key -> new ArrayList<>())
                    .add(entry.sequence());
            if (record.lane() == Lane.WAVEFORM) {
                taken[1]++;
                return;
            }
            taken[0]++;
            if (taken[0] == READINGS) {
                wavesWhenReadingsWereThrough = taken[1];
            }
            Instant at = appendedAt.get(record.id());
            if (at != null && !at.isBefore(online)) {
                Duration late = Duration.between(at, clock.instant());
                slowestNewReading = late.compareTo(slowestNewReading) > 0 ? late : slowestNewReading;
            }
        }
    }

    @Test
    @Timeout(300)
    void everythingIsDeliveredInOrderReadingsFirstAndNewOnesAreNotStarved() {
        FileOutbox.Options options = FileOutbox.Options.defaults().withClock(clock);
        try (FileOutbox files = FileOutbox.open(directory, options)) {
            Watched outbox = new Watched(files);
            Gateway gateway = Gateway.builder()
                    .transport(transport)
                    .driver(new WardDriver())
                    .outbox(outbox)
                    .scheduler(clock)
                    .callbackExecutor(clock)
                    .maxDevices(DEVICES)
                    .build()
                    .start();
            show();
            LaneStats nothing = files.stats().of(Lane.WAVEFORM);
            for (int i = 0; i < MINUTES; i++) {
                liveAMinute(outbox, 60);
            }
            assertThat(gateway.stats().dropped()).isEmpty();
            assertThat(outbox.accepted).isEqualTo(READINGS + SECONDS);

            OutboxStats full = files.stats();
            assertThat(full.of(Lane.CLINICAL).waiting()).isEqualTo(READINGS);
            assertThat(full.of(Lane.WAVEFORM).waiting()).isEqualTo(SECONDS);
            assertThat(full.dropped()).isEmpty();
            assertThat(Duration.between(full.oldest().orElseThrow(), clock.instant()))
                    .isBetween(Duration.ofHours(10).minusMinutes(1), Duration.ofHours(10));
            assertSize(outbox);
            assertRoomThatIsLeft(nothing, full.of(Lane.WAVEFORM));

            drain(gateway, outbox, files);
        }
    }

    private void show() {
        for (int i = 0; i < DEVICES; i++) {
            LoopbackDevice device = new LoopbackDevice(clock, "device-%02d".formatted(i), WardDriver.SERVICE)
                    .with("pressure", new byte[0])
                    .with("lead", new byte[0]);
            devices.add(device);
            transport.show(device);
        }
        clock.runUntilIdle();
        assertThat(devices).allMatch(LoopbackDevice::isConnected);
    }

    /** Lets devices send for a minute; what they have sent is on the disk after each so many seconds. */
    private void liveAMinute(Watched outbox, int settled) {
        byte[] reading = WardDriver.reading(minute);
        devices.forEach(
                device -> assertThat(device.announce("pressure", reading)).isTrue());
        for (int second = 0; second < 60; second++) {
            byte[] lead = WardDriver.lead(60 * minute + second);
            devices.subList(0, PATCHES)
                    .forEach(device -> assertThat(device.announce("lead", lead)).isTrue());
            clock.advance(Duration.ofSeconds(1));
            if ((second + 1) % settled == 0) {
                outbox.settle();
            }
        }
        minute++;
    }

    /** The size on the disk is the stated one, and what it is made of adds up. */
    private void assertSize(Watched outbox) {
        long onDisk = octetsOnDisk();
        long records = outbox.accepted;
        System.err.printf(
                "TEN HOURS: %d devices, %d readings and %d seconds of ECG take %,d octets on the disk; %,d are payload and"
                        + " device, %.1f octets a record are added%n",
                DEVICES, READINGS, SECONDS, onDisk, outbox.payload, (double) (onDisk - outbox.payload) / records);
        assertThat(onDisk).isLessThanOrEqualTo(STATED_OCTETS);
        assertThat(onDisk).isGreaterThan(outbox.payload + HEADER * records);
        long most = outbox.payload + (HEADER + 7) * records;
        assertThat(onDisk).isLessThan(most + most / 100 + 2L * (4 << 20));
    }

    private long octetsOnDisk() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "How many hours at this rate": by what was seen in ten hours, and by hand. */
    private static void assertRoomThatIsLeft(LaneStats before, LaneStats now) {
        Duration ten = Duration.ofHours(10);
        double hours = now.remaining(before, ten).orElseThrow().toSeconds() / 3_600.0;
        double byOctets = (now.bound().octets() - now.octets()) / (now.octets() / 10.0);
        assertThat(hours).isCloseTo(byOctets, withinPercentage(0.1));
        System.err.printf("TEN HOURS: at this rate the lane of wave forms has room for %.1f hours more%n", hours);
    }

    private void drain(Gateway gateway, Watched outbox, FileOutbox files) {
        Broker broker = new Broker();
        broker.online = clock.instant();
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
        Drain drain = Drain.start(outbox, broker, clock, new Drain.Options(8, 64, backoff, new SplittableRandom(1)));
        while (broker.taken[0] < READINGS || broker.taken[1] < SECONDS) {
            liveAMinute(outbox, 1);
            assertThat(minute).as("minutes until the backlog is delivered").isLessThan(MINUTES + 60);
        }
        Duration took = Duration.between(broker.online, clock.instant());
        for (int second = 0; second < 60 && files.stats().waiting() > 0; second++) {
            clock.advance(Duration.ofSeconds(1));
            outbox.settle();
        }
        assertThat(files.stats().waiting()).isZero();
        int sent = minute;
        assertThat(drain.stats().failures()).isZero();
        assertThat(broker.repeated).isZero();
        assertThat(broker.taken).containsExactly((long) DEVICES * sent, (long) PATCHES * 60 * sent);
        assertThat(broker.sequences).hasSize(DEVICES + PATCHES);
        broker.sequences.forEach((stream, sequences) -> {
            for (int i = 0; i < sequences.size(); i++) {
                assertThat(sequences.get(i)).as(stream).isEqualTo(i + 1);
            }
        });
        System.err.printf(
                "TEN HOURS: delivered in %s at 8 batches of 64 in flight and %s a round trip; %d of %d seconds of ECG were"
                        + " through when the last reading of the outage was, and the slowest new reading took %s%n",
                took, ROUND_TRIP, broker.wavesWhenReadingsWereThrough, SECONDS, broker.slowestNewReading);
        assertThat(broker.wavesWhenReadingsWereThrough)
                .as("wave forms before the last reading of the outage")
                .isLessThan(SECONDS / 10);
        assertThat(broker.slowestNewReading).isLessThan(Duration.ofSeconds(20));
        assertThat(octetsOnDisk()).as("what is left on the disk").isLessThan(3L * (4 << 20));
        assertThat(gateway.stats().dropped()).isEmpty();
        assertThat(files.stats().dropped()).isEmpty();
        drain.close();
        gateway.close();
        clock.runUntilIdle();
        assertThat(files.stats().of(Lane.CLINICAL).acknowledged()).isEqualTo((long) DEVICES * sent);
    }
}
