package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.Optional;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.core.model.CommandResult;

/**
 * How a procedure of a control point ended. A refusal is an answer, not a fault; only a broken link fails the stage.
 *
 * @param <A> the messages of the control point
 */
public sealed interface Outcome<A> {
    /**
     * The device did what was asked.
     *
     * @param answer its answer
     * @param values how many values of {@link ControlPointClient#listen} came since the request
     */
    record Answered<A>(A answer, int values) implements Outcome<A> {}

    /**
     * The procedure was stopped by {@link ControlPointClient#abort}.
     *
     * @param values how many values came until then; more may follow
     */
    record Aborted<A>(int values) implements Outcome<A> {}

    /**
     * Somebody said no.
     *
     * @param by who
     * @param code the response code, the ATT error, or -1 when it was us
     * @param reason why, for a person
     * @param meaning what an ATT error means on this control point; empty when it is not known, and for other refusals
     * @param answer the answer that said so, which may explain it; empty when there was none
     */
    record Refused<A>(RefusedBy by, int code, String reason, Optional<AttMeaning> meaning, Optional<A> answer)
            implements Outcome<A> {}

    /**
     * The device fell silent. It may have done what was asked, in part or whole.
     *
     * @param after how long nothing came
     * @param values how many values came until then
     */
    record NoAnswer<A>(Duration after, int values) implements Outcome<A> {}

    /**
     * The device sent values without end.
     *
     * @param after how long we listened
     * @param values how many came until then
     */
    record Endless<A>(Duration after, int values) implements Outcome<A> {}

    /** Returns the answer of a device that did what was asked. */
    default Optional<A> answered() {
        return this instanceof Answered<A> answered ? Optional.of(answered.answer) : Optional.empty();
    }

    /** Returns why the device did not do what was asked, for a person; empty when it did. */
    default Optional<String> failure() {
        if (this instanceof Answered) {
            return Optional.empty();
        }
        if (this instanceof Refused<A> refused) {
            return Optional.of(refused.reason);
        }
        if (this instanceof NoAnswer<A> silence) {
            return Optional.of("no answer within " + silence.after.toSeconds() + " s");
        }
        if (this instanceof Endless<A> flood) {
            return Optional.of("no end within " + flood.after.toSeconds() + " s");
        }
        if (this instanceof Aborted) {
            return Optional.of("aborted");
        }
        throw new AssertionError(this);
    }

    /** Returns what is told to whom asked for it by a command. */
    default CommandResult commandResult() {
        if (this instanceof Answered) {
            return new CommandResult.Done();
        }
        if (this instanceof NoAnswer<A> silence) {
            return new CommandResult.NoAnswer(silence.after);
        }
        if (this instanceof Endless<A> flood) {
            return new CommandResult.NoAnswer(flood.after);
        }
        if (this instanceof Refused<A> refused) {
            return new CommandResult.Refused(refused.reason, refused.code);
        }
        if (this instanceof Aborted) {
            return new CommandResult.Refused("aborted", -1);
        }
        throw new AssertionError(this);
    }
}
