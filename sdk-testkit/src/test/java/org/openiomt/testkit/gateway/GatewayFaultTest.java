package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Match;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

/** What drivers, transports, guards, callbacks, executors and outboxes may do wrong, and whom it must not hurt. */
class GatewayFaultTest {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final List<Observation> seen = new ArrayList<>();
    private final List<DeviceEvent> events = new ArrayList<>();

    private Gateway.Builder builder(DeviceDriver driver) {
        return Gateway.builder().driver(driver).scheduler(clock).backoff(PAUSES);
    }

    private Gateway start(Gateway.Builder builder) {
        Gateway gateway = builder.transport(transport)
                .build()
                .onObservation(seen::add)
                .onEvent(events::add)
                .start();
        clock.runUntilIdle();
        return gateway;
    }

    private LoopbackDevice show(String service) {
        LoopbackDevice device = new LoopbackDevice(clock, "A1", service)
                .with("count", new byte[0])
                .with("wave", new byte[0])
                .with("control", new byte[0]);
        transport.show(device);
        clock.runUntilIdle();
        return device;
    }

    private void count(LoopbackDevice device, int... numbers) {
        for (int number : numbers) {
            device.announce("count", CounterDriver.octets(number));
        }
        clock.runUntilIdle();
    }

    private List<Long> numbers() {
        return seen.stream()
                .map(observation ->
                        ((Value.Numeric) observation.value()).quantity().value().mantissa())
                .toList();
    }

    private <T extends DeviceEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static CounterDriver counter() {
        return new CounterDriver("test.counter", 50);
    }

    private static ScriptedDriver counting(BiConsumer<DriverContext, byte[]> onValue) {
        return new ScriptedDriver(context -> context.link()
                .subscribe(CounterDriver.COUNT, octets -> onValue.accept(context, octets))
                .thenApply(subscription -> ScriptedDriver.session()));
    }

    private Command command(String id) {
        return new Command(
                id, DeviceId.of("A1"), "start", Map.of(), clock.instant().plusSeconds(60), "test");
    }

    @Test
    void anErrorInADriverLosesOneValueAndIsReportedWithoutContent() {
        start(builder(counting((context, octets) -> {
            if (octets[0] == 1) {
                throw new StackOverflowError();
            }
            if (octets[0] == 2) {
                throw new NumberFormatException("For input string: \"secret\"");
            }
            context.offer(ScriptedDriver.reading(context, octets[0]));
        })));
        count(show("scripted"), 1, 2, 3);
        assertThat(numbers()).containsExactly(3L);
        assertThat(events(DeviceEvent.FrameRefused.class))
                .extracting(DeviceEvent.FrameRefused::reason)
                .containsExactly("the driver failed: StackOverflowError", "the driver failed: NumberFormatException");
    }

    @Test
    void aDriverThatCannotMatchLeavesTheOthersAlone() {
        DeviceDriver throwing = new MatchOnly("test.throwing") {
            @Override
            public Match match(Discovery discovery) {
                throw new NoClassDefFoundError("a library of the driver");
            }
        };
        DeviceDriver silent = new MatchOnly("test.silent") {
            @Override
            @SuppressWarnings("NullAway") // as a driver without null checks does
            public Match match(Discovery discovery) {
                return null;
            }
        };
        Gateway gateway = start(builder(throwing).driver(silent).driver(counter()));
        count(show("counter"), 1);
        assertThat(gateway.devices().get(0).driver()).isEqualTo("test.counter");
        assertThat(numbers()).containsExactly(1L);
    }

