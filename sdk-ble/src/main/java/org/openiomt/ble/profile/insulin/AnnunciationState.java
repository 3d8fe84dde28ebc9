package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.insulin.InsulinCodes.AnnunciationStatus;
import org.openiomt.ble.profile.insulin.InsulinCodes.AnnunciationType;
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
 * type        uint16       2       flags bit 0       see {@link AnnunciationType}; others kept raw
 * status      uint8|16     1|2     flags bit 0       see {@link AnnunciationStatus}; others kept raw
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
        implements InsulinValue, InsulinBody {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<AnnunciationState> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int PRESENT = 0x01;
    private static final int AUXILIARY = 0x3E;
    private static final int AUXILIARIES = 5;
    private static final int KNOWN = PRESENT | AUXILIARY;

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
            int instanceId,
            Coded<AnnunciationType> type,
            Coded<AnnunciationStatus> status,
            StatusWidth width,
            List<OptionalInt> auxiliary) {
        /** Copies the list. */
        public Annunciation {
            Bits.requireUnsigned("instanceId", instanceId, Short.SIZE);
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(width, "width");
            Bits.requireUnsigned("status", status.code(), width == StatusWidth.UINT8 ? Byte.SIZE : Short.SIZE);
            auxiliary = List.copyOf(auxiliary);
            if (auxiliary.size() != AUXILIARIES) {
                throw new IllegalArgumentException("expected 5 auxiliary numbers, but got " + auxiliary.size());
            }
            auxiliary.forEach(number -> Bits.requireUnsigned("auxiliary", number, Short.SIZE));
        }

        private int flags() {
            int flags = PRESENT;
            for (int i = 0; i < AUXILIARIES; i++) {
                flags |= auxiliary.get(i).isPresent() ? 1 << (i + 1) : 0;
            }
            return flags;
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
        Coded<AnnunciationType> type = in.code16("type", AnnunciationType.class);
        int afterNarrow = in.octets().remaining() - 1 - 2 * Integer.bitCount(flags & AUXILIARY);
        boolean isWide =
                afterNarrow == 1 || (in.mayBeProtected() && afterNarrow == 1 + E2eLayout.COUNTER_AND_CRC.size());
        if (isWide) {
            in.octets().unforeseen("status", in.octets().offset(), "2 octets, where most pumps send 1");
        }
        Coded<AnnunciationStatus> status =
                isWide ? in.code16("status", AnnunciationStatus.class) : in.code8("status", AnnunciationStatus.class);
        List<OptionalInt> auxiliary = new ArrayList<>(AUXILIARIES);
        for (int i = 1; i <= AUXILIARIES; i++) {
            auxiliary.add(in.uint16If(flags & 1 << i, "auxiliary" + i));
        }
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
            for (int i = 0; i < AUXILIARIES; i++) {
                out.uint16("auxiliary" + (i + 1), present.auxiliary.get(i));
            }
        });
    }

    @Override
    public long knownFlags() {
        return KNOWN;
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
