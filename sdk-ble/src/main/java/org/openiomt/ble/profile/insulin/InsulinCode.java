package org.openiomt.ble.profile.insulin;

/** A constant that stands for a code on the wire, mostly one of a Hamming code of distance 4; each table is an enum. */
public sealed interface InsulinCode
        permits AnnunciationState.Status,
                AnnunciationState.Type,
                Bolus.Type,
                BolusDetails.ActivationType,
                ClockHistory.RecordingReason,
                CommandCode,
                CommandData.TemplateType,
                DeliveryContext,
                HistoryData.EndReason,
                HistoryEventType,
                InsulinRecordAccess.Filter,
                InsulinRecordAccess.OpCode,
                InsulinRecordAccess.Operator,
                InsulinRecordAccess.Result,
                InsulinResult,
                InsulinStatus.OperationalState,
                InsulinStatus.TherapyControlState,
                PumpStateHistory.PrimingEnd,
                StatusReaderMessage.BolusValueSelection,
                StatusReaderMessage.CounterType,
                StatusReaderMessage.CounterValueSelection,
                StatusReaderMessage.Op,
                TemplateHistory.ProfileTemplateType,
                TemporaryRate.Type {
    /** Returns the code on the wire. */
    int code();
}
