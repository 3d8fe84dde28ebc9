package org.openiomt.ble.profile.insulin;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.insulin.InsulinCodes.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinCodes.ProfileTemplateType;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordingReason;
import org.openiomt.ble.profile.insulin.InsulinCodes.TherapyControlState;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD History Data, characteristic {@code 0x2B28} of the Insulin Delivery Service: one event of the history.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * eventType       uint16  2       always        see {@link HistoryEventType}; others kept raw
 * sequenceNumber  uint32  4       always        the pump's number of the event; 0xFFFFFFFF none, in a data corruption
 * offsetSeconds   uint16  2       always        s since the reference time event before
 * data            by the event type, see the records of {@link HistoryData}
 * </pre>
 *
 * @param type the event type
 * @param sequenceNumber the pump's number of the event, 0 to 4,294,967,294; empty for a damaged one
 * @param offsetSeconds s since the reference time event before, 0 to 65,535
 * @param data what the event tells, which suits the type
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter; the data of an unknown type
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.9</a>
 */
public record HistoryEvent(
        Coded<HistoryEventType> type,
        OptionalLong sequenceNumber,
        int offsetSeconds,
        HistoryData data,
        E2eCheck check,
        Remainder remainder)
        implements InsulinValue, InsulinBody {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<HistoryEvent> CODEC = codec(InsulinContext.NOT_KNOWN);

    /** From here on, types belong to manufacturers. */
    public static final int FIRST_MANUFACTURER_TYPE = 0xF000;

    private static final long NO_NUMBER = 0xFFFFFFFFL;

    /** Checks that data and type suit each other. */
    public HistoryEvent {
        sequenceNumber.ifPresent(number -> {
            Bits.requireUnsigned("sequenceNumber", number, Integer.SIZE);
            if (number == NO_NUMBER) {
                throw new IllegalArgumentException("4294967295 stands for no sequence number");
            }
        });
        Bits.requireUnsigned("offsetSeconds", offsetSeconds, Short.SIZE);
        Objects.requireNonNull(check, "check");
        Class<? extends HistoryData> suited = type.known()
                .<Class<? extends HistoryData>>map(HistoryEvent::data)
                .orElse(HistoryData.Empty.class);
        boolean isRange = type.is(HistoryEventType.TARGET_RANGE_BLOCK_CHANGED);
        boolean isChange = type.is(HistoryEventType.TBR_CHANGED);
        if (!suited.isInstance(data)
                || (data instanceof HistoryData.BlockChanged changed
                        && changed.block().upper().isPresent() != isRange)
                || (data instanceof HistoryData.TemporaryRateSet set
                        && set.elapsedMinutes().isPresent() != isChange)) {
            throw new IllegalArgumentException(type + " needs other data");
        }
        Bits.requireUnknown(remainder, data.knownFlags());
    }

    /** Returns an event without tail; a protected pump needs one with a counter. */
    public static HistoryEvent of(HistoryEventType type, long sequenceNumber, int offsetSeconds, HistoryData data) {
        return new HistoryEvent(
                Coded.of(type), OptionalLong.of(sequenceNumber), offsetSeconds, data, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<HistoryEvent> codec(InsulinContext context) {
        return InsulinCodec.of(context, HistoryEvent::read);
    }

    private static Class<? extends HistoryData> data(HistoryEventType type) {
        return switch (type.data()) {
            case NONE -> HistoryData.Empty.class;
            case REFERENCE_TIME -> HistoryData.ReferenceTime.class;
            case BASE_OFFSET -> HistoryData.BaseOffset.class;
            case CALCULATED -> HistoryData.Calculated.class;
            case BOLUS -> HistoryData.BolusAmounts.class;
            case PROGRAMMED -> HistoryData.Programmed.class;
            case DELIVERED -> HistoryData.Delivered.class;
            case BASAL_RATE -> HistoryData.BasalRateChanged.class;
            case TBR_STARTED, TBR_CHANGED -> HistoryData.TemporaryRateSet.class;
            case TBR_ENDED -> HistoryData.TemporaryRateEnded.class;
            case ACTIVATED -> HistoryData.TemplateActivated.class;
            case BLOCK, RANGE -> HistoryData.BlockChanged.class;
            case DAILY -> HistoryData.DailyTotal.class;
            case THERAPY -> HistoryData.TherapyChanged.class;
            case OPERATION -> HistoryData.OperationChanged.class;
            case AMOUNT -> HistoryData.Amount.class;
            case ANNUNCIATION -> HistoryData.AnnunciationChanged.class;
            case AUXILIARY -> HistoryData.Auxiliary.class;
            case PRIMED -> HistoryData.Primed.class;
            case BOLUS_TEMPLATE -> HistoryData.BolusTemplateChanged.class;
            case TEMPLATE_DELAY -> HistoryData.TemplateDelay.class;
            case TBR_TEMPLATE -> HistoryData.TemporaryRateTemplateChanged.class;
            case MAXIMUM -> HistoryData.MaximumChanged.class;
        };
    }

    private static HistoryEvent read(FieldReader in) {
        Coded<HistoryEventType> type = in.code16("eventType", HistoryEventType.class);
        long number = in.octets().uint32("sequenceNumber");
        int offset = in.uint16("offsetSeconds");
        HistoryData data = type.known().isPresent() ? readData(in, type.known().get()) : new HistoryData.Empty();
        E2e.End end = in.end();
        return new HistoryEvent(
                type,
                number == NO_NUMBER ? OptionalLong.empty() : OptionalLong.of(number),
                offset,
                data,
                end.check(),
                end.remainder());
    }

    private static HistoryData readData(FieldReader in, HistoryEventType type) {
        return switch (type.data()) {
            case NONE -> new HistoryData.Empty();
            case REFERENCE_TIME -> HistoryData.ReferenceTime.read(in);
            case BASE_OFFSET ->
                new HistoryData.BaseOffset(
                        in.code8("reason", RecordingReason.class),
                        in.dateTime("baseTime"),
                        in.octets().int16("offsetMinutes"));
            case CALCULATED ->
                new HistoryData.Calculated(
                        in.amount("mealFastUnits"),
                        in.amount("mealExtendedUnits"),
                        in.amount("correctionFastUnits"),
                        in.amount("correctionExtendedUnits"));
            case BOLUS -> new HistoryData.BolusAmounts(in.uint16("bolusId"), Bolus.read(in));
            case PROGRAMMED -> HistoryData.Programmed.read(in);
            case DELIVERED -> HistoryData.Delivered.read(in);
            case BASAL_RATE -> HistoryData.BasalRateChanged.read(in);
            case TBR_STARTED -> HistoryData.TemporaryRateSet.read(in, false);
            case TBR_CHANGED -> HistoryData.TemporaryRateSet.read(in, true);
            case TBR_ENDED -> HistoryData.TemporaryRateEnded.read(in);
            case ACTIVATED ->
                new HistoryData.TemplateActivated(
                        in.code8("templateType", ProfileTemplateType.class),
                        in.uint8("oldTemplate"),
                        in.uint8("newTemplate"));
            case BLOCK ->
                new HistoryData.BlockChanged(in.uint8("template"), in.uint8("blockNumber"), TimeBlock.readValue(in));
            case RANGE ->
                new HistoryData.BlockChanged(in.uint8("template"), in.uint8("blockNumber"), TimeBlock.readRange(in));
            case DAILY -> HistoryData.DailyTotal.read(in);
            case THERAPY ->
                new HistoryData.TherapyChanged(
                        in.code8("oldState", TherapyControlState.class),
                        in.code8("newState", TherapyControlState.class));
            case OPERATION ->
                new HistoryData.OperationChanged(
                        in.code8("oldState", OperationalState.class), in.code8("newState", OperationalState.class));
            case AMOUNT -> new HistoryData.Amount(in.amount("amountUnits"));
            case ANNUNCIATION -> HistoryData.AnnunciationChanged.read(in);
            case AUXILIARY -> HistoryData.Auxiliary.read(in);
            case PRIMED -> HistoryData.Primed.read(in);
            case BOLUS_TEMPLATE -> new HistoryData.BolusTemplateChanged(in.uint8("template"), Bolus.read(in));
            case TEMPLATE_DELAY -> HistoryData.TemplateDelay.read(in);
            case TBR_TEMPLATE ->
                new HistoryData.TemporaryRateTemplateChanged(in.uint8("template"), TemporaryRate.read(in));
            case MAXIMUM -> new HistoryData.MaximumChanged(in.amount("oldUnits"), in.amount("newUnits"));
        };
    }

    @Override
    public void write(FieldWriter out) {
        out.code16("eventType", type);
        out.octets().uint32("sequenceNumber", sequenceNumber.orElse(NO_NUMBER));
        out.fields().put("sequenceNumber", sequenceNumber);
        out.uint16("offsetSeconds", offsetSeconds);
        data.write(out);
    }

    @Override
    public InsulinBody content() {
        return this;
    }

    @Override
    public Map<String, Object> fields() {
        return InsulinCodec.fields(this);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
