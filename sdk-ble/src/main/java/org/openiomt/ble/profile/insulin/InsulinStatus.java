package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
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
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<InsulinStatus> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int ATTACHED = 0x01;

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
    }

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
    public String toString() {
        return Fields.names(this);
    }
}
