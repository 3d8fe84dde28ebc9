package org.openiomt.mqtt.consume;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;

/** What was taken, in memory. The source that has been silent for longest is forgotten first. */
final class ReceivedMemory implements ReceivedLog {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final int devices;
    private final int idsPerDevice;
    private final Map<Source, Taken> sources = new LinkedHashMap<>(16, 0.75f, true);

    /** What was taken of one source. */
    static final class Taken {
        private final SeenIds ids;
        private final Map<Lane, SeenNumbers> numbers = new EnumMap<>(Lane.class);

        Taken(int idsPerDevice) {
            ids = new SeenIds(idsPerDevice);
            for (Lane lane : Lane.values()) {
                numbers.put(lane, new SeenNumbers());
            }
        }

        SeenIds ids() {
            return ids;
        }

        SeenNumbers numbers(Lane lane) {
            return Objects.requireNonNull(numbers.get(lane));
        }
    }

    ReceivedMemory(int devices, int idsPerDevice) {
        if (devices < 1 || idsPerDevice < 1) {
            throw new IllegalArgumentException(
                    "at least 1 device and 1 id are remembered, but got " + devices + " and " + idsPerDevice);
        }
        this.devices = devices;
        this.idsPerDevice = idsPerDevice;
    }

    @Override
    public synchronized Known known(Delivery delivery) {
        Taken taken = sources.get(delivery.source());
        if (taken == null) {
            return Known.NOTHING;
        }
        SeenNumbers numbers = taken.numbers(delivery.lane());
        if (taken.ids().contains(delivery.observation().id())) {
            return Known.TAKEN;
        }
        if (numbers.isForgotten(delivery.epoch())) {
            return Known.TOO_OLD;
        }
        return numbers.contains(delivery.epoch(), delivery.sequence()) ? Known.TAKEN : Known.NOTHING;
    }

    @Override
    public synchronized Optional<SequenceNumber> last(Source source, Lane lane) {
        return Optional.ofNullable(sources.get(source))
                .flatMap(taken -> taken.numbers(lane).last());
    }

    @Override
    public synchronized CompletionStage<Void> remember(Delivery delivery) {
        add(
                delivery.source(),
                delivery.lane(),
                delivery.epoch(),
                delivery.sequence(),
                delivery.observation().id());
        return DONE;
    }

    /** Adds what was taken. */
    synchronized void add(Source source, Lane lane, long epoch, long sequence, ObservationId id) {
        Taken taken = of(source);
        taken.ids().add(id);
        taken.numbers(lane).add(epoch, sequence);
    }

    /** Returns what was taken of a source; used by whoever has the memory to itself. */
    synchronized Taken of(Source source) {
        Taken taken = sources.computeIfAbsent(source, key -> new Taken(idsPerDevice));
        if (sources.size() > devices) {
            Iterator<Taken> oldest = sources.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return taken;
    }

    /** Returns all that is known, the source that has been silent for longest first; used under this object's lock. */
    Map<Source, Taken> sources() {
        return sources;
    }

    @Override
    public void close() {}
}
