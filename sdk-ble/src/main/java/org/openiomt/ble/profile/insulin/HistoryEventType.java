package org.openiomt.ble.profile.insulin;

import java.util.function.Function;

/** The types of events in the history of a pump, with the data that each carries. Codes from 0xF000 belong to manufacturers. */
public enum HistoryEventType implements InsulinCode {
    /** The clock of the pump; the offsets of later events count from it. */
    REFERENCE_TIME(0x000F, Data.REFERENCE_TIME),
    /** The same in another form. */
    REFERENCE_TIME_BASE_OFFSET(0x0033, Data.BASE_OFFSET),
    /** What a bolus calculator recommended. */
    BOLUS_CALCULATED_1(0x003C, Data.CALCULATED),
    /** What the person made of it. */
    BOLUS_CALCULATED_2(0x0055, Data.CALCULATED),
    /** A bolus that was set. */
    BOLUS_PROGRAMMED_1(0x005A, Data.BOLUS),
    /** How it was set. */
    BOLUS_PROGRAMMED_2(0x0066, Data.PROGRAMMED),
    /** A bolus that was delivered. */
    BOLUS_DELIVERED_1(0x0069, Data.BOLUS),
    /** How it was delivered. */
    BOLUS_DELIVERED_2(0x0096, Data.DELIVERED),
    /** The basal rate changed. */
    DELIVERED_BASAL_RATE_CHANGED(0x0099, Data.BASAL_RATE),
    /** A temporary basal rate started. */
    TBR_STARTED(0x00A5, Data.TBR_STARTED),
    /** A temporary basal rate ended. */
    TBR_ENDED(0x00AA, Data.TBR_ENDED),
    /** A temporary basal rate changed. */
    TBR_CHANGED(0x00C3, Data.TBR_CHANGED),
    /** A profile was activated. */
    PROFILE_TEMPLATE_ACTIVATED(0x00CC, Data.ACTIVATED),
    /** A block of basal rates changed. */
    BASAL_RATE_BLOCK_CHANGED(0x00F0, Data.BLOCK),
    /** What was delivered on a day. */
    TOTAL_DAILY_INSULIN(0x00FF, Data.DAILY),
    /** The therapy started, paused or stopped. */
    THERAPY_CONTROL_STATE_CHANGED(0x0303, Data.THERAPY),
    /** The pump does something else. */
    OPERATIONAL_STATE_CHANGED(0x030C, Data.OPERATION),
    /** What is left in the reservoir, IU. */
    RESERVOIR_REMAINING_CHANGED(0x0330, Data.AMOUNT),
    /** An annunciation changed. */
    ANNUNCIATION_STATUS_CHANGED_1(0x033F, Data.ANNUNCIATION),
    /** What its manufacturer adds. */
    ANNUNCIATION_STATUS_CHANGED_2(0x0356, Data.AUXILIARY),
    /** A block of insulin sensitivity factors changed. */
    SENSITIVITY_BLOCK_CHANGED(0x0359, Data.BLOCK),
    /** A block of insulin to carbohydrate ratios changed. */
    CARBOHYDRATE_BLOCK_CHANGED(0x0365, Data.BLOCK),
    /** A block of target glucose ranges changed. */
    TARGET_RANGE_BLOCK_CHANGED(0x036A, Data.RANGE),
    /** Priming started, IU. */
    PRIMING_STARTED(0x0395, Data.AMOUNT),
    /** Priming ended. */
    PRIMING_DONE(0x039A, Data.PRIMED),
    /** The pump found a damaged event in its own memory. */
    DATA_CORRUPTION(0x03A6, Data.NONE),
    /** A place holder. */
    POINTER_EVENT(0x03A9, Data.NONE),
    /** A template of a bolus changed. */
    BOLUS_TEMPLATE_CHANGED_1(0x03C0, Data.BOLUS_TEMPLATE),
    /** How long a bolus of it waits, and what for. */
    BOLUS_TEMPLATE_CHANGED_2(0x03CF, Data.TEMPLATE_DELAY),
    /** A template of a temporary basal rate changed. */
    TBR_TEMPLATE_CHANGED(0x03F3, Data.TBR_TEMPLATE),
    /** The most that a bolus may be changed. */
    MAX_BOLUS_AMOUNT_CHANGED(0x03FC, Data.MAXIMUM);

