package org.openiomt.ble.virtual;

import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.core.spi.Channel;

/**
 * The ATT errors with which a service refuses to begin a procedure.
 *
 * @param notSubscribed while announcements are off that the procedure needs
 * @param inProgress while another procedure runs
 */
record ProcedureErrors(int notSubscribed, int inProgress) {
    /** Those that all newer services share. */
    static final ProcedureErrors COMMON =
            new ProcedureErrors(AttError.CCCD_IMPROPERLY_CONFIGURED, AttError.PROCEDURE_ALREADY_IN_PROGRESS);

    /** Those of Glucose, and in the same codes of Running and of Cycling Speed and Cadence. */
    static final ProcedureErrors OLDER = new ProcedureErrors(
            AttError.GLUCOSE_CCCD_IMPROPERLY_CONFIGURED, AttError.GLUCOSE_PROCEDURE_ALREADY_IN_PROGRESS);

    /** Returns those of the service of a control point. */
    static ProcedureErrors of(Channel controlPoint) {
        return new ProcedureErrors(
                AttError.code(controlPoint, AttMeaning.CCCD_IMPROPERLY_CONFIGURED),
                AttError.code(controlPoint, AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS));
    }
}
