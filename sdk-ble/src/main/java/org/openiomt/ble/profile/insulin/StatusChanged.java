package org.openiomt.ble.profile.insulin;

import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Status Changed, characteristic {@code 0x2B20} of the Insulin Delivery Service: what a client should read anew. A bit stays
 * until the client resets it through the status reader control point.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * flags  uint16  2       always        see {@link Change}; reserved bits kept
 * </pre>
 *
 * @param changes what changed
 * @param check what counter and check sum say
 * @param remainder reserved bits, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.1</a>
 */
public record StatusChanged(Set<Change> changes, E2eCheck check, Remainder remainder) implements InsulinValue {
    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<StatusChanged> CODEC = codec(InsulinContext.NOT_KNOWN);

    /** What changed: the bits of the flags. Bits 8 to 15 are reserved. */
    public enum Change implements Bit {
        /** The therapy control state. */
        THERAPY_CONTROL_STATE(0),
        /** The operational state. */
        OPERATIONAL_STATE(1),
        /** The reservoir. */
        RESERVOIR_STATUS(2),
        /** The annunciation. */
        ANNUNCIATION_STATUS(3),
        /** The sums of the day. */
        TOTAL_DAILY_INSULIN(4),
        /** The basal rate. */
        ACTIVE_BASAL_RATE(5),
        /** A bolus that runs. */
        ACTIVE_BOLUS(6),
        /** The history. */
        HISTORY_EVENT_RECORDED(7);

        private final int bit;

        Change(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Copies the set. */
    public StatusChanged {
        changes = Bits.copy(Change.class, changes);
        Bits.requireUnknown(remainder, Bits.known(Change.class));
    }

    /** Returns the codec for a pump. */
    public static Codec<StatusChanged> codec(InsulinContext context) {
        return InsulinCodec.of(context, in -> {
            Set<Change> changes = Bits.set(Change.class, in.flags16(Bits.known(Change.class)));
            E2e.End end = in.end();
            return new StatusChanged(changes, end.check(), end.remainder());
        });
    }

    @Override
    public void write(FieldWriter out) {
        out.flags16(Bits.mask(changes));
    }

    @Override
    public long knownFlags() {
        return Bits.known(Change.class);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
