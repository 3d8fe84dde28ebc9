package org.openiomt.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Transport;

/**
 * A way from straps to an application: a transport, a gateway, and a callback that counts what comes and knows what must come next.
 * One thread sends.
 */
final class Way implements AutoCloseable {
    private static final String STRAP = "strap-";
    private static final int NUMBERS = 60_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SESSION_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HEARING_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Lets a strap announce. */
    @FunctionalInterface
    interface Announcing {
        void announce(int strap, byte[] octets);
    }

    private final String name;
    private final Announcing announcing;
    private final String threads;
    private final Gateway gateway;
    private final Map<String, Integer> straps = new HashMap<>();
    private final int[] sent;
    private final int[] received; // an element only by the callbacks of its device, which come one at a time
    private final AtomicLong heard = new AtomicLong();
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

    /**
     * Begins.
     *
     * @param transport closed with the gateway
     * @param devices the addresses of the straps
     * @param threads how the names of the transport's threads begin
     */
    Way(String name, Transport transport, List<String> devices, Announcing announcing, String threads) {
        this.name = name;
        this.announcing = announcing;
        this.threads = threads;
        for (String device : devices) {
            straps.put(device, straps.size());
        }
        sent = new int[devices.size()];
        received = new int[devices.size()];
        gateway = Gateway.builder()
                .transport(transport)
                .deviceIds(seen -> DeviceId.of(STRAP + straps.get(seen.address())))
                .build();
        gateway.onObservation(this::heard).start();
    }

    String name() {
        return name;
    }

    String threads() {
        return threads;
    }

    /** Returns how many readings came. */
    long heard() {
        return heard.get();
    }

    /** Lets a strap announce its next number. */
    void send(int strap) {
        announcing.announce(strap, Notifications.measurement(number(sent[strap]++)));
    }

    /** Waits until there is a session with every strap; {@code look} makes them seen, again and again. */
    void awaitSessions(Runnable look) {
        await("sessions", SESSION_LOOK_NANOS, () -> {
            boolean isReady = gateway.devices().stream()
                            .filter(one -> one.state() == DeviceState.READY)
                            .count()
                    == straps.size();
            if (!isReady) {
                look.run();
            }
            return isReady;
        });
    }

    /** Waits until so many readings have been heard since the beginning, each in its turn. */
    void awaitHeard(long count) {
        await(count + " readings", HEARING_LOOK_NANOS, () -> heard.get() >= count);
    }

    @Override
    public void close() {
        gateway.close();
    }

    /** Looks from time to time whether something is so; fails when it is not in time, or a reading came out of its turn. */
    private void await(String what, long lookNanos, BooleanSupplier isSo) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isSo.getAsBoolean() && fault.get() == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(name + ": waited in vain for " + what + "; heard " + heard);
            }
            LockSupport.parkNanos(lookNanos);
        }
        String wrong = fault.get();
        if (wrong != null) {
            throw new IllegalStateException(name + ": " + wrong);
        }
    }

    private void heard(Observation observation) {
        if (!observation.type().equals(Mdc.MDC_ECG_HEART_RATE)) {
            return;
        }
        int strap = Integer.parseInt(observation.device().value().substring(STRAP.length()));
        long number = observation
                .quantity(Mdc.MDC_ECG_HEART_RATE)
                .orElseThrow()
                .value()
                .mantissa();
        int expected = number(received[strap]++);
        if (number != expected) {
            fault.compareAndSet(null, "strap " + strap + ": expected reading " + expected + ", but got " + number);
        }
        heard.incrementAndGet();
    }

    /** Returns what the reading at this place of a strap's says; no heart rate of 0, which says nothing. */
    private static int number(int place) {
        return 1 + place % NUMBERS;
    }
}
