package org.openiomt.ble.fuzz;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;

/** What must hold of whatever comes out of a target. */
final class Findings {
    static final Instant RECEIVED_AT = Instant.parse("2024-06-23T12:35:12Z");
    static final Arrival ARRIVAL =
            Arrival.of(DeviceId.of("device-1"), RECEIVED_AT, 1, ClockState.UNKNOWN, Subjects.UNKNOWN);

    private Findings() {}

    static void requireSame(String what, byte[] actual, byte[] expected) {
        if (!Arrays.equals(actual, expected)) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(actual) + ", but expected "
                    + HexFormat.of().formatHex(expected));
        }
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Sees that every observation can be stored, read again and shown, and hides its content. */
    static void observed(List<Observation> observations) {
        for (Observation observation : observations) {
            Observation again = ObservationCbor.decode(ObservationCbor.encode(observation));
            require(again.equals(observation), "an observation is not the same after it was stored");
            require(!ObservationText.line(observation).isEmpty(), "an observation has no text");
        }
        for (Observation one : observations) {
            for (Observation other : observations) {
                require(
                        !one.id().equals(other.id()) || one.equals(other),
                        "two different observations of one value have the same id");
            }
        }
    }
}
