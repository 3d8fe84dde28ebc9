package org.openiomt.examples.patch;

import java.util.Arrays;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * A piece of the wave form.
 * <pre>
 * field    type    octets  meaning
 * first    uint32  4       number of the first sample since the patch was switched on; a gap shows lost samples
 * samples  int16   2 each  oldest first
 * </pre>
 */
public final class PatchFrame {
    /** Reads and writes it. */
    public static final Codec<PatchFrame> CODEC = Codec.of(PatchFrame::read, PatchFrame::write);

    /** The octets before the samples. */
    static final int HEADER = 4;

    private static final long COUNTER_MASK = 0xFFFF_FFFFL;

    private final long first;
    private final int[] samples;

    private PatchFrame(long first, int[] samples) {
        this.first = first;
        this.samples = samples;
    }

    /**
     * Returns a frame.
     *
     * @param first the number of the first sample; counts on from 0 after 4,294,967,295
     * @param samples -32,768 to 32,767 each; copied
     */
    public static PatchFrame of(long first, int[] samples) {
        return new PatchFrame(first & COUNTER_MASK, samples.clone());
    }

    /** Returns the number of the first sample. */
    public long first() {
        return first;
    }

    /** Returns the number that the next frame begins with when none is lost. */
    public long next() {
        return (first + samples.length) & COUNTER_MASK;
    }

    /** Returns a copy of the samples. */
    public int[] samples() {
        return samples.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchFrame that && first == that.first && Arrays.equals(samples, that.samples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(samples);
    }

    /** Hides the samples. */
    @Override
    public String toString() {
        return "PatchFrame[first=" + first + ", " + samples.length + " samples]";
    }

    private static PatchFrame read(ByteReader in) {
        long first = in.uint32("first");
        int[] samples = new int[(in.remaining() + 1) / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = in.int16("samples");
        }
        return new PatchFrame(first, samples);
    }

    private static void write(PatchFrame frame, ByteWriter out) {
        out.uint32("first", frame.first);
        for (int sample : frame.samples) {
            out.int16("samples", sample);
        }
    }
}
