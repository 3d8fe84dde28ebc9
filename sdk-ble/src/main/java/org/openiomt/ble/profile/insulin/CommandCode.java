package org.openiomt.ble.profile.insulin;

import java.util.function.Function;

/** The op codes of the IDD Command Control Point and of IDD Command Data, with the operand that each carries. */
public enum CommandCode implements InsulinCode {
    /** How a request went. */
    RESPONSE(0x0F55, Operand.RESPONSE),
    /** Starts, pauses or stops the therapy. */
    SET_THERAPY_CONTROL_STATE(0x0F5A, Operand.THERAPY),
    /** Switches the radio off. */
    SET_FLIGHT_MODE(0x0F66, Operand.NONE),
    /** Lets an annunciation come back later. */
    SNOOZE_ANNUNCIATION(0x0F69, Operand.ID),
    /** The annunciation comes back later. */
    SNOOZED_ANNUNCIATION(0x0F96, Operand.ID),
    /** Confirms an annunciation. */
    CONFIRM_ANNUNCIATION(0x0F99, Operand.ID),
    /** The annunciation is confirmed. */
    CONFIRMED_ANNUNCIATION(0x0FA5, Operand.ID),
    /** Asks for a profile of basal rates. */
    READ_BASAL_RATE_PROFILE(0x0FAA, Operand.TEMPLATE),
    /** Blocks of a profile of basal rates, IU/h. */
    BASAL_RATE_PROFILE(0x0FC3, Operand.BLOCKS),
    /** Blocks of a profile of basal rates, IU/h. */
    WRITE_BASAL_RATE_PROFILE(0x0FCC, Operand.WRITE_BLOCKS),
    /** The blocks were taken. */
    WROTE_BASAL_RATE_PROFILE(0x0FF0, Operand.WROTE),
    /** Sets a temporary basal rate. */
    SET_TBR_ADJUSTMENT(0x0FFF, Operand.TBR),
    /** Cancels the temporary basal rate. */
    CANCEL_TBR_ADJUSTMENT(0x1111, Operand.NONE),
    /** Asks for a template of a temporary basal rate. */
    GET_TBR_TEMPLATE(0x111E, Operand.TEMPLATE),
    /** A template of a temporary basal rate. */
    TBR_TEMPLATE(0x1122, Operand.TBR_TEMPLATE),
    /** Sets a template of a temporary basal rate. */
    SET_TBR_TEMPLATE(0x112D, Operand.TBR_TEMPLATE),
    /** The template was taken. */
    TBR_TEMPLATE_SET(0x1144, Operand.TEMPLATE),
    /** Sets a bolus. */
    SET_BOLUS(0x114B, Operand.BOLUS),
    /** The bolus was taken; its number. */
    BOLUS_SET(0x1177, Operand.ID),
    /** Cancels a bolus. */
    CANCEL_BOLUS(0x1178, Operand.ID),
    /** The bolus was canceled. */
    BOLUS_CANCELED(0x1187, Operand.ID),
    /** Asks which boluses can be set now. */
    GET_AVAILABLE_BOLUSES(0x1188, Operand.NONE),
    /** Which boluses can be set now. */
    AVAILABLE_BOLUSES(0x11B4, Operand.AVAILABLE),
    /** Asks for a template of a bolus. */
    GET_BOLUS_TEMPLATE(0x11BB, Operand.TEMPLATE),
    /** A template of a bolus. */
    BOLUS_TEMPLATE(0x11D2, Operand.BOLUS_TEMPLATE),
    /** Sets a template of a bolus. */
    SET_BOLUS_TEMPLATE(0x11DD, Operand.BOLUS_TEMPLATE),
    /** The template was taken. */
    BOLUS_TEMPLATE_SET(0x11E1, Operand.TEMPLATE),
    /** Asks which templates there are. */
    GET_TEMPLATE_STATUS_AND_DETAILS(0x11EE, Operand.NONE),
    /** Which templates of one kind there are. */
    TEMPLATE_STATUS_AND_DETAILS(0x1212, Operand.TEMPLATE_STATUS),
    /** Clears templates. */
    RESET_TEMPLATE_STATUS(0x121D, Operand.TEMPLATES),
    /** The templates were cleared. */
    TEMPLATE_STATUS_RESET(0x1221, Operand.TEMPLATES),
    /** Activates templates. */
    ACTIVATE_PROFILE_TEMPLATES(0x122E, Operand.TEMPLATES),
    /** The templates were activated. */
    PROFILE_TEMPLATES_ACTIVATED(0x1247, Operand.TEMPLATES),
    /** Asks which templates are active. */
    GET_ACTIVATED_PROFILE_TEMPLATES(0x1248, Operand.NONE),
    /** Which templates are active. */
    ACTIVATED_PROFILE_TEMPLATES(0x1274, Operand.TEMPLATES),
    /** Starts priming, IU. */
    START_PRIMING(0x127B, Operand.AMOUNT),
    /** Stops priming. */
    STOP_PRIMING(0x1284, Operand.NONE),
    /** Tells the content of the reservoir, IU. */
    SET_INITIAL_RESERVOIR_FILL_LEVEL(0x128B, Operand.AMOUNT),
    /** Clears how long the insulin was in use. */
    RESET_RESERVOIR_INSULIN_OPERATION_TIME(0x12B7, Operand.NONE),
    /** Asks for a profile of insulin sensitivity factors. */
    READ_SENSITIVITY_PROFILE(0x12B8, Operand.TEMPLATE),
    /** Blocks of a profile of insulin sensitivity factors. */
    SENSITIVITY_PROFILE(0x12D1, Operand.BLOCKS),
    /** Blocks of a profile of insulin sensitivity factors. */
    WRITE_SENSITIVITY_PROFILE(0x12DE, Operand.WRITE_BLOCKS),
    /** The blocks were taken. */
    WROTE_SENSITIVITY_PROFILE(0x12E2, Operand.WROTE),
    /** Asks for a profile of insulin to carbohydrate ratios. */
    READ_CARBOHYDRATE_PROFILE(0x12ED, Operand.TEMPLATE),
    /** Blocks of a profile of insulin to carbohydrate ratios. */
    CARBOHYDRATE_PROFILE(0x1414, Operand.BLOCKS),
    /** Blocks of a profile of insulin to carbohydrate ratios. */
    WRITE_CARBOHYDRATE_PROFILE(0x141B, Operand.WRITE_BLOCKS),
    /** The blocks were taken. */
    WROTE_CARBOHYDRATE_PROFILE(0x1427, Operand.WROTE),
    /** Asks for a profile of target glucose ranges. */
    READ_TARGET_RANGE_PROFILE(0x1428, Operand.TEMPLATE),
    /** Blocks of a profile of target glucose ranges, mg/dL. */
    TARGET_RANGE_PROFILE(0x1441, Operand.RANGES),
    /** Blocks of a profile of target glucose ranges, mg/dL. */
    WRITE_TARGET_RANGE_PROFILE(0x144E, Operand.WRITE_RANGES),
    /** The blocks were taken. */
    WROTE_TARGET_RANGE_PROFILE(0x1472, Operand.WROTE),
    /** Asks for the most that a bolus may be. */
    GET_MAX_BOLUS_AMOUNT(0x147D, Operand.NONE),
    /** The most that a bolus may be, IU. */
    MAX_BOLUS_AMOUNT(0x1482, Operand.AMOUNT),
    /** Sets the most that a bolus may be, IU. */
    SET_MAX_BOLUS_AMOUNT(0x148D, Operand.AMOUNT);

