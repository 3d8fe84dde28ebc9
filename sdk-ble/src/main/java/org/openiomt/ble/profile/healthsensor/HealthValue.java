package org.openiomt.ble.profile.healthsensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * What a health sensor observed: the value classes of ISO/IEEE 11073-10206.
 *
 * <pre>
 * class  value     layout
 * 1      numeric   unit uint16 (the low half of an MDC unit), value FLOAT
 * 2      discrete  code uint32 (MDC)
 * 3      text      size uint16, UTF-8
 * 4      samples   unit uint16, scale FLOAT, offset FLOAT, period FLOAT s, samples in a period uint8, octets of a sample uint8,
 *                  number of samples uint32, samples (unsigned, least significant octet first)
 * 5      events    count uint8, codes uint32 (MDC)
 * 6      states    size uint8, which bits are supported, which are events, the bits: each of that many octets
 * 7      compound  count uint8, of each: type uint32 (MDC), class uint8 (1 to 6), value
 * 8      entries   count uint8, of each: type uint32 (MDC), size uint16, format uint8, octets
 * 255    bundle    count uint8, health observations
 * </pre>
 *
 * {@code toString} of every class hides the content.
 */
public sealed interface HealthValue {
    /** Returns the class of the value, 0 to 255. */
    int observationClass();

    /** Writes the value without its class. */
    void write(ByteWriter out);

    /** Adds the value to the fields of its observation. */
    void describe(Fields fields);

    /**
     * One number.
     *
     * @param unit the low 16 bits of an MDC unit
     * @param value the number or a special value
     */
    record Numeric(int unit, MedicalFloat value) implements HealthValue {
        /** Checks the range. */
        public Numeric {
            Bits.requireUnsigned("unit", unit, Short.SIZE);
            Objects.requireNonNull(value, "value");
        }

        @Override
        public int observationClass() {
            return 1;
        }

        private static Numeric read(ByteReader in) {
            return new Numeric(in.uint16("unit"), in.float32("value"));
        }

        @Override
        public void write(ByteWriter out) {
            out.uint16("unit", unit);
            out.float32("value", value);
        }

        @Override
        public void describe(Fields fields) {
            fields.bits("unit", unit, Short.SIZE).put("value", value);
        }

        @Override
        public String toString() {
            return "Numeric[]";
        }
    }

    /**
     * One term.
     *
     * @param code an MDC term, 0 to 4,294,967,295
     */
    record Discrete(long code) implements HealthValue {
        /** Checks the range. */
        public Discrete {
            Bits.requireUnsigned("code", code, Integer.SIZE);
        }

        @Override
        public int observationClass() {
            return 2;
        }

        @Override
        public void write(ByteWriter out) {
            out.uint32("code", code);
        }

        @Override
        public void describe(Fields fields) {
            fields.put("code", code);
        }

        @Override
        public String toString() {
            return "Discrete[]";
        }
    }