    @Test
    void anErrorWhileOpeningIsAFailedAttempt() {
        Gateway gateway = start(builder(new ScriptedDriver(context -> {
            throw new NoClassDefFoundError("a library of the driver");
        })));
        LoopbackDevice device = show("scripted");
        assertThat(device.isConnected()).isFalse();
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.OFFLINE);
    }

    @Test
    void anErrorInACallbackStopsNothing() {
        Gateway gateway = builder(counter())
                .transport(transport)
                .build()
                .onObservation(observation -> {
                    throw new AssertionError("the application's own fault");
                })
                .onEvent(event -> {
                    throw new AssertionError("the application's own fault");
                })
                .onObservation(seen::add)
                .onEvent(events::add)
                .start();
        clock.runUntilIdle();
        count(show("counter"), 1, 2);
        assertThat(numbers()).containsExactly(1L, 2L);
        assertThat(events).hasSize(2);
        gateway.close();
        assertThat(events).hasSize(3);
    }

    @Test
    void anExecutorThatRefusesWorkStopsNothing() {
        Gateway gateway = start(builder(counter()).callbackExecutor(task -> {
            throw new RejectedExecutionException("shut down");
        }));
        count(show("counter"), 1, 2);
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.READY);
        assertThat(numbers()).containsExactly(1L, 2L);
        Instant before = clock.instant();
        gateway.close();
        assertThat(clock.instant()).isEqualTo(before);
    }

    @Test
    void aLinkThatFailsWhileItIsClosedIsOpenedAgain() {
        Gateway gateway = builder(counter())
                .transport(new FailingToClose(transport))
                .build()
                .start();
        clock.runUntilIdle();
        LoopbackDevice device = show("counter");
        device.loseLink("out of range");
        clock.runUntilIdle();
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.OFFLINE);
        clock.advance(PAUSES.cap());
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.READY);
        Instant before = clock.instant();
        gateway.close();
        assertThat(clock.instant()).isEqualTo(before);
    }

    @Test
    void anObservationThatCannotBeEncodedIsGivenUpAlone() {
        StubbornOutbox outbox = new StubbornOutbox();
        Gateway gateway = start(builder(counter()).outbox(outbox).encoder(observation -> {
            if (observation.value().equals(value(2))) {
                throw new IllegalArgumentException("cannot encode");
            }
            return ObservationCbor.encode(observation);
        }));
        count(show("counter"), 1, 2, 3);
        clock.advance(Duration.ofMinutes(1));
        assertThat(numbers()).containsExactly(1L, 2L, 3L);
        assertThat(outbox.ids()).containsExactly(seen.get(0).id(), seen.get(2).id());
        assertThat(gateway.stats().dropped())
                .isEqualTo(Map.of("to the outbox: could not be encoded: IllegalArgumentException", 1L));
    }

    @Test
    void aBatchBeyondTheRoomOfTheOutboxGoesInParts() {
        StubbornOutbox outbox = new StubbornOutbox();
        outbox.takeAtMost(7);
        outbox.fail("down for a moment");
        start(builder(counter()).outbox(outbox));
        count(show("counter"), IntStream.range(0, 300).toArray());
        outbox.work();
        clock.advance(Duration.ofMinutes(10));
        assertThat(outbox.ids())
                .containsExactlyElementsOf(seen.stream().map(Observation::id).toList());
        assertThat(outbox.ids()).hasSize(300);
    }

    @Test
    void closingFromACallbackDoesNotWaitForThatCallback() {
        List<Duration> waits = new ArrayList<>();
        List<Gateway> gateways = new ArrayList<>();
        gateways.add(start(builder(counter())));
        gateways.get(0).onObservation(observation -> {
            Instant before = clock.instant();
            gateways.get(0).close();
            waits.add(Duration.between(before, clock.instant()));
        });
        count(show("counter"), 1);
        assertThat(waits).containsExactly(Duration.ZERO);
        assertThat(gateways.get(0).devices().get(0).state()).isEqualTo(DeviceState.CLOSED);
    }

    @Test
    void whatCannotBeStoredAtTheEndIsCountedAndGivenUp() {
        StubbornOutbox outbox = new StubbornOutbox();
        outbox.fail("No space left on device");
        Gateway gateway = start(builder(counter()).outbox(outbox));
        count(show("counter"), 1, 2, 3);
        gateway.close();
        assertThat(gateway.stats().waiting()).isZero();
        assertThat(gateway.stats().dropped())
                .isEqualTo(Map.of("to the outbox: the gateway was closed before they were taken", 3L));
        assertThat(events(DeviceEvent.Dropped.class)).hasSize(1);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aClosedGatewayAnswersAtOnce() {
        Gateway gateway = start(builder(counter()).commandPolicy(command -> Optional.empty()));
        show("counter");
        gateway.close();
        CompletableFuture<CommandResult> result = gateway.execute(command("c1")).toCompletableFuture();
        assertThat(result.join()).isEqualTo(new CommandResult.Refused("the gateway was closed", -1));
        assertThatThrownBy(() -> gateway.next(Mdc.MDC_ECG_HEART_RATE)
                        .toCompletableFuture()
                        .join())
                .hasRootCauseMessage("the gateway was closed");
    }

    @Test
    void aCommandFailsWhenItsSessionEndsAlthoughTheDriverSaysNothing() {
        Gateway gateway = start(builder(counting((context, octets) -> {})).commandPolicy(command -> Optional.empty()));
        LoopbackDevice device = show("scripted");
        CompletableFuture<CommandResult> result = gateway.execute(command("c1")).toCompletableFuture();
        clock.runUntilIdle();
        assertThat(result).isNotDone();
        device.loseLink("gone");
        clock.runUntilIdle();
        assertThatThrownBy(result::join).hasCauseInstanceOf(LinkException.class);
        assertThat(clock.waiting()).isEqualTo(1);
    }

    @Test
    void aDriverThatIsDegradedWhileItOpensIsNotCalledReady() {
        Gateway gateway = start(builder(new ScriptedDriver(context -> {
            context.degraded("the clock cannot be set");
            return CompletableFuture.completedFuture(ScriptedDriver.session());
        })));
        show("scripted");
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(gateway.devices().get(0).reason()).isEqualTo("the clock cannot be set");
    }

    @Test
    void theLastReasonOfADegradedSessionIsSaid() {
        List<DriverContext> contexts = new ArrayList<>();
        Gateway gateway = start(builder(new ScriptedDriver(context -> {
            contexts.add(context);
            return CompletableFuture.completedFuture(ScriptedDriver.session());
        })));
        show("scripted");
        contexts.get(0).degraded("one");
        contexts.get(0).degraded("two");
        contexts.get(0).degraded("two");
        assertThat(gateway.devices().get(0).reason()).isEqualTo("two");
        contexts.get(0).recovered();
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.READY);
        clock.runUntilIdle();
        assertThat(events(DeviceEvent.StateChanged.class)).hasSize(5);
    }

    @Test
    void aTaskOfADriverThatThrowsDegradesItsSession() {
        Gateway gateway = start(builder(new ScriptedDriver(context -> {
            context.after(Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("polling failed");
            });
            return CompletableFuture.completedFuture(ScriptedDriver.session());
        })));
        show("scripted");
        clock.advance(Duration.ofSeconds(1));
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.DEGRADED);
        assertThat(gateway.devices().get(0).reason()).isEqualTo("the driver failed: IllegalStateException");
    }

    @Test
    void theTimersOfADriverEndWithItsSession() {
        List<DriverContext> contexts = new ArrayList<>();
        start(builder(new ScriptedDriver(context -> {
            contexts.add(context);
            context.after(Duration.ofDays(1), () -> seen.add(ScriptedDriver.reading(context, 1)));
            return CompletableFuture.completedFuture(ScriptedDriver.session());
        })));
        LoopbackDevice device = show("scripted");
        transport.remove(device);
        clock.runUntilIdle();
        contexts.get(0).after(Duration.ofDays(1), () -> seen.add(ScriptedDriver.reading(contexts.get(0), 2)));
        assertThat(clock.waiting()).isEqualTo(1);
    }

    @Test
    void aGuardThatFailsRefusesTheFrameAndLeavesTheTransportAlone() {
        start(builder(counter()).guards(any -> Optional.of(new BrokenGuard())));
        LoopbackDevice device = show("counter");
        count(device, 1);
        assertThat(device.isConnected()).isTrue();
        assertThat(events(DeviceEvent.FrameRefused.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("IllegalStateException"));
    }

    @Test
    void aFloodOfSightingsWaitsAtTheTransport() {
        AtomicLong asked = new AtomicLong();
        List<Flow.Subscriber<? super Discovery>> subscribers = new ArrayList<>();
        Gateway gateway = builder(counter())
                .transport(new Seeing(subscribers, asked))
                .build()
                .start();
        Discovery discovery = discovery();
        for (int i = 0; i < 1_000_000 && asked.get() > 0; i++) {
            asked.decrementAndGet();
            subscribers.get(0).onNext(discovery);
        }
        assertThat(asked).hasValue(0);
        clock.runUntilIdle();
        assertThat(asked).hasPositiveValue();
        gateway.close();
    }

    private static Value value(int number) {
        return Value.Numeric.of(MedicalFloat.of(number, 0), Units.MDC_DIM_BEAT_PER_MIN);
    }

    private Discovery discovery() {
        return new Discovery("A1", Optional.empty(), Set.of("x"), Map.of(), OptionalInt.empty(), clock.instant());
    }

    /** A driver that is only asked whether it fits. */
    private abstract static class MatchOnly implements DeviceDriver {
        private final String id;

        MatchOnly(String id) {
            this.id = id;
        }

        @Override
        public DriverInfo info() {
            return new DriverInfo(id, "matches badly", "1", List.of(), List.of());
        }

        @Override
        public CompletionStage<DeviceSession> open(DriverContext context) {
            throw new AssertionError("it never fits");
        }
    }

    /** Opens links whose close does its work and then throws. */
    private record FailingToClose(LoopbackTransport real) implements Transport {
        @Override
        public Flow.Publisher<Discovery> discoveries() {
            return real.discoveries();
        }

        @Override
        public CompletionStage<Link> open(Discovery device) {
            return real.open(device).thenApply(FailingToClose::failing);
        }

        private static Link failing(Link link) {
            return (Link) Proxy.newProxyInstance(
                    Link.class.getClassLoader(), new Class<?>[] {Link.class}, (proxy, method, arguments) -> {
                        Object result = method.invoke(link, arguments);
                        if (method.getName().equals("close")) {
                            throw new IllegalStateException("close failed");
                        }
                        return result;
                    });
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /** Counts how many sightings it was asked for. */
    private record Seeing(List<Flow.Subscriber<? super Discovery>> subscribers, AtomicLong asked) implements Transport {
        @Override
        public Flow.Publisher<Discovery> discoveries() {
            return subscriber -> {
                subscribers.add(subscriber);
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        asked.addAndGet(n);
                    }

                    @Override
                    public void cancel() {}
                });
            };
        }

        @Override
        public CompletionStage<Link> open(Discovery device) {
            throw new AssertionError("no driver fits");
        }

        @Override
        public void close() {}
    }

    /** A guard whose cipher is gone. */
    private static final class BrokenGuard implements FrameGuard {
        @Override
        public byte[] seal(byte[] octets, byte[] associatedData) {
            return octets.clone();
        }

        @Override
        public byte[] open(byte[] frame, byte[] associatedData) {
            throw new IllegalStateException("the cipher is gone");
        }

        @Override
        public int overhead() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
