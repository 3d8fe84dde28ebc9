package org.openiomt.mqtt.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class UplinkTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");

    private final ManualClock clock = new ManualClock();
    private final FakePort port = new FakePort();
    private final MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(10_000, 10_000_000), clock);
    private final Uplink uplink = uplink(Drain.Options.defaults());

    private Uplink uplink(Drain.Options drain) {
        return new Uplink(
                options -> port,
                MqttOptions.plainOnLoopback("127.0.0.1", 1883, "gw"),
                Topics.of("s", "g"),
                outbox,
                RecordSealer.PLAIN,
                clock,
                false,
                new SplittableRandom(1),
                UplinkSettings.defaults().withDrain(drain));
    }

    @Test
    void whatWaitedBeforeTheLinkGoesInOrderAndIsForgotten() {
        append(1, 3);
        uplink.start();
        clock.runUntilIdle();
        assertThat(outbox.stats().waiting()).isEqualTo(3);
        port.isAutomatic = true;
        port.last().accept(false);
        clock.runUntilIdle();
        append(4, 5);
        clock.runUntilIdle();
        assertThat(numbers(port.last())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(uplink.stats().acknowledged()).isEqualTo(5);
        assertThat(uplink.stats().connectedSince()).contains(clock.instant());
    }

    @Test
    void whatWasOnItsWayWhenTheLinkWasLostComesAgain() {
        up();
        append(1, 3);
        clock.runUntilIdle();
        assertThat(numbers(port.last())).containsExactly(1L, 2L, 3L);
        port.last().cut("gone");
        clock.runUntilIdle();
        assertThat(outbox.stats().waiting()).isEqualTo(3);
        assertThat(uplink.stats().retried()).isEqualTo(3);
        assertThat(uplink.stats().connectedSince()).isEmpty();
        append(4, 4);
        port.isAutomatic = true;
        clock.advance(Duration.ofSeconds(1));
        assertThat(port.attempts).hasSize(2);
        assertThat(numbers(port.last())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(uplink.stats().published()).isEqualTo(7);
    }

    /** Four pieces of a wave form a second, and one blood pressure in between, for 10 s. */
    @Test
    void batchesByAgeSendAQuarterOfTheMessagesAndAReadingStaysPrompt() {
        port.isAutomatic = true;
        uplink(Drain.Options.defaults().withLinger(Lane.WAVEFORM, Duration.ofSeconds(1)))
                .start();
        clock.runUntilIdle();
        int greeting = port.last().sent.size();
        for (int n = 1; n <= 40; n++) {
            outbox.append(List.of(Readings.record(CUFF, n, Lane.WAVEFORM)));
            clock.advance(Duration.ofMillis(250));
            if (n == 18) {
                int before = port.last().sent.size();
                outbox.append(List.of(Readings.record(CUFF, 100)));
                clock.runUntilIdle();
                assertThat(port.last().sent).as("at once").hasSize(before + 1);
            }
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(outbox.stats().waiting()).isZero();
        assertThat(port.last().sent.size() - greeting).isEqualTo(1 + 10);
    }

    @Test
    void nothingIsTriedWhileThereIsNoLink() {
        up();
        port.last().cut("gone");
        clock.runUntilIdle();
        append(1, 100);
        clock.advance(Duration.ofMillis(1));
        assertThat(uplink.stats().published()).isZero();
    }

    @Test
    void closingWaitsForWhatIsOnItsWayAndSaysGoodbyeLast() {
        up();
        append(1, 1);
        clock.runUntilIdle();
        CompletableFuture<Void> closed = uplink.closeAsync().toCompletableFuture();
        clock.runUntilIdle();
        assertThat(port.last().sent).hasSize(2);
        port.last().sent.get(1).answer.complete(null);
        clock.runUntilIdle();
        assertThat(port.last().sent.get(2)).hasToString("iomt/1/s/g/-/state (retained) offline");
        port.last().sent.get(2).answer.complete(null);
        clock.runUntilIdle();
        assertThat(closed).isCompleted();
        assertThat(outbox.stats().waiting()).isZero();
        append(2, 2);
        clock.advance(Duration.ofHours(1));
        assertThat(outbox.stats().waiting()).isEqualTo(1);
        assertThat(port.attempts).hasSize(1);
    }

    @Test
    void closingBeforeStartingIsHarmless() {
        CompletableFuture<Void> closed = uplink.closeAsync().toCompletableFuture();
        clock.runUntilIdle();
        assertThat(closed).isCompleted();
        assertThat(uplink.closeAsync().toCompletableFuture()).isCompleted();
        assertThat(uplink.start().toCompletableFuture()).isCompletedExceptionally();
    }

    private void up() {
        uplink.start();
        clock.runUntilIdle();
        port.last().accept(false);
        port.last().sent.get(0).answer.complete(null);
        clock.runUntilIdle();
        assertThat(uplink.broker().isConnected()).isTrue();
    }

    private void append(long first, long last) {
        for (long n = first; n <= last; n++) {
            outbox.append(List.of(Readings.record(CUFF, n)));
        }
    }

    private static List<Long> numbers(FakePort.Attempt connection) {
        List<Long> numbers = new ArrayList<>();
        for (FakePort.Sent message : connection.sent) {
            if (message.topic().endsWith("/obs/all")) {
                ObservationMessage.decode(message.payload())
                        .items()
                        .forEach(item -> numbers.add(Readings.numberOf(item.observation())));
            }
        }
        return numbers;
    }
}
