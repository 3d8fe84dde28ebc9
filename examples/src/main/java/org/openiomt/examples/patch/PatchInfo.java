package org.openiomt.examples.patch;

import org.openiomt.core.model.Code;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

/**
 * What a patch measures, read once at the beginning of a session.
 * <pre>
 * field    type    octets  meaning
 * kind     uint8   1       1 ECG lead II in mV, 2 pulse wave without a unit; others refused
 * hertz    uint16  2       samples in a second, 1 to 1,000
 * scale    FLOAT   4       physical value of one step
 * offset   FLOAT   4       physical value of sample 0
 * </pre>
 *
 * @param kind what is measured
 * @param hertz samples in a second
 * @param scale the physical value of one step
 * @param offset the physical value of sample 0
 */
public record PatchInfo(Kind kind, int hertz, MedicalFloat scale, MedicalFloat offset) {
    /** Reads and writes it. */
    public static final Codec<PatchInfo> CODEC = Codec.of(PatchInfo::read, PatchInfo::write);

    private static final int MAX_HERTZ = 1_000;

    /** What a patch can measure. */
    public enum Kind {
        /** An electrocardiogram, lead II. */
        ECG(1),
        /** A pulse wave. */
        PULSE_WAVE(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** Returns the MDC term of the wave form. */
        public Code type() {
            return this == ECG ? Mdc.MDC_ECG_ELEC_POTL_II : Mdc.MDC_PULS_OXIM_PLETH;
        }

        /** Returns the MDC unit of its physical values. */
        public Code unit() {
            return this == ECG ? Units.MDC_DIM_MILLI_VOLT : Units.MDC_DIM_DIMLESS;
        }
    }

    /** Checks the range. */
    public PatchInfo {
        if (hertz < 1 || hertz > MAX_HERTZ) {
            throw new IllegalArgumentException("hertz out of range 1.." + MAX_HERTZ + ": " + hertz);
        }
    }

    /** Returns the rate of its samples. */
    public SampleRate rate() {
        return SampleRate.hertz(hertz);
    }

    private static PatchInfo read(ByteReader in) {
        int at = in.offset();
        int number = in.uint8("kind");
        Kind kind = null;
        for (Kind known : Kind.values()) {
            kind = known.number == number ? known : kind;
        }
        if (kind == null) {
            throw new DecodeException("kind", at, "expected 1 or 2, but got " + number);
        }
        int hertzAt = in.offset();
        int hertz = in.uint16("hertz");
        if (hertz < 1 || hertz > MAX_HERTZ) {
            throw new DecodeException("hertz", hertzAt, "expected 1.." + MAX_HERTZ + ", but got " + hertz);
        }
        return new PatchInfo(kind, hertz, in.float32("scale"), in.float32("offset"));
    }

    private static void write(PatchInfo info, ByteWriter out) {
        out.uint8("kind", info.kind.number);
        out.uint16("hertz", info.hertz);
        out.float32("scale", info.scale);
        out.float32("offset", info.offset);
    }
}
