package org.openiomt.ble.profile.insulin;

import java.util.Map;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.core.wire.Remainder;

/**
 * A value of the Insulin Delivery Service whose counter and check sum, where it has them, are its last octets.
 *
 * <pre>
 * field    type    octets  present when            meaning
 * counter  uint8   1       {@link InsulinContext}  see {@link org.openiomt.ble.profile.E2eCounter}
 * crc      uint16  2       {@link InsulinContext}  over all octets before it
 * </pre>
 */
public sealed interface InsulinValue extends Described, InsulinBody
        permits AnnunciationState,
                CommandData,
                CommandMessage,
                HistoryEvent,
                InsulinRecordAccess,
                InsulinStatus,
                StatusChanged,
                StatusReaderMessage {

    /** Returns what counter and check sum say. */
    E2eCheck check();

    /** Returns unknown flags and the octets between the last field and the counter. */
    Remainder remainder();

    @Override
    default Map<String, Object> fields() {
        return InsulinCodec.fields(this);
    }
}
