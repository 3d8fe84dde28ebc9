package org.openiomt.ble.procedure;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.core.wire.Codec;

/**
 * What differs between the control points of services; {@link ControlPointForms} has those of the standard. Holds no state.
 *
 * @param <M> the messages of the control point, requests and answers
 */
public interface ControlPointForm<M> {
    /** Returns what reads and writes a message, check sum included. */
    Codec<M> codec();

    /** Returns what a message says about a request, or empty when it answers another one, or none. */
    Optional<Verdict> verdict(M request, M message);

    /**
     * Puts the counter of end-to-end protection into a request; the check sum is the codec's.
     *
     * @param counter gives the next counter, 1 to 255; not called for a device that does not count
     */
    default M counted(M request, IntSupplier counter) {
        return request;
    }

    /** Returns what the end-to-end protection of a message says. */
    default E2eCheck check(M message) {
        return E2eCheck.none();
    }
}
