package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
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
 * data            by the event type, see {@link HistoryData}
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
        implements InsulinValue {

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
        layout(type).requireSuited(type, data);
        if ((data instanceof TemplateHistory.BlockChanged changed
                        && changed.block().upper().isPresent() != type.is(HistoryEventType.TARGET_RANGE_BLOCK_CHANGED))
                || (data instanceof BasalRateHistory.TemporaryRateSet set
                        && set.elapsedMinutes().isPresent() != type.is(HistoryEventType.TBR_CHANGED))) {
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

    private static Layout<? extends HistoryData> layout(Coded<HistoryEventType> type) {
        return type.known()
                .<Layout<? extends HistoryData>>map(HistoryEventType::layout)
                .orElse(Layout.NONE);
    }

    private static HistoryEvent read(FieldReader in) {
        Coded<HistoryEventType> type = in.code16("eventType", HistoryEventType.class);
        long number = in.octets().uint32("sequenceNumber");
        int offset = in.uint16("offsetSeconds");
        HistoryData data = layout(type).read(in);
        E2e.End end = in.end();
        return new HistoryEvent(
                type,
                number == NO_NUMBER ? OptionalLong.empty() : OptionalLong.of(number),
                offset,
                data,
                end.check(),
                end.remainder());
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
    public String toString() {
        return Fields.names(this);
    }
}
