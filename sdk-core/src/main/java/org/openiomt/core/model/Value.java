package org.openiomt.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openiomt.core.wire.MedicalFloat;

/**
 * What was observed: the value classes of ISO/IEEE 11073-10206. {@code toString} of every class hides the content.
 */
public sealed interface Value {

    /**
     * One number with its unit.
     *
     * @param quantity the number or a special value, with its unit
     */
    record Numeric(Quantity quantity) implements Value {
        /** Checks that it is there. */
        public Numeric {
            Objects.requireNonNull(quantity, "quantity");
        }

        /** Returns a number with its unit. */
        public static Numeric of(MedicalFloat value, Code unit) {
            return new Numeric(new Quantity(value, unit));
        }
    }

    /**
     * Several values that belong together, as systolic, diastolic and mean pressure do.
     *
     * @param components in the order in which the device names them
     */
    record Compound(List<Component> components) implements Value {
        /** Copies the list. */
        public Compound {
            components = List.copyOf(components);
        }

        /** Returns a compound value. */
        public static Compound of(Component... components) {
            return new Compound(List.of(components));
        }
    }

    /**
     * One part of a compound value.
     *
     * @param type what was observed
     * @param value its value, of any class
     */
    record Component(Code type, Value value) {
        /** Checks that both are there. */
        public Component {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * One term out of a list of terms.
     *
     * @param code the term
     */
    record Coded(Code code) implements Value {
        /** Checks that it is there. */
        public Coded {
            Objects.requireNonNull(code, "code");
        }

        @Override
        public String toString() {
            return "Coded[]";
        }
    }

    /**
     * Several yes-or-no answers. The observation's type says what each bit means.
     *
     * @param bits bit {@code n} is the value of {@code 1L << n}; {@code n} counts as the type's specification does
     * @param width the number of bits, 1 to 64
     */
    record Flags(long bits, int width) implements Value {
        /** Checks that the bits fit the width. */
        public Flags {
            if (width < 1 || width > Long.SIZE || (width < Long.SIZE && bits >>> width != 0)) {
                throw new IllegalArgumentException("bits do not fit a width of " + width);
            }
        }

        /** Whether bit {@code n} is set. */
        public boolean isSet(int n) {
            Objects.checkIndex(n, width);
            return (bits >>> n & 1) != 0;
        }

        @Override
        public String toString() {
            return "Flags[width=" + width + "]";
        }
    }

    /**
     * Words.
     *
     * @param text what the device wrote
     */
    record Text(String text) implements Value {
        /** Checks that it is there. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /**
     * A piece of a wave form. The physical value of a sample is {@code sample x scale + offset}.
     */
    final class SampleArray implements Value {
        private final Code unit;
        private final MedicalFloat scale;
        private final MedicalFloat offset;
        private final SampleRate rate;
        private final int[] samples;

        private SampleArray(Code unit, MedicalFloat scale, MedicalFloat offset, SampleRate rate, int[] samples) {
            this.unit = Objects.requireNonNull(unit, "unit");
            this.scale = Objects.requireNonNull(scale, "scale");
            this.offset = Objects.requireNonNull(offset, "offset");
            this.rate = Objects.requireNonNull(rate, "rate");
            this.samples = samples;
        }

        /**
         * Returns a piece of a wave form.
         *
         * @param unit the unit of the physical values
         * @param scale the physical value of one step
         * @param offset the physical value of sample 0
         * @param rate how many samples in how much time
         * @param samples the samples as sent, oldest first; copied
         */
        public static SampleArray of(
                Code unit, MedicalFloat scale, MedicalFloat offset, SampleRate rate, int[] samples) {
            return new SampleArray(unit, scale, offset, rate, samples.clone());
        }

        /** Returns the unit of the physical values. */
        public Code unit() {
            return unit;
        }

        /** Returns the physical value of one step. */
        public MedicalFloat scale() {
            return scale;
        }

        /** Returns the physical value of sample 0. */
        public MedicalFloat offset() {
            return offset;
        }

        /** Returns how many samples there are in how much time. */
        public SampleRate rate() {
            return rate;
        }

        /** Returns the number of samples. */
        public int size() {
            return samples.length;
        }

        /** Returns a copy of the samples as sent, oldest first. */
        public int[] samples() {
            return samples.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SampleArray that
                    && unit.equals(that.unit)
                    && scale.equals(that.scale)
                    && offset.equals(that.offset)
                    && rate.equals(that.rate)
                    && Arrays.equals(samples, that.samples);
        }

        @Override
        public int hashCode() {
            return 31 * Objects.hash(unit, scale, offset, rate) + Arrays.hashCode(samples);
        }

        @Override
        public String toString() {
            return "SampleArray[unit=" + unit + ", rate=" + rate + ", size=" + samples.length + "]";
        }
    }

    /** Octets that the device alone understands, kept as they came. */
    final class Opaque implements Value {
        private final byte[] octets;

        private Opaque(byte[] octets) {
            this.octets = octets;
        }

        /** Returns opaque octets; copied. */
        public static Opaque of(byte[] octets) {
            return new Opaque(octets.clone());
        }

        /** Returns a copy of the octets. */
        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Opaque that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Opaque[" + octets.length + " octets]";
        }
    }
}
