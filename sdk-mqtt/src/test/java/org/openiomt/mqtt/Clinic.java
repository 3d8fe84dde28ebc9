package org.openiomt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.openiomt.core.model.DeviceId;
import org.openiomt.mqtt.consume.Delivery;
import org.openiomt.mqtt.consume.DeliveryHandler;

/** An application that remembers what it got, device by device, and lets a test wait for it. */
final class Clinic implements DeliveryHandler {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final Map<DeviceId, List<Long>> readings = new LinkedHashMap<>();
    private int count;

    @Override
    public synchronized void take(Delivery delivery) {
        readings.computeIfAbsent(delivery.observation().device(), id -> new ArrayList<>())
                .add(Readings.numberOf(delivery.observation()));
        count++;
        notifyAll();
    }

    /** Waits until so many readings have come. */
    public synchronized void await(int expected) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (count < expected) {
            long left = end - System.nanoTime();
            assertThat(left)
                    .as("time to get %d readings, got %d", expected, count)
                    .isPositive();
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Returns how many readings have come. */
    public synchronized int count() {
        return count;
    }

    /** Returns what came from a device, in order. */
    public synchronized List<Long> of(DeviceId device) {
        return List.copyOf(readings.getOrDefault(device, List.of()));
    }

    /** Checks that each of the devices' readings from 1 to {@code last} came once, in order. */
    public void assertAllOnceInOrder(List<DeviceId> devices, long last) {
        List<Long> expected = LongStream.rangeClosed(1, last).boxed().toList();
        for (DeviceId device : devices) {
            assertThat(of(device)).as("readings of %s", device).isEqualTo(expected);
        }
    }

    /** Returns what completes with the first item that is as wanted, of those that come from now on. */
    public static <T> CompletableFuture<T> next(Flow.Publisher<? extends T> publisher, Predicate<T> wanted) {
        CompletableFuture<T> found = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<T>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {
                if (wanted.test(item)) {
                    found.complete(item);
                }
            }

            @Override
            public void onError(Throwable fault) {
                found.completeExceptionally(fault);
            }

            @Override
            public void onComplete() {
                found.completeExceptionally(new IllegalStateException("the stream has ended"));
            }
        });
        return found;
    }

    /** Waits until a counter that announces nothing is as wanted. */
    public static void until(String what, BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        Object nobody = new Object();
        synchronized (nobody) {
            while (!wanted.getAsBoolean()) {
                assertThat(System.nanoTime()).as("time until %s", what).isLessThan(end);
                TimeUnit.MILLISECONDS.timedWait(nobody, 5);
            }
        }
    }
}
