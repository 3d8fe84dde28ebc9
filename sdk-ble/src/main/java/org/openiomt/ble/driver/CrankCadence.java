package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Observation;

/** The cadence of a crank, which comes of two values in a row: keeps the one before, of one session. */
final class CrankCadence {
    private Optional<Revolutions> last = Optional.empty();
    private Instant lastAt = Instant.EPOCH;

    /** Returns the cadence since the value before; empty for the first one, and where the sensor does not count or cannot say. */
    List<Observation> next(Optional<Revolutions> crank, Arrival arrival) {
        Optional<Revolutions> earlier = last;
        Duration between = Duration.between(lastAt, arrival.receivedAt());
        last = crank;
        lastAt = arrival.receivedAt();
        return earlier.flatMap(then -> crank.flatMap(now -> now.since(then, between)))
                .map(turned -> SportObservations.of(turned, arrival))
                .orElseGet(List::of);
    }
}