    /** What follows a code. */
    @SuppressWarnings("ImmutableEnumChecker") // a Layout is a class and a method
    enum Operand {
        NONE(Empty.class, in -> new Empty()),
        RESPONSE(CommandMessage.Response.class, CommandMessage.Response::read),
        THERAPY(CommandMessage.Therapy.class, CommandMessage.Therapy::read),
        ID(CommandMessage.Instance.class, CommandMessage.Instance::read),
        TEMPLATE(CommandMessage.Template.class, CommandMessage.Template::read),
        TEMPLATES(CommandMessage.Templates.class, CommandMessage.Templates::read),
        BLOCKS(CommandData.Blocks.class, in -> CommandData.Blocks.read(in, false)),
        RANGES(CommandData.Blocks.class, in -> CommandData.Blocks.read(in, true)),
        WRITE_BLOCKS(CommandMessage.WriteBlocks.class, in -> CommandMessage.WriteBlocks.read(in, false)),
        WRITE_RANGES(CommandMessage.WriteBlocks.class, in -> CommandMessage.WriteBlocks.read(in, true)),
        WROTE(CommandMessage.Wrote.class, CommandMessage.Wrote::read),
        TBR(CommandMessage.SetTemporaryRate.class, CommandMessage.SetTemporaryRate::read),
        TBR_TEMPLATE(TemporaryRateTemplate.class, TemporaryRateTemplate::read),
        BOLUS(CommandMessage.SetBolus.class, CommandMessage.SetBolus::read),
        AVAILABLE(CommandMessage.AvailableBoluses.class, CommandMessage.AvailableBoluses::read),
        BOLUS_TEMPLATE(CommandMessage.BolusTemplate.class, CommandMessage.BolusTemplate::read),
        TEMPLATE_STATUS(CommandData.TemplateStatus.class, CommandData.TemplateStatus::read),
        AMOUNT(InsulinAmount.class, InsulinAmount::read);

        private final Layout<? extends CommandBody> layout;

        <B extends CommandBody> Operand(Class<B> type, Function<FieldReader, B> reader) {
            layout = new Layout<>(type, reader);
        }
    }

    private final int code;
    private final Operand operand;

    CommandCode(int code, Operand operand) {
        this.code = code;
        this.operand = operand;
    }

    @Override
    public int code() {
        return code;
    }

    /** Returns what follows it. */
    Operand operand() {
        return operand;
    }

    /** Returns how what follows it is read. */
    Layout<? extends CommandBody> layout() {
        return operand.layout;
    }

    /** Whether it comes through {@link CommandData} and not through the control point. */
    boolean isData() {
        return operand == Operand.BLOCKS || operand == Operand.RANGES || operand == Operand.TEMPLATE_STATUS;
    }
}