    /**
     * Words.
     *
     * @param text what the device wrote, at most 65,535 octets
     */
    record Text(DeviceText text) implements HealthValue {
        /** Checks that it is there. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public int observationClass() {
            return 3;
        }

        private static Text read(ByteReader in) {
            int size = in.uint16("textSize");
            return new Text(DeviceText.read(in.part("text", size), "text"));
        }

        @Override
        public void write(ByteWriter out) {
            byte[] octets = DeviceText.CODEC.encode(text);
            out.uint16("textSize", octets.length);
            out.octets(octets);
        }

        @Override
        public void describe(Fields fields) {
            text.fields().forEach(fields::put);
        }

        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /**
     * A piece of a wave form. The physical value of a sample is {@code sample x scale + offset}.
     *
     * @param unit the low 16 bits of an MDC unit
     * @param scale the physical value of one step
     * @param offset the physical value of sample 0
     * @param period in seconds
     * @param samplesPerPeriod how many samples in a period, 0 to 255
     * @param octetsPerSample 1 to 255
     * @param samples their octets, oldest first
     */
    record Samples(
            int unit,
            MedicalFloat scale,
            MedicalFloat offset,
            MedicalFloat period,
            int samplesPerPeriod,
            int octetsPerSample,
            Remainder samples)
            implements HealthValue {

        /** Checks the ranges, and that the octets are whole samples. */
        public Samples {
            Bits.requireUnsigned("unit", unit, Short.SIZE);
            Objects.requireNonNull(scale, "scale");
            Objects.requireNonNull(offset, "offset");
            Objects.requireNonNull(period, "period");
            Bits.requireUnsigned("samplesPerPeriod", samplesPerPeriod, Byte.SIZE);
            Bits.requireUnsigned("octetsPerSample", octetsPerSample, Byte.SIZE);
            Bits.requireUnknown(samples, ~0L);
            if (octetsPerSample == 0 || samples.trailing().length % octetsPerSample != 0) {
                throw new IllegalArgumentException("the octets are no whole number of samples");
            }
        }

        @Override
        public int observationClass() {
            return 4;
        }

        /** Returns how many samples there are. */
        public int size() {
            return samples.trailing().length / octetsPerSample;
        }

        /** Returns the samples as unsigned numbers, oldest first. */
        public List<BigInteger> values() {
            byte[] octets = samples.trailing();
            List<BigInteger> values = new ArrayList<>(size());
            for (int from = 0; from < octets.length; from += octetsPerSample) {
                byte[] reversed = new byte[octetsPerSample];
                for (int i = 0; i < octetsPerSample; i++) {
                    reversed[octetsPerSample - 1 - i] = octets[from + i];
                }
                values.add(new BigInteger(1, reversed));
            }
            return values;
        }

        private static Samples read(ByteReader in) {
            int unit = in.uint16("unit");
            MedicalFloat scale = in.float32("scale");
            MedicalFloat offset = in.float32("offset");
            MedicalFloat period = in.float32("period");
            int samplesPerPeriod = in.uint8("samplesPerPeriod");
            int sizeAt = in.offset();
            int octetsPerSample = in.uint8("octetsPerSample");
            if (octetsPerSample == 0) {
                throw new DecodeException("octetsPerSample", sizeAt, "a sample has at least one octet, but got 0");
            }
            int countAt = in.offset();
            long count = in.uint32("sampleCount");
            if (count * octetsPerSample > in.remaining()) {
                throw new DecodeException(
                        "sampleCount",
                        countAt,
                        "promises " + count + " samples of " + octetsPerSample + " octets, but only " + in.remaining()
                                + " octets follow");
            }
            Remainder samples = in.kept("samples", (int) count * octetsPerSample);
            return new Samples(unit, scale, offset, period, samplesPerPeriod, octetsPerSample, samples);
        }

        @Override
        public void write(ByteWriter out) {
            out.uint16("unit", unit);
            out.float32("scale", scale);
            out.float32("offset", offset);
            out.float32("period", period);
            out.uint8("samplesPerPeriod", samplesPerPeriod);
            out.uint8("octetsPerSample", octetsPerSample);
            out.uint32("sampleCount", size());
            samples.writeTo(out);
        }

        @Override
        public void describe(Fields fields) {
            List<Object> numbers = new ArrayList<>();
            values().forEach(
                            value -> numbers.add(value.bitLength() < Long.SIZE ? value.longValue() : value.toString()));
            fields.bits("unit", unit, Short.SIZE)
                    .put("scale", scale)
                    .put("offset", offset)
                    .put("periodSeconds", period)
                    .put("samplesPerPeriod", samplesPerPeriod)
                    .put("octetsPerSample", octetsPerSample)
                    .put("samples", numbers);
        }

        @Override
        public String toString() {
            return "Samples[" + size() + "]";
        }
    }

    /**
     * Several terms at once.
     *
     * @param codes MDC terms, at most 255
     */
    record Events(List<Long> codes) implements HealthValue {
        /** Copies and checks. */
        public Events {
            codes = HealthLists.codes(codes);
        }

        @Override
        public int observationClass() {
            return 5;
        }

        @Override
        public void write(ByteWriter out) {
            HealthLists.write(out, codes);
        }

        @Override
        public void describe(Fields fields) {
            fields.put("codes", codes);
        }

        @Override
        public String toString() {
            return "Events[]";
        }
    }

    /**
     * Several yes-or-no answers. The type of the observation says what each bit means; a bit that is not supported says nothing.
     *
     * @param supported which bits the device knows, as many octets as {@code events} and {@code bits}
     * @param events which bits are events, the others being states
     * @param bits the answers, least significant octet first
     */
    record States(Remainder supported, Remainder events, Remainder bits) implements HealthValue {
        /** Checks that all have the same size, at most 255 octets. */
        public States {
            Bits.requireUnknown(supported, ~0L);
            Bits.requireUnknown(events, ~0L);
            Bits.requireUnknown(bits, ~0L);
            int size = bits.trailing().length;
            Bits.requireUnsigned("size", size, Byte.SIZE);
            if (supported.trailing().length != size || events.trailing().length != size) {
                throw new IllegalArgumentException("the three masks have not the same size");
            }
        }

        @Override
        public int observationClass() {
            return 6;
        }

        private static States read(ByteReader in) {
            int size = in.uint8("size");
            return new States(in.kept("supported", size), in.kept("events", size), in.kept("bits", size));
        }

        @Override
        public void write(ByteWriter out) {
            out.uint8("size", bits.trailing().length);
            supported.writeTo(out);
            events.writeTo(out);
            bits.writeTo(out);
        }

        @Override
        public void describe(Fields fields) {
            fields.octets("supported", supported.trailing())
                    .octets("events", events.trailing())
                    .octets("bits", bits.trailing());
        }

        @Override
        public String toString() {
            return "States[]";
        }
    }

    /**
     * Several values that belong together.
     *
     * @param components at most 255
     */
    record Compound(List<Component> components) implements HealthValue {
        /** Copies and checks. */
        public Compound {
            components = List.copyOf(components);
            Bits.requireUnsigned("count", components.size(), Byte.SIZE);
        }

