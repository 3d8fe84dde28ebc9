package org.openiomt.ble.profile.insulin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Annunciation Status, characteristic {@code 0x2B22} of the Insulin Delivery Service: the newest annunciation that is not
 * confirmed, or the last that was.
 *
 * <pre>
 * field       type         octets  present when      meaning
 * flags       uint8        1       always            bit 0 annunciation, bits 1 .. 5 auxiliary 1 .. 5; others kept
 * instanceId  uint16       2       flags bit 0       the pump's number of it
 * type        uint16       2       flags bit 0       see {@link Type}; others kept raw
 * status      uint8|16     1|2     flags bit 0       see {@link Status}; others kept raw
 * auxiliary1  uint16       2       flags bits 0, 1   what its manufacturer adds
 *   .. 5      uint16       2       flags bits 0, 5
 * </pre>
 *
 * Sources disagree on the octets of the status. One is the default; two are read, and reported, when the length of the value
 * leaves no other reading. Strict knows one only.
 *
 * @param annunciation the annunciation, once there was one
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.3</a>
 */
public record AnnunciationState(Optional<Annunciation> annunciation, E2eCheck check, Remainder remainder)
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<AnnunciationState> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int PRESENT = 0x01;
    private static final int AUXILIARY = 0x3E;
    private static final int AUXILIARIES = 5;
    private static final int KNOWN = PRESENT | AUXILIARY;

    /** What an annunciation is about. Codes from 0xF000 belong to manufacturers. */
    public enum Type implements InsulinCode {
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

        Type(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What became of an annunciation. */
    public enum Status implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It waits for somebody. */
        PENDING(0x33),
        /** It was noticed and comes back. */
        SNOOZED(0x3C),
        /** It was confirmed and is over. */
        CONFIRMED(0x55);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** How many octets hold the status. */
    public enum StatusWidth {
        /** One. */
        UINT8,
        /** Two. */
        UINT16
    }

    /**
     * An annunciation.
     *
     * @param instanceId the pump's number of it, 0 to 65,535
     * @param type what it is about
     * @param status what became of it
     * @param width the octets of the status on the wire
     * @param auxiliary five numbers, present or not, 0 to 65,535; what they mean is the manufacturer's
     */
    public record Annunciation(
            int instanceId, Coded<Type> type, Coded<Status> status, StatusWidth width, List<OptionalInt> auxiliary) {
        /** Copies the list. */
        public Annunciation {
            Bits.requireUnsigned("instanceId", instanceId, Short.SIZE);
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(width, "width");
            Bits.requireUnsigned("status", status.code(), width == StatusWidth.UINT8 ? Byte.SIZE : Short.SIZE);
            auxiliary = AuxiliaryNumbers.copy(auxiliary, AUXILIARIES);
        }

        private int flags() {
            return PRESENT | AuxiliaryNumbers.flags(auxiliary) << 1;
        }
    }

    /** Checks that all are there. */
    public AnnunciationState {
        Objects.requireNonNull(annunciation, "annunciation");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, annunciation.isPresent() ? KNOWN : PRESENT);
    }

    /** Returns the codec for a pump. */
    public static Codec<AnnunciationState> codec(InsulinContext context) {
        return InsulinCodec.of(context, AnnunciationState::read);
    }

    private static AnnunciationState read(FieldReader in) {
        int flags = in.flags(KNOWN);
        Optional<Annunciation> annunciation =
                (flags & PRESENT) != 0 ? Optional.of(readAnnunciation(in, flags)) : Optional.empty();
        if (annunciation.isEmpty() && (flags & AUXILIARY) != 0) {
            in.keepFlags(flags & AUXILIARY, "auxiliary numbers without an annunciation");
        }
        E2e.End end = in.end();
        return new AnnunciationState(annunciation, end.check(), end.remainder());
    }

    private static Annunciation readAnnunciation(FieldReader in, int flags) {
        int id = in.uint16("instanceId");
        Coded<Type> type = in.code16("type", Type.class);
        int afterNarrow = in.octets().remaining() - 1 - 2 * Integer.bitCount(flags & AUXILIARY);
        boolean isWide =
                afterNarrow == 1 || (in.mayBeProtected() && afterNarrow == 1 + E2eLayout.COUNTER_AND_CRC.size());
        if (isWide) {
            in.octets().unforeseen("status", in.octets().offset(), "2 octets, where most pumps send 1");
        }
        Coded<Status> status = isWide ? in.code16("status", Status.class) : in.code8("status", Status.class);
        List<OptionalInt> auxiliary = AuxiliaryNumbers.read(in, flags >> 1, 1, AUXILIARIES);
        return new Annunciation(id, type, status, isWide ? StatusWidth.UINT16 : StatusWidth.UINT8, auxiliary);
    }

    @Override
    public void write(FieldWriter out) {
        out.flags(annunciation.map(Annunciation::flags).orElse(0));
        annunciation.ifPresent(present -> {
            out.uint16("instanceId", present.instanceId);
            out.code16("type", present.type);
            switch (present.width) {
                case UINT8 -> out.code8("status", present.status);
                case UINT16 -> out.code16("status", present.status);
            }
            AuxiliaryNumbers.write(out, 1, present.auxiliary);
        });
    }

    @Override
    public long knownFlags() {
        return KNOWN;
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
