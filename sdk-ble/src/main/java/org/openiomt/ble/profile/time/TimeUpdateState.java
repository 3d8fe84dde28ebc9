package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Time Update State, characteristic {@code 0x2A17} of the Reference Time Update Service: whether a server asks its source for
 * the time, and how that ended last.
 *
 * <pre>
 * field   type   octets  present when  meaning
 * state   uint8  1       always        0 idle, 1 update pending; others kept as a raw code
 * result  uint8  1       always        0 to 5, see {@link Result}; others kept as a raw code
 * </pre>
 *
 * @param stateCode as sent, 0 to 255
 * @param resultCode as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/reference-time-update-service-1-0/">RTUS 1.0, 3.2</a>
 */
public record TimeUpdateState(int stateCode, int resultCode, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<TimeUpdateState> CODEC = Codec.of(TimeUpdateState::read, TimeUpdateState::write);

    private static final Codes<State> STATES = Codes.of("state", State.class, 0);
    private static final Codes<Result> RESULTS = Codes.of("result", Result.class, 0);

    /** What the server does, in the order of the codes. */
    public enum State {
        /** Nothing. */
        IDLE,
        /** It asks its source. */
        UPDATE_PENDING
    }

    /** How the last update ended, in the order of the codes. */
    public enum Result {
        /** The clock is set. */
        SUCCESSFUL,
        /** A client stopped it. */
        CANCELED,
        /** There was no way to the source. */
        NO_CONNECTION_TO_REFERENCE,
        /** The source answered with an error. */
        REFERENCE_RESPONDED_WITH_AN_ERROR,
        /** The source did not answer in time. */
        TIMEOUT,
        /** There was none since the server started. */
        UPDATE_NOT_ATTEMPTED_AFTER_RESET
    }

    /** Checks the ranges. */
    public TimeUpdateState {
        STATES.check(stateCode, remainder);
        RESULTS.check(resultCode, remainder);
    }

    /** Returns a state. */
    public static TimeUpdateState of(State state, Result result) {
        return new TimeUpdateState(STATES.code(state), RESULTS.code(result), Remainder.NONE);
    }

    /** Returns what the server does, or empty when the standard reserves the code. */
    public Optional<State> state() {
        return STATES.meaning(stateCode);
    }

    /** Returns how the last update ended, or empty when the standard reserves the code. */
    public Optional<Result> result() {
        return RESULTS.meaning(resultCode);
    }

    private static TimeUpdateState read(ByteReader in) {
        return new TimeUpdateState(STATES.read(in), RESULTS.read(in), in.remainder(0));
    }

    private static void write(TimeUpdateState value, ByteWriter out) {
        STATES.write(out, value.stateCode);
        RESULTS.write(out, value.resultCode);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("stateCode", stateCode)
                .put("state", state())
                .put("resultCode", resultCode)
                .put("result", result())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
