package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.Optional;
import org.openiomt.ble.gatt.AttMeaning;

/** How a record access procedure ended. A refusal is an answer, not a fault; only a broken link fails the stage. */
public sealed interface RecordOutcome {
    /**
     * The device did what was asked.
     *
     * @param records how many records came since the request
     */
    record Done(int records) implements RecordOutcome {}

    /** The device has no record that fits; a good answer. */
    record NoRecords() implements RecordOutcome {}

    /**
     * The device counted.
     *
     * @param records how many records fit, 0 to 4,294,967,295
     */
    record Count(long records) implements RecordOutcome {}

    /**
     * The procedure was stopped by {@link RecordAccess#abort}.
     *
     * @param records how many records came until then; more may follow and are delivered
     */
    record Aborted(int records) implements RecordOutcome {}

    /**
     * Somebody said no.
     *
     * @param by who
     * @param code the response code, the ATT error, or -1 when it was us
     * @param reason why, for a person
     * @param meaning what an ATT error means on this control point; empty when it is not known, and for other refusals
     */
    record Refused(RefusedBy by, int code, String reason, Optional<AttMeaning> meaning) implements RecordOutcome {
        /** Makes a refusal that is no ATT error. */
        public Refused(RefusedBy by, int code, String reason) {
            this(by, code, reason, Optional.empty());
        }
    }

    /**
     * The device fell silent. It may have done what was asked, in part or whole.
     *
     * @param after how long nothing came
     * @param records how many records came until then
     */
    record NoAnswer(Duration after, int records) implements RecordOutcome {}

    /**
     * The device sent records without end.
     *
     * @param after how long we listened
     * @param records how many came until then
     */
    record Endless(Duration after, int records) implements RecordOutcome {}
}
