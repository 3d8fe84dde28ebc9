package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/*
 * The steady time of a file outbox. It goes on where the run before has ended, by a number in a file of its own; after a crash up to
 * a minute is counted again. Without a bound of age there is no file, and the time of this run alone is counted.
 */
final class AgeClock implements Closeable {
    private static final String FILE = "age";
    private static final long NOTED_EVERY = Duration.ofMinutes(1).toMillis();

    private final SteadyTime time;
    private final @Nullable DurableNumber number;

    private AgeClock(SteadyTime time, @Nullable DurableNumber number) {
        this.time = time;
        this.number = number;
    }

    static AgeClock open(
            Path directory, Storage storage, FileOutbox.Options options, Collection<LaneRecovery.Opened> lanes)
            throws IOException {
        long passed = 0;
        boolean isBounded = false;
        for (LaneRecovery.Opened lane : lanes) {
            passed = Math.max(passed, lane.index().youngest());
            isBounded |= options.bounds().of(lane.lane()).age().isPresent();
        }
        boolean isThere = storage.list(directory).contains(FILE);
        @Nullable DurableNumber number = null;
        if (isBounded || isThere) {
            number = DurableNumber.open(storage, directory.resolve(FILE), isThere);
            passed = Math.max(passed, number.value().orElse(0));
        }
        AgeClock made = new AgeClock(new SteadyTime(options.clock(), passed), number);
        long known = passed;
        lanes.forEach(lane -> lane.index().age(known));
        return made;
    }

    /** Looks at the clock; any thread may. */
    long millis() {
        return time.millis();
    }

    /** Notes how much has passed, now and then; for the writer's thread. */
    void note() throws IOException {
        if (number != null && time.millis() - number.value().orElse(0) >= NOTED_EVERY) {
            number.write(time.millis());
        }
    }

    @Override
    public void close() throws IOException {
        if (number != null) {
            try {
                number.write(time.millis());
                number.force();
            } finally {
                number.close();
            }
        }
    }
}
