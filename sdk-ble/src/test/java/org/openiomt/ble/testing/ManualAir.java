package org.openiomt.ble.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Transport;
import org.openiomt.testkit.ManualClock;

/** An air on a manual clock with one transport that looks into it. */
public final class ManualAir {
    /** Time. */
    public final ManualClock clock = new ManualClock();

    /** The air. */
    public final VirtualAir air = new VirtualAir(clock);

    /** Looks into it. */
    public final Transport transport = air.newTransport();

    /** Opens a link and waits, in the clock's time, until it is open. */
    public Link open(VirtualPeripheral peripheral) {
        return now(transport.open(seen(peripheral.address())));
    }

    /** Runs what can run now and returns the result, which must be there by then. */
    public <T> T now(CompletionStage<T> stage) {
        clock.runUntilIdle();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    /** Runs what can run now and returns the fault, which must be there by then. */
    public Throwable fault(CompletionStage<?> stage) {
        clock.runUntilIdle();
        return faultOf(stage);
    }

    public static Throwable faultOf(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("a failed stage gave a value");
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    public static Discovery seen(String address) {
        return new Discovery(
                address,
                Optional.empty(),
                Set.of(),
                Map.of(),
                OptionalInt.empty(),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Keeps what a publisher gives. */
    public static <T> List<T> collect(Flow.Publisher<T> publisher) {
        List<T> items = new ArrayList<>();
        publisher.subscribe(new Flow.Subscriber<T>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {
                items.add(item);
            }

            @Override
            public void onError(Throwable fault) {
                throw new AssertionError(fault);
            }

            @Override
            public void onComplete() {}
        });
        return items;
    }
}