    /** What follows a code. */
    @SuppressWarnings("ImmutableEnumChecker") // a Layout is a class and a method
    enum Data {
        NONE(Empty.class, in -> new Empty()),
        REFERENCE_TIME(ClockHistory.ReferenceTime.class, ClockHistory.ReferenceTime::read),
        BASE_OFFSET(ClockHistory.BaseOffset.class, ClockHistory.BaseOffset::read),
        CALCULATED(BolusHistory.Calculated.class, BolusHistory.Calculated::read),
        BOLUS(BolusHistory.BolusAmounts.class, BolusHistory.BolusAmounts::read),
        PROGRAMMED(BolusHistory.Programmed.class, BolusHistory.Programmed::read),
        DELIVERED(BolusHistory.Delivered.class, BolusHistory.Delivered::read),
        BASAL_RATE(BasalRateHistory.BasalRateChanged.class, BasalRateHistory.BasalRateChanged::read),
        TBR_STARTED(BasalRateHistory.TemporaryRateSet.class, in -> BasalRateHistory.TemporaryRateSet.read(in, false)),
        TBR_CHANGED(BasalRateHistory.TemporaryRateSet.class, in -> BasalRateHistory.TemporaryRateSet.read(in, true)),
        TBR_ENDED(BasalRateHistory.TemporaryRateEnded.class, BasalRateHistory.TemporaryRateEnded::read),
        ACTIVATED(TemplateHistory.TemplateActivated.class, TemplateHistory.TemplateActivated::read),
        BLOCK(TemplateHistory.BlockChanged.class, in -> TemplateHistory.BlockChanged.read(in, TimeBlock::readValue)),
        RANGE(TemplateHistory.BlockChanged.class, in -> TemplateHistory.BlockChanged.read(in, TimeBlock::readRange)),
        DAILY(PumpStateHistory.DailyTotal.class, PumpStateHistory.DailyTotal::read),
        THERAPY(PumpStateHistory.TherapyChanged.class, PumpStateHistory.TherapyChanged::read),
        OPERATION(PumpStateHistory.OperationChanged.class, PumpStateHistory.OperationChanged::read),
        AMOUNT(InsulinAmount.class, InsulinAmount::read),
        ANNUNCIATION(AnnunciationHistory.AnnunciationChanged.class, AnnunciationHistory.AnnunciationChanged::read),
        AUXILIARY(AnnunciationHistory.Auxiliary.class, AnnunciationHistory.Auxiliary::read),
        PRIMED(PumpStateHistory.Primed.class, PumpStateHistory.Primed::read),
        BOLUS_TEMPLATE(TemplateHistory.BolusTemplateChanged.class, TemplateHistory.BolusTemplateChanged::read),
        TEMPLATE_DELAY(TemplateHistory.TemplateDelay.class, TemplateHistory.TemplateDelay::read),
        TBR_TEMPLATE(TemporaryRateTemplate.class, TemporaryRateTemplate::read),
        MAXIMUM(TemplateHistory.MaximumChanged.class, TemplateHistory.MaximumChanged::read);

        private final Layout<? extends HistoryData> layout;

        <B extends HistoryData> Data(Class<B> type, Function<FieldReader, B> reader) {
            layout = new Layout<>(type, reader);
        }
    }

    private final int code;
    private final Data data;

    HistoryEventType(int code, Data data) {
        this.code = code;
        this.data = data;
    }

    @Override
    public int code() {
        return code;
    }

    /** Returns what follows it. */
    Data data() {
        return data;
    }

    /** Returns how what follows it is read. */
    Layout<? extends HistoryData> layout() {
        return data.layout;
    }
}
