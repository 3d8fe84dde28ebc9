package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openiomt.core.gateway.DeviceSnapshot;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.gateway.QueueLimits;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.LinkException;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

class GatewayTest {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final CounterDriver driver = new CounterDriver("test.counter", 50);
    private final List<Observation> seen = new ArrayList<>();
    private final List<DeviceEvent> events = new ArrayList<>();

    private Gateway.Builder builder() {
        return Gateway.builder()
                .transport(transport)
                .driver(driver)
                .scheduler(clock)
                .backoff(PAUSES)
                .random(RandomGenerator.of("L64X128MixRandom"));
    }

    private Gateway start(Gateway.Builder builder) {
        Gateway gateway =
                builder.build().onObservation(seen::add).onEvent(events::add).start();
        clock.runUntilIdle();
        return gateway;
    }

    private LoopbackDevice device(String address) {
        return new LoopbackDevice(clock, address, "counter")
                .with("count", new byte[0])
                .with("wave", new byte[0])
                .with("control", new byte[0]);
    }

    private void show(LoopbackDevice device) {
        transport.show(device);
        clock.runUntilIdle();
    }

    private static List<Long> numbers(List<Observation> observations) {
        return observations.stream()
                .map(observation ->
                        ((Value.Numeric) observation.value()).quantity().value().mantissa())
                .toList();
    }

    private List<DeviceState> states() {
        return events.stream()
                .filter(DeviceEvent.StateChanged.class::isInstance)
                .map(event -> ((DeviceEvent.StateChanged) event).to())
                .toList();
    }

    private <T extends DeviceEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void readingsComeInTheOrderOfTheDevice() {
        start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        IntStream.range(0, 500).forEach(i -> device.announce("count", CounterDriver.octets(i)));
        clock.runUntilIdle();
        assertThat(numbers(seen))
                .containsExactlyElementsOf(LongStream.range(0, 500).boxed().toList());
        assertThat(states()).containsExactly(DeviceState.CONNECTING, DeviceState.READY);
    }