        @Override
        public int observationClass() {
            return 7;
        }

        private static Compound read(ByteReader in) {
            return new Compound(in.list(in.uint8("count"), Component::read));
        }

        @Override
        public void write(ByteWriter out) {
            out.uint8("count", components.size());
            components.forEach(component -> component.write(out));
        }

        @Override
        public void describe(Fields fields) {
            fields.put("components", components);
        }

        @Override
        public String toString() {
            return "Compound[]";
        }
    }

    /**
     * One part of a compound value.
     *
     * @param type what was observed, an MDC term
     * @param value of a class from 1 to 6
     */
    record Component(long type, HealthValue value) implements Described {
        private static final int LAST_CLASS = 6;

        /** Checks the ranges. */
        public Component {
            Bits.requireUnsigned("type", type, Integer.SIZE);
            if (value.observationClass() > LAST_CLASS || value instanceof Unknown) {
                throw new IllegalArgumentException("no value of a component: class " + value.observationClass());
            }
        }

        private static Component read(ByteReader in) {
            long type = in.uint32("type");
            int at = in.offset();
            int valueClass = in.uint8("class");
            if (valueClass < 1 || valueClass > LAST_CLASS) {
                throw new DecodeException(
                        "class", at, "expected a class from 1 to 6, whose size is known, but got " + valueClass);
            }
            return new Component(type, HealthValue.read(in, valueClass));
        }

        private void write(ByteWriter out) {
            out.uint32("type", type);
            out.uint8("class", value.observationClass());
            value.write(out);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = Fields.start().put("type", type).put("class", value.observationClass());
            value.describe(fields);
            return fields.toMap();
        }

        @Override
        public String toString() {
            return "Component[]";
        }
    }

    /**
     * Entries of which each says its type and form.
     *
     * @param entries at most 255
     */
    record Entries(List<HealthEntry> entries) implements HealthValue {
        /** Copies and checks. */
        public Entries {
            entries = List.copyOf(entries);
            Bits.requireUnsigned("count", entries.size(), Byte.SIZE);
        }

        @Override
        public int observationClass() {
            return 8;
        }

        @Override
        public void write(ByteWriter out) {
            HealthEntry.writeAll(out, entries);
        }

        @Override
        public void describe(Fields fields) {
            fields.put("entries", entries);
        }

        @Override
        public String toString() {
            return "Entries[]";
        }
    }

    /**
     * Several observations, each with what the bundle does not say for all of them. A bundle holds no bundle.
     *
     * @param observations at most 255
     */
    record Bundle(List<HealthObservation> observations) implements HealthValue {
        /** The class of a bundle. */
        static final int CLASS = 0xFF;

        /** Copies and checks. */
        public Bundle {
            observations = List.copyOf(observations);
            Bits.requireUnsigned("count", observations.size(), Byte.SIZE);
            if (observations.stream().anyMatch(one -> one.value() instanceof Bundle)) {
                throw new IllegalArgumentException("a bundle holds no bundle");
            }
        }

        @Override
        public int observationClass() {
            return CLASS;
        }

        @Override
        public void write(ByteWriter out) {
            out.uint8("count", observations.size());
            observations.forEach(observation -> observation.write(out));
        }

        @Override
        public void describe(Fields fields) {
            fields.put("observations", observations);
        }

        @Override
        public String toString() {
            return "Bundle[]";
        }
    }

    /**
     * A value of a class that the standard reserves.
     *
     * @param observationClass 0 to 255, none of the others
     * @param octets the value
     */
    record Unknown(int observationClass, Remainder octets) implements HealthValue {
        /** Checks the range. */
        public Unknown {
            Bits.requireUnsigned("observationClass", observationClass, Byte.SIZE);
            Bits.requireUnknown(octets, ~0L);
            if (isKnown(observationClass)) {
                throw new IllegalArgumentException("a known class: " + observationClass);
            }
        }

        @Override
        public void write(ByteWriter out) {
            octets.writeTo(out);
        }

        @Override
        public void describe(Fields fields) {
            fields.octets("octets", octets.trailing());
        }

        @Override
        public String toString() {
            return "Unknown[class=" + observationClass + "]";
        }
    }

    /** Whether a class has a layout. */
    static boolean isKnown(int observationClass) {
        return (observationClass >= 1 && observationClass <= 8) || observationClass == Bundle.CLASS;
    }

    /** Reads a value of a class that is no bundle. */
    static HealthValue read(ByteReader in, int observationClass) {
        return switch (observationClass) {
            case 1 -> Numeric.read(in);
            case 2 -> new Discrete(in.uint32("code"));
            case 3 -> Text.read(in);
            case 4 -> Samples.read(in);
            case 5 -> new Events(HealthLists.read(in, "codes"));
            case 6 -> States.read(in);
            case 7 -> Compound.read(in);
            case 8 -> new Entries(HealthEntry.readAll(in));
            default -> new Unknown(observationClass, in.kept("value", in.remaining()));
        };
    }
}
