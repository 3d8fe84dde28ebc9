package org.openiomt.ble.profile.insulin;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.insulin.InsulinCodes.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinCodes.TherapyControlState;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Status, characteristic {@code 0x2B21} of the Insulin Delivery Service.
 *
 * <pre>
 * field                type    octets  present when  meaning
 * therapyControlState  uint8   1       always        see {@link TherapyControlState}; others kept raw
 * operationalState     uint8   1       always        see {@link OperationalState}; others kept raw
 * reservoirUnits       SFLOAT  2       always        IU that are left; 4 octets in one pump, see {@link InsulinContext}
 * flags                uint8   1       always        bit 0 reservoir attached; others kept
 * </pre>
 *
 * @param therapyControlState whether insulin is delivered
 * @param operationalState what the pump is doing
 * @param reservoirUnits IU that are left
 * @param isReservoirAttached whether the reservoir is in its place
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.2</a>
 */
public record InsulinStatus(
        Coded<TherapyControlState> therapyControlState,
        Coded<OperationalState> operationalState,
        MedicalFloat reservoirUnits,
        boolean isReservoirAttached,
        E2eCheck check,
        Remainder remainder)
        implements InsulinValue, InsulinBody {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<InsulinStatus> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int ATTACHED = 0x01;

    /** Checks that all are there. */
    public InsulinStatus {
        Objects.requireNonNull(therapyControlState, "therapyControlState");
        Objects.requireNonNull(operationalState, "operationalState");
        Objects.requireNonNull(reservoirUnits, "reservoirUnits");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ATTACHED);
    }

    /** Returns the codec for a pump. */
    public static Codec<InsulinStatus> codec(InsulinContext context) {
        return InsulinCodec.of(context, InsulinStatus::read);
    }

    private static InsulinStatus read(FieldReader in) {
        Coded<TherapyControlState> therapy = in.code8("therapyControlState", TherapyControlState.class);
        Coded<OperationalState> operation = in.code8("operationalState", OperationalState.class);
        MedicalFloat left = in.amount("reservoirUnits");
        int flags = in.flags(ATTACHED);
        E2e.End end = in.end();
        return new InsulinStatus(therapy, operation, left, (flags & ATTACHED) != 0, end.check(), end.remainder());
    }

    @Override
    public void write(FieldWriter out) {
        out.code8("therapyControlState", therapyControlState);
        out.code8("operationalState", operationalState);
        out.amount("reservoirUnits", reservoirUnits);
        out.flags(isReservoirAttached ? ATTACHED : 0);
    }

    @Override
    public long knownFlags() {
        return ATTACHED;
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
