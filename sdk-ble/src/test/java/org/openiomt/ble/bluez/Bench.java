package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.testkit.ManualClock;

/** A transport, a bus in memory, a BlueZ, and a device with a battery and a glucose service; time stands still. */
final class Bench implements AutoCloseable {
    static final String ADDRESS = "00:AA:01:01:00:01";
    static final Channel BATTERY = Channel.of("180f/2a19");
    static final Channel MEASUREMENT = Channel.of("1808/2a18");
    static final Channel CONTROL = Channel.of("1808/2a52");

    final ManualClock clock = new ManualClock();
    final FakeBluez bluez = new FakeBluez();
    final FakeBus bus = new FakeBus(clock, bluez);
    final FakeDevice device = bluez.device(ADDRESS, "Meter");
    final String battery;
    final String measurement;
    final String control;
    final BluezTransport transport;

    Bench() {
        this(BluezSettings.DEFAULT);
    }

    Bench(BluezSettings settings) {
        device.service("180f");
        battery = device.characteristic("2a19", "read", "notify");
        device.service("1808");
        measurement = device.characteristic("2a18", "notify");
        control = device.characteristic("2a52", "write", "write-without-response", "indicate");
        transport = BluezTransport.of(settings, clock, bus);
    }

    static Discovery discovery(String address) {
        return new Discovery(
                address, Optional.empty(), Set.of(), Map.of(), OptionalInt.empty(), new ManualClock().instant());
    }

    /** Opens a link to the device, which advertises. */
    Link open() {
        device.advertise();
        return get(transport.open(discovery(ADDRESS)));
    }

    /** Waits in manual time. */
    <T> T get(CompletionStage<T> stage) {
        if (!clock.await(stage, Duration.ofMinutes(5))) {
            throw new AssertionError("nothing within five minutes");
        }
        return stage.toCompletableFuture().join();
    }

    /** Returns why a stage fails. */
    Throwable fault(CompletionStage<?> stage) {
        try {
            get(stage);
        } catch (CompletionException e) {
            return BluezFaults.unwrapped(e);
        }
        throw new AssertionError("expected a fault");
    }

    /** Returns the fault that the transport gives a name. */
    BluezFault kind(CompletionStage<?> stage) {
        Throwable fault = fault(stage);
        if (fault instanceof BluezException known) {
            return known.fault();
        }
        throw new AssertionError("not a fault with a name", fault);
    }

    Sightings watch() {
        Sightings sightings = new Sightings();
        transport.discoveries().subscribe(sightings);
        clock.runUntilIdle();
        return sightings;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Keeps what it sees. */
    static final class Sightings implements Flow.Subscriber<Discovery> {
        final List<Discovery> seen = new ArrayList<>();
        boolean isComplete;
        private Flow.@Nullable Subscription subscription;

        void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Discovery item) {
            seen.add(item);
        }

        @Override
        public void onError(Throwable throwable) {
            throw new AssertionError(throwable);
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }
}
