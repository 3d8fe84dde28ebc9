package org.openiomt.ble.virtual;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinValue;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Codec;

/**
 * Counters and check sums of a pump's values, for each characteristic and direction; they begin anew with each connection. A
 * write whose counter is the one before, an older one or 0 is refused, so that no command is obeyed twice; a gap is taken, for
 * what was lost was not obeyed.
 */
final class PumpProtection {
    private static final int COUNTERS = 255;
    private static final int MOST_AHEAD = 127;

    private final InsulinContext context;

    // Guarded by this.
    private final Map<Channel, Integer> sent = new HashMap<>();
    private final Map<Channel, Integer> received = new HashMap<>();

    PumpProtection(E2eContext e2e) {
        context = InsulinContext.of(e2e);
    }

    InsulinContext context() {
        return context;
    }

    /** Forgets the counters. */
    synchronized void reset() {
        sent.clear();
        received.clear();
    }

    /** Returns the protection of the next value of a channel; none when the pump has no protection. */
    synchronized E2eCheck next(Channel channel) {
        return isProtected()
                ? E2eCheck.sound(sent.merge(channel, 1, (before, first) -> E2eCounter.after(before)))
                : E2eCheck.none();
    }

    /**
     * Decodes what was written, leniently.
     *
     * @throws RefusedException with the service's ATT error when check sum or counter are not right
     */
    synchronized <T extends InsulinValue> T accept(
            Channel channel, byte[] octets, Function<InsulinContext, Codec<T>> codecs) {
        T value = ProtectedWrite.decode(octets, context.e2e(), e2e -> codecs.apply(InsulinContext.of(e2e)));
        if (isProtected()) {
            count(channel, value.check().counter());
        }
        return value;
    }

    private void count(Channel channel, OptionalInt counter) {
        int now = counter.orElse(0);
        Integer before = received.get(channel);
        int ahead = before == null ? 1 : Math.floorMod(now - before, COUNTERS);
        if (now == 0 || ahead == 0 || ahead > MOST_AHEAD) {
            throw new RefusedException(AttError.INVALID_COUNTER, "the counter of a write is not ahead of the last");
        }
        received.put(channel, now);
    }

    private boolean isProtected() {
        return context.e2e().presence() == E2eContext.Presence.PRESENT;
    }
}
