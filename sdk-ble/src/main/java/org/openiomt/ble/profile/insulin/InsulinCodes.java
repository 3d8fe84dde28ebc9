package org.openiomt.ble.profile.insulin;

import java.util.Locale;

/**
 * The tables of codes of the Insulin Delivery Service. Nearly all codes have a Hamming distance of 4 or more: no error of one, two
 * or three bits turns one into another.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS</a>
 */
public final class InsulinCodes {
    private InsulinCodes() {}

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether insulin is delivered for the therapy. */
    public enum TherapyControlState implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It is not; the pump can be configured. */
        STOP(0x33),
        /** It is not for a few minutes; what was missed is delivered afterwards. */
        PAUSE(0x3C),
        /** It is. */
        RUN(0x55);

        private final int code;

        TherapyControlState(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What the pump is doing. */
    public enum OperationalState implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It is switched off. */
        OFF(0x33),
        /** It saves energy. */
        STANDBY(0x3C),
        /** It prepares, such as after a change of the reservoir. */
        PREPARING(0x55),
        /** It fills the way from the reservoir to the body. */
        PRIMING(0x5A),
        /** It waits for somebody. */
        WAITING(0x66),
        /** It is ready for the therapy. */
        READY(0x96);

        private final int code;

        OperationalState(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What became of an annunciation. */
    public enum AnnunciationStatus implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It waits for somebody. */
        PENDING(0x33),
        /** It was noticed and comes back. */
        SNOOZED(0x3C),
        /** It was confirmed and is over. */
        CONFIRMED(0x55);

        private final int code;

        AnnunciationStatus(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What an annunciation is about. Codes from 0xF000 belong to manufacturers. */
    public enum AnnunciationType implements InsulinCode {
        /** The pump is faulty. */
        SYSTEM_ISSUE(0x000F),
        /** Its mechanics are faulty. */
        MECHANICAL_ISSUE(0x0033),
        /** The way to the body is blocked. */
        OCCLUSION_DETECTED(0x003C),
        /** Something is wrong with the reservoir. */
        RESERVOIR_ISSUE(0x0055),
        /** The reservoir is empty. */
        RESERVOIR_EMPTY(0x005A),
        /** The reservoir is nearly empty. */
        RESERVOIR_LOW(0x0066),
        /** Something is wrong with the priming. */
        PRIMING_ISSUE(0x0069),
        /** The infusion set is not connected to the pump. */
        INFUSION_SET_INCOMPLETE(0x0096),
        /** The infusion set is not connected to the body. */
        INFUSION_SET_DETACHED(0x0099),
        /** The power source is too weak. */
        POWER_SOURCE_INSUFFICIENT(0x00A5),
        /** The battery is empty. */
        BATTERY_EMPTY(0x00AA),
        /** The battery is low. */
        BATTERY_LOW(0x00C3),
        /** The battery is half full. */
        BATTERY_MEDIUM(0x00CC),
        /** The battery is full. */
        BATTERY_FULL(0x00F0),
        /** It is too hot or too cold. */
        TEMPERATURE_OUT_OF_RANGE(0x00FF),
        /** The air pressure is too high or too low. */
        AIR_PRESSURE_OUT_OF_RANGE(0x0303),
        /** A running bolus was canceled. */
        BOLUS_CANCELED(0x030C),
        /** The temporary basal rate has run its time. */
        TBR_OVER(0x0330),
        /** The temporary basal rate was canceled. */
        TBR_CANCELED(0x033F),
        /** The delivery has reached its limit. */
        MAX_DELIVERY(0x0356),
        /** The clock was never set, or was lost. */
        DATE_TIME_ISSUE(0x0359),
        /** A report of the temperature. */
        TEMPERATURE(0x0365);

        private final int code;

        AnnunciationType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** How a bolus is delivered. */
    public enum BolusType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** At once. */
        FAST(0x33),
        /** Over a time. */
        EXTENDED(0x3C),
        /** A part at once and the rest over a time. */
        MULTIWAVE(0x55);

        private final int code;

        BolusType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Who decided on a bolus. */
    public enum BolusActivationType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The person. */
        MANUAL(0x33),
        /** A calculator; the person confirmed. */
        RECOMMENDED(0x3C),
        /** A calculator; the person changed it. */
        MANUALLY_CHANGED_RECOMMENDED(0x55),
        /** A machine, without the person. */
        COMMANDED(0x5A);

        private final int code;

        BolusActivationType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Which amount of a bolus is asked for. */
    public enum BolusValueSelection implements InsulinCode {
        /** What shall be delivered. */
        PROGRAMMED(0x0F),
        /** What is left. */
        REMAINING(0x33),
        /** What was delivered. */
        DELIVERED(0x3C);

        private final int code;

        BolusValueSelection(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Why a bolus or a temporary basal rate ended. */
    public enum EndReason implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It has run its time. */
        PROGRAMMED_DURATION_OVER(0x33),
        /** Somebody canceled it. */
        CANCELED(0x3C),
        /** A fault ended it. */
        ERROR_ABORT(0x55);

        private final int code;

        EndReason(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Why a priming ended. */
    public enum PrimingEnd implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The person stopped it. */
        ABORTED_BY_USER(0x33),
        /** The amount was delivered. */
        PROGRAMMED_AMOUNT_REACHED(0x3C),
        /** A fault ended it. */
        ERROR_ABORT(0x55);

        private final int code;

        PrimingEnd(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** How a temporary basal rate is meant. */
    public enum TbrType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** As a rate in IU/h. */
        ABSOLUTE(0x33),
        /** As a factor of the basal rate. */
        RELATIVE(0x3C);

        private final int code;

        TbrType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Who set a basal rate. */
    public enum DeliveryContext implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The pump, or somebody at the pump. */
        DEVICE_BASED(0x33),
        /** Somebody with a remote control. */
        REMOTE_CONTROL(0x3C),
        /** A controller of an artificial pancreas. */
        ARTIFICIAL_PANCREAS_CONTROLLER(0x55);

        private final int code;

        DeliveryContext(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Which counter of the pump is asked for. */
    public enum CounterType implements InsulinCode {
        /** How long the pump may be used. */
        LIFETIME(0x0F),
        /** How long it is warranted. */
        WARRANTY_TIME(0x33),
        /** How long it is lent. */
        LOANER_TIME(0x3C),
        /** How long the insulin in the reservoir may be used. */
        RESERVOIR_INSULIN_OPERATION_TIME(0x55);

        private final int code;

        CounterType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Which side of a counter is asked for. */
    public enum CounterValueSelection implements InsulinCode {
        /** What is left. */
        REMAINING(0x0F),
        /** What has passed. */
        ELAPSED(0x33);

        private final int code;

        CounterValueSelection(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Why a reference time was recorded. */
    public enum RecordingReason implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The clock was set. */
        SET_DATE_TIME(0x33),
        /** It was time to. */
        PERIODIC_RECORDING(0x3C),
        /** The clock lost its time. */
        DATE_TIME_LOSS(0x55);

        private final int code;

        RecordingReason(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What kind of profile template was activated. */
    public enum ProfileTemplateType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** Basal rates. */
        BASAL_RATE(0x33),
        /** Insulin sensitivity factors. */
        INSULIN_SENSITIVITY(0x3C),
        /** Insulin to carbohydrate ratios. */
        INSULIN_TO_CARBOHYDRATE(0x55),
        /** Target glucose ranges. */
        TARGET_GLUCOSE_RANGE(0x5A);

        private final int code;

        ProfileTemplateType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What kind of template it is. */
    public enum TemplateType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** Basal rates. */
        BASAL_RATE_PROFILE(0x33),
        /** A temporary basal rate. */
        TBR(0x3C),
        /** A bolus. */
        BOLUS(0x55),
        /** Insulin sensitivity factors. */
        INSULIN_SENSITIVITY_PROFILE(0x5A),
        /** Insulin to carbohydrate ratios. */
        INSULIN_TO_CARBOHYDRATE_PROFILE(0x66),
        /** Target glucose ranges. */
        TARGET_GLUCOSE_RANGE_PROFILE(0x96);

        private final int code;

        TemplateType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** How a request to the status reader or the command control point went. */
    public enum Result implements InsulinCode {
        /** The pump did what was asked. */
        SUCCESS(0x0F),
        /** It does not know the op code. */
        OP_CODE_NOT_SUPPORTED(0x70),
        /** The operand is wrong for this op code. */
        INVALID_OPERAND(0x71),
        /** It could not end what it had begun. */
        PROCEDURE_NOT_COMPLETED(0x72),
        /** The operand is beyond its range. */
        PARAMETER_OUT_OF_RANGE(0x73),
        /** It cannot do that now. */
        PROCEDURE_NOT_APPLICABLE(0x74),
        /** The parts of a transaction do not fit each other. */
        PLAUSIBILITY_CHECK_FAILED(0x75),
        /** It runs as many boluses as it can. */
        MAXIMUM_BOLUS_NUMBER_REACHED(0x76);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What a record access message asks or answers. */
    public enum RecordOpCode implements InsulinCode {
        /** How a request went. */
        RESPONSE(0x0F),
        /** Send records. */
        REPORT(0x33),
        /** Delete records. */
        DELETE(0x3C),
        /** Stop what is running. */
        ABORT(0x55),
        /** Count records. */
        COUNT(0x5A),
        /** How many there are. */
        COUNT_ANSWER(0x66);

        private final int code;

        RecordOpCode(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Which records. */
    public enum RecordOperator implements InsulinCode {
        /** None. */
        NULL(0x0F),
        /** Every record. */
        ALL(0x33),
        /** Up to and with a maximum. */
        AT_MOST(0x3C),
        /** From and with a minimum. */
        AT_LEAST(0x55),
        /** From a minimum to a maximum, with both. */
        WITHIN(0x5A),
        /** The oldest. */
        FIRST(0x66),
        /** The newest. */
        LAST(0x69);

        private final int code;

        RecordOperator(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** Among which events. */
    public enum RecordFilter implements InsulinCode {
        /** All events. */
        SEQUENCE_NUMBER(0x0F),
        /** Reference time events. */
        REFERENCE_TIMES(0x33),
        /** All but reference time events. */
        OTHERS(0x3C);

        private final int code;

        RecordFilter(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }

    /** How a record access procedure went. */
    public enum RecordResult implements InsulinCode {
        /** It did what was asked. */
        SUCCESS(0xF0),
        /** It does not know the op code. */
        OP_CODE_NOT_SUPPORTED(0x02),
        /** The operator is wrong for this op code. */
        INVALID_OPERATOR(0x03),
        /** It does not know the operator. */
        OPERATOR_NOT_SUPPORTED(0x04),
        /** The operand is wrong for this operator. */
        INVALID_OPERAND(0x05),
        /** No record fits the request; a good answer. */
        NO_RECORDS_FOUND(0x06),
        /** It could not stop what was running. */
        ABORT_UNSUCCESSFUL(0x07),
        /** It could not end what it had begun. */
        PROCEDURE_NOT_COMPLETED(0x08),
        /** It does not know the filter. */
        OPERAND_NOT_SUPPORTED(0x09),
        /** It cannot do that now. */
        PROCEDURE_NOT_APPLICABLE(0x0A);

        private final int code;

        RecordResult(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Returns the name as words. */
        @Override
        public String toString() {
            return words(this);
        }
    }
}