    @Test
    void aLostLinkIsOpenedAgainAfterAPause() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        device.announce("count", CounterDriver.octets(1));
        clock.runUntilIdle();
        device.loseLink("out of range");
        clock.runUntilIdle();
        DeviceSnapshot offline = gateway.devices().get(0);
        assertThat(offline.state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(offline.reason()).isEqualTo("link lost: out of range");
        assertThat(offline.nextAttempt()).isPresent();
        clock.advance(PAUSES.first());
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.READY);
        assertThat(device.opened()).isEqualTo(2);
        assertThat(driver.closedSessions).hasValue(1);
    }

    @Test
    void whatASessionStillHoldsIsDeliveredWhenTheLinkIsLost() {
        start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        device.announce("count", CounterDriver.octets(1));
        clock.runUntilIdle();
        driver.heldBack.set(2);
        device.loseLink("out of range");
        clock.runUntilIdle();
        assertThat(numbers(seen)).containsExactly(1L, 2L);
        assertThat(driver.refusedOffers).hasValue(0);
    }

    @Test
    void pausesGrowToTheCapAndNotBeyond() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        device.refuseOpens(1_000);
        show(device);
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            DeviceSnapshot snapshot = gateway.devices().get(0);
            Duration pause =
                    Duration.between(clock.instant(), snapshot.nextAttempt().orElseThrow());
            pauses.add(pause);
            clock.advance(pause);
        }
        assertThat(pauses).allMatch(pause -> pause.compareTo(PAUSES.cap()) <= 0);
        assertThat(pauses.get(0)).isLessThanOrEqualTo(PAUSES.first());
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(4)) > 0);
    }

    @Test
    void aDeviceThatShowsItselfIsNotKeptWaitingForTheWholePause() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        device.refuseOpens(8);
        show(device);
        while (gateway.devices()
                .get(0)
                .nextAttempt()
                .orElseThrow()
                .isBefore(clock.instant().plusSeconds(3))) {
            clock.advance(Duration.ofMillis(500));
        }
        device.refuseOpens(0);
        clock.advance(PAUSES.first());
        show(device);
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void aDeviceThatNeverAnswersIsGivenUpAfterTheTimeOut() {
        Gateway gateway = start(builder().openTimeout(Duration.ofSeconds(5)));
        LoopbackDevice device = device("A1");
        device.silent(true);
        show(device);
        clock.advance(Duration.ofSeconds(5));
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(gateway.devices().get(0).reason()).contains("PT5S");
    }

    @Test
    void aDriverThatIsRefusedASubscriptionLeavesNoLinkOpen() {
        start(builder());
        LoopbackDevice device = device("A1").refusing("wave", 0x05);
        show(device);
        clock.runUntilIdle();
        assertThat(device.isConnected()).isFalse();
        assertThat(events(DeviceEvent.StateChanged.class).get(1).reason())
                .contains("test.counter")
                .contains("wave refused with code 5");
    }

    @Test
    void aGuardThatThrowsLeavesNoLinkOpen() {
        Gateway gateway = start(builder().guards(any -> {
            throw new IllegalStateException("no key for this device");
        }));
        LoopbackDevice device = device("A1");
        show(device);
        assertThat(device.opened()).isEqualTo(1);
        assertThat(device.isConnected()).isFalse();
        assertThat(gateway.devices().get(0).reason()).isEqualTo("no key for this device");
    }

    @Test
    void aFloodOfBadFramesIsReportedWithinBounds() {
        start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        events.clear();
        for (int i = 0; i < 100_000; i++) {
            device.announce("count", new byte[1]);
            if (i % 500 == 0) {
                clock.runUntilIdle();
            }
        }
        clock.runUntilIdle();
        assertThat(events).hasSizeBetween(1, 100_000);
        device.announce("count", CounterDriver.octets(1));
        clock.runUntilIdle();
        assertThat(numbers(seen)).containsExactly(1L);
    }

    @Test
    void fiveHundredFailedOpensLeaveNothingBehind() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1").refusing("wave", 0x05);
        show(device);
        while (device.opened() < 500) {
            clock.advance(PAUSES.cap());
        }
        assertThat(device.isConnected()).isFalse();
        assertThat(clock.waiting()).isEqualTo(1);
        gateway.close();
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aFrameThatIsCutShortIsReportedAndTheNextOneIsRead() {
        start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        device.distort(octets -> new byte[] {octets[0]});
        device.announce("count", CounterDriver.octets(7));
        device.distort(UnaryOperator.identity());
        device.announce("count", CounterDriver.octets(8));
        clock.runUntilIdle();
        assertThat(numbers(seen)).containsExactly(8L);
        assertThat(events(DeviceEvent.FrameRefused.class)).singleElement().satisfies(event -> {
            assertThat(event.channel()).isEqualTo("count");
            assertThat(event.reason()).isEqualTo("number at octet 0: cut short, 1 octet missing");
        });
    }

    @Test
    void aTieNamesBothDriversAndOpensNothing() {
        start(builder().driver(new CounterDriver("test.other", 50)));
        LoopbackDevice device = device("A1");
        show(device);
        assertThat(device.opened()).isZero();
        assertThat(events(DeviceEvent.Unmatched.class))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.reason()).contains("test.counter").contains("test.other"));
    }

    @Test
    void theBestScoreWins() {
        Gateway gateway = start(builder().driver(new CounterDriver("vendor.counter", 80)));
        show(device("A1"));
        assertThat(gateway.devices().get(0).driver()).isEqualTo("vendor.counter");
    }

    @Test
    void anUnknownDeviceIsReportedOnceHoweverOftenItIsSeen() {
        start(builder());
        LoopbackDevice stranger = new LoopbackDevice(clock, "S1", "toaster");
        show(stranger);
        show(stranger);
        show(stranger);
        assertThat(events(DeviceEvent.Unmatched.class)).hasSize(1);
    }

    @Test
    void twoDevicesOfOneNameAreNotMixed() {
        start(builder().deviceIds(any -> DeviceId.of("same")));
        show(device("A1"));
        show(device("A2"));
        assertThat(events(DeviceEvent.Unmatched.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("id same"));
    }

    @Test
    void aDeviceThatFailsDoesNotStopAnother() {
        start(builder());
        LoopbackDevice bad = device("B1");
        bad.silent(true);
        LoopbackDevice good = device("G1");
        show(bad);
        show(good);
        good.announce("count", CounterDriver.octets(3));
        clock.runUntilIdle();
        assertThat(numbers(seen)).containsExactly(3L);
    }

    @Test
    void aCallbackThatThrowsStopsNothing() {
        Gateway gateway = builder()
                .build()
                .onObservation(observation -> {
                    throw new IllegalStateException("the application's own fault");
                })
                .onObservation(seen::add)
                .start();
        clock.runUntilIdle();
        LoopbackDevice device = device("A1");
        show(device);
        device.announce("count", CounterDriver.octets(1));
        device.announce("count", CounterDriver.octets(2));
        clock.runUntilIdle();
        assertThat(numbers(seen)).containsExactly(1L, 2L);
        gateway.close();
    }

    @Test
    void observationsWaitWhileTheOutboxFailsAndThenGoInOrder() {
        StubbornOutbox outbox = new StubbornOutbox();
        Gateway gateway = start(builder().outbox(outbox));
        LoopbackDevice device = device("A1");
        show(device);
        outbox.fail("No space left on device");
        IntStream.range(0, 300).forEach(i -> device.announce("count", CounterDriver.octets(i)));
        clock.advance(Duration.ofSeconds(30));
        assertThat(gateway.stats().accepted()).isZero();
        assertThat(gateway.stats().waiting()).isEqualTo(300);
        assertThat(events(DeviceEvent.Delayed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("No space left on device"));
        outbox.work();
        clock.advance(Duration.ofSeconds(10));
        assertThat(outbox.ids())
                .containsExactlyElementsOf(seen.stream().map(Observation::id).toList());
        assertThat(gateway.stats().accepted()).isEqualTo(300);
        assertThat(events(DeviceEvent.Delayed.class))
                .hasSize(2)
                .last()
                .satisfies(event -> assertThat(event.waiting()).isZero());
    }

    @Test
    void aFullQueueRefusesReadingsAndTellsTheDriverAndCounts() {
        StubbornOutbox outbox = new StubbornOutbox();
        outbox.fail("down");
        Gateway gateway = start(builder().outbox(outbox).queueLimits(new QueueLimits(10, 5)));
        LoopbackDevice device = device("A1");
        show(device);
        for (int i = 0; i < 1_000; i++) {
            device.announce("wave", CounterDriver.octets(i));
            device.announce("count", CounterDriver.octets(i));
            clock.runUntilIdle();
        }
        long lost = gateway.stats().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(gateway.stats().waiting() + lost).isEqualTo(2_000);
        assertThat(gateway.stats().dropped().keySet()).allMatch(reason -> reason.startsWith("to the outbox"));
        assertThat(driver.refusedOffers.get()).isBetween(980, 995);
        outbox.work();
        clock.advance(Duration.ofMinutes(1));
        assertThat(gateway.stats().waiting()).isZero();
    }

    @Test
    void closingStoresWhatWaitsAndEndsEverySession() {
        StubbornOutbox outbox = new StubbornOutbox();
        Gateway gateway = start(builder().outbox(outbox));
        LoopbackDevice device = device("A1");
        show(device);
        outbox.fail("down for a moment");
        device.announce("count", CounterDriver.octets(1));
        clock.runUntilIdle();
        outbox.work();
        gateway.close();
        assertThat(outbox.ids()).hasSize(1);
        assertThat(device.isConnected()).isFalse();
        assertThat(driver.closedSessions).hasValue(1);
        assertThat(states()).endsWith(DeviceState.CLOSED);
        gateway.close();
    }

    @Test
    void closingWhileALinkOpensLeavesItClosed() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        transport.show(device);
        gateway.close();
        clock.runUntilIdle();
        assertThat(device.isConnected()).isFalse();
    }

    @Test
    void commandsAreOffUnlessTheApplicationAllowsThem() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        assertThat(run(gateway, command("c1", 60))).isInstanceOf(CommandResult.Refused.class);
        assertThat(device.writes()).isEmpty();
    }

    @Test
    void anAllowedCommandReachesTheDeviceOnce() {
        Gateway gateway = start(builder().commandPolicy(command -> Optional.empty()));
        LoopbackDevice device = device("A1");
        show(device);
        assertThat(run(gateway, command("c1", 60))).isEqualTo(new CommandResult.Done());
        assertThat(run(gateway, command("c1", 60))).isInstanceOf(CommandResult.Refused.class);
        assertThat(device.writes()).hasSize(1);
    }

    @Test
    void anOldCommandIsNotRunAndASilentDeviceIsNoAnswer() {
        Gateway gateway = start(builder().commandPolicy(command -> Optional.empty()));
        LoopbackDevice device = device("A1");
        show(device);
        assertThat(run(gateway, command("c1", 0))).isEqualTo(new CommandResult.Expired());
        device.silent(true);
        assertThat(run(gateway, command("c2", 5))).isEqualTo(new CommandResult.NoAnswer(Duration.ofSeconds(5)));
    }

    @Test
    void aCommandFailsWhenTheLinkBreaksUnderIt() {
        Gateway gateway = start(builder().commandPolicy(command -> Optional.empty()));
        LoopbackDevice device = device("A1");
        show(device);
        device.silent(true);
        CompletableFuture<CommandResult> result =
                gateway.execute(command("c1", 60)).toCompletableFuture();
        clock.runUntilIdle();
        device.loseLink("gone");
        clock.runUntilIdle();
        assertThatThrownBy(result::join).hasCauseInstanceOf(LinkException.class);
    }

    @Test
    void theNextReadingOfATypeIsHandedOverOnce() {
        Gateway gateway = start(builder());
        LoopbackDevice device = device("A1");
        show(device);
        CompletableFuture<Observation> next =
                gateway.next(Mdc.MDC_ECG_HEART_RATE).toCompletableFuture();
        CompletableFuture<Observation> never = gateway.next(Mdc.MDC_TEMP_BODY).toCompletableFuture();
        device.announce("count", CounterDriver.octets(5));
        device.announce("count", CounterDriver.octets(6));
        clock.runUntilIdle();
        assertThat(numbers(List.of(next.join()))).containsExactly(5L);
        assertThat(never).isNotDone();
        gateway.close();
        assertThatThrownBy(never::join).hasRootCauseMessage("the gateway was closed");
    }

    @Test
    void aGatewayWithoutTransportSaysWhatIsMissing() {
        assertThatThrownBy(() -> Gateway.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transport");
    }

    private Command command(String id, int seconds) {
        return new Command(
                id, DeviceId.of("A1"), "start", Map.of(), clock.instant().plusSeconds(seconds), "test");
    }

    private CommandResult run(Gateway gateway, Command command) {
        CompletableFuture<CommandResult> result = gateway.execute(command).toCompletableFuture();
        assertThat(clock.await(result, Duration.ofMinutes(1))).isTrue();
        return result.join();
    }
}
