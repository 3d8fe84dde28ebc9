package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.openiomt.ble.driver.GlucoseDriver;
import org.openiomt.ble.driver.HeartRateDriver;
import org.openiomt.ble.driver.ThermometerDriver;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.DeviceDriver;

/** An application on a stage: a gateway, and all that it delivers. */
final class Ward implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final Stage stage;
    private final Gateway gateway;

    // Guarded by this.
    private final Map<Code, List<Observation>> delivered = new HashMap<>();
    private final Map<DeviceId, DeviceState> states = new HashMap<>();
    private final List<DeviceEvent> events = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(BooleanSupplier isSo, CompletableFuture<Void> done) {}

    /**
     * Opens every device of these services.
     *
     * @param drivers the usual ones when there is none
     */
    Ward(Stage stage, Set<String> services, DeviceDriver... drivers) {
        this.stage = stage;
        Gateway.Builder builder = Gateway.builder()
                .transport(stage.transport())
                .scheduler(stage.scheduler())
                .backoff(PAUSES)
                .random(new Random(1))
                .filter(device -> services.stream().anyMatch(device::offers));
        List<DeviceDriver> usual = List.of(new GlucoseDriver(), new HeartRateDriver(), new ThermometerDriver());
        (drivers.length == 0 ? usual : List.of(drivers)).forEach(builder::driver);
        gateway = builder.build()
                .onObservation(this::observed)
                .onEvent(this::happened)
                .start();
    }

    /** Waits until this number of devices is ready. */
    void awaitReady(int devices) {
        await(
                "devices that are ready",
                () -> states.values().stream().filter(DeviceState.READY::equals).count() == devices);
    }

    /** Waits until no device is ready. */
    void awaitLost() {
        awaitReady(0);
    }

    /** Waits for observations of a type, and returns them all. */
    List<Observation> await(Code type, int count) {
        await(
                count + " observations",
                () -> delivered.getOrDefault(type, List.of()).size() >= count);
        return delivered(type);
    }

    synchronized List<Observation> delivered(Code type) {
        return List.copyOf(delivered.getOrDefault(type, List.of()));
    }

    /** Returns the digits of numbers, or of the first parts of compounds. */
    static List<Long> digits(List<Observation> observations) {
        return observations.stream()
                .map(Observation::value)
                .map(value -> value instanceof Value.Compound whole
                        ? whole.components().get(0).value()
                        : value)
                .map(value -> ((Value.Numeric) value).quantity().value().mantissa())
                .map(Long::valueOf)
                .toList();
    }

    private void await(String what, BooleanSupplier isSo) {
        Waiting one = new Waiting(isSo, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(one);
            look();
        }
        assertThat(stage.scheduler().await(one.done, PATIENCE))
                .as(() -> "waited in vain for " + what + "; " + this)
                .isTrue();
    }

    private synchronized void observed(Observation observation) {
        delivered.computeIfAbsent(observation.type(), any -> new ArrayList<>()).add(observation);
        look();
    }

    private synchronized void happened(DeviceEvent event) {
        events.add(event);
        if (event instanceof DeviceEvent.StateChanged change) {
            states.put(change.device(), change.to());
        }
        look();
    }

    private void look() {
        for (Waiting one : new HashSet<>(waiting)) {
            if (one.isSo.getAsBoolean()) {
                waiting.remove(one);
                one.done.complete(null);
            }
        }
    }

    @Override
    public synchronized String toString() {
        return "states " + states + ", events " + events;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
