package org.openiomt.core.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Match;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the driver of a device: the highest score wins, a tie is an error that names the drivers. */
final class DriverMatcher {
    private static final Logger LOG = LoggerFactory.getLogger(DriverMatcher.class);

    private final List<Known> drivers;

    DriverMatcher(List<DeviceDriver> drivers) {
        this.drivers = drivers.stream()
                .map(driver -> new Known(driver, driver.info().id()))
                .toList();
    }

    /** A driver and its id, asked for once. */
    record Known(DeviceDriver driver, String id) {}

    /**
     * The outcome.
     *
     * @param driver the driver, when one fits best
     * @param reason why it fits, or why none was chosen
     */
    record Choice(Optional<Known> driver, String reason) {}

    private record Candidate(Known driver, Match match) {}

    Choice choose(Discovery discovery) {
        List<Candidate> fitting = new ArrayList<>();
        for (Known driver : drivers) {
            Match match = match(driver, discovery);
            if (match.score() > 0) {
                fitting.add(new Candidate(driver, match));
            }
        }
        if (fitting.isEmpty()) {
            return new Choice(Optional.empty(), "none of " + drivers.size() + " drivers fits");
        }
        fitting.sort(Comparator.comparingInt((Candidate c) -> c.match().score()).reversed());
        Candidate best = fitting.get(0);
        if (fitting.size() > 1 && fitting.get(1).match().score() == best.match().score()) {
            return new Choice(
                    Optional.empty(),
                    "drivers " + best.driver().id() + " and "
                            + fitting.get(1).driver().id() + " fit equally well (score "
                            + best.match().score() + ")");
        }
        return new Choice(Optional.of(best.driver()), best.match().reason());
    }

    /** A driver that fails to match fits nothing; the others are still asked. */
    private static Match match(Known known, Discovery discovery) {
        try {
            return Objects.requireNonNull(known.driver().match(discovery), "the match");
        } catch (Throwable e) {
            LOG.warn("driver {} failed while matching", known.id(), e);
            return Match.NONE;
        }
    }
}
