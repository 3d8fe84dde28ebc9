package org.openiomt.core.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;
import tools.jackson.core.JsonGenerator;

/**
 * Values as JSON objects; the member that only one class has says which class it is.
 *
 * <pre>{@code
 * numeric        {"number": 37.60, "unit": {"code": 268192, "ucum": "Cel"}}
 * compound       {"parts": [{"type": {"code": 150021, ...}, "value": {...}}, ...]}
 * coded          {"coded": {"code": 150588, "name": "MDC_MODALITY_SPOT"}}
 * flags          {"flags": "0801", "width": 12}                              hexadecimal
 * text           {"text": "..."}
 * sample array   {"samples": [1024, ...], "scale": 0.00488, "offset": 1024, "unit": {...},
 *                 "rate": {"samples": 250, "per": "PT1S"}}
 * opaque         {"octets": "0a0b"}                                          hexadecimal
 * }</pre>
 */
final class ValueJson {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_RADIX = 16;

    private ValueJson() {}

    static void write(Value value, JsonGenerator out, int nesting) {
        out.writeStartObject();
        if (value instanceof Value.Numeric numeric) {
            number("number", numeric.quantity().value(), out);
            unit(numeric.quantity().unit(), out);
        } else if (value instanceof Value.Compound compound) {
            if (nesting >= ValueCbor.MAX_NESTING) {
                throw new IllegalArgumentException(
                        "more than " + ValueCbor.MAX_NESTING + " compounds inside each other");
            }
            out.writeArrayPropertyStart("parts");
            compound.components().forEach(part -> component(part.type(), part.value(), out, nesting + 1));
            out.writeEndArray();
        } else if (value instanceof Value.Coded coded) {
            out.writeName("coded");
            code(coded.code(), out);
        } else if (value instanceof Value.Flags flags) {
            out.writeStringProperty("flags", Long.toUnsignedString(flags.bits(), HEX_RADIX));
            out.writeNumberProperty("width", flags.width());
        } else if (value instanceof Value.Text text) {
            out.writeStringProperty("text", text.text());
        } else if (value instanceof Value.SampleArray wave) {
            sampleArray(wave, out);
        } else if (value instanceof Value.Opaque opaque) {
            out.writeStringProperty("octets", HEX.formatHex(opaque.octets()));
        } else {
            throw new AssertionError(value);
        }
        out.writeEndObject();
    }

    /** Writes a type and a value as one object. */
    static void component(Code type, Value value, JsonGenerator out, int nesting) {
        out.writeStartObject();
        out.writeName("type");
        code(type, out);
        out.writeName("value");
        write(value, out, nesting);
        out.writeEndObject();
    }

    /** Writes a term with the names that the table has for it. */
    static void code(Code code, JsonGenerator out) {
        out.writeStartObject();
        out.writeNumberProperty("code", code.value());
        Mdc.referenceId(code).ifPresent(name -> out.writeStringProperty("name", name));
        Mdc.displayName(code).ifPresent(display -> out.writeStringProperty("display", display));
        out.writeEndObject();
    }

    private static void unit(Code unit, JsonGenerator out) {
        out.writeObjectPropertyStart("unit");
        out.writeNumberProperty("code", unit.value());
        Units.ucum(unit).ifPresent(ucum -> out.writeStringProperty("ucum", ucum));
        out.writeEndObject();
    }

    private static void number(String member, MedicalFloat value, JsonGenerator out) {
        if (value.isFinite()) {
            out.writeNumberProperty(member, value.toBigDecimal());
        } else {
            out.writeStringProperty(member, value.toString());
        }
    }

    private static void sampleArray(Value.SampleArray wave, JsonGenerator out) {
        int[] samples = wave.samples();
        out.writeName("samples");
        out.writeArray(samples, 0, samples.length);
        number("scale", wave.scale(), out);
        number("offset", wave.offset(), out);
        unit(wave.unit(), out);
        out.writeObjectPropertyStart("rate");
        out.writeNumberProperty("samples", wave.rate().samples());
        out.writeStringProperty("per", wave.rate().per().toString());
        out.writeEndObject();
    }

    static Value read(String field, JsonReader in, int nesting) {
        Members members = new Members(in, nesting);
        in.object(field);
        for (String member = in.nextMember(field); member != null; member = in.nextMember(field)) {
            members.read(member);
        }
        return members.build(field);
    }

    static Value.Component readComponent(String field, JsonReader in, int nesting) {
        Code type = null;
        Value value = null;
        in.object(field);
        for (String member = in.nextMember(field); member != null; member = in.nextMember(field)) {
            switch (member) {
                case "type" -> type = readCode(member, in);
                case "value" -> value = read(member, in, nesting);
                default -> in.skip(member);
            }
        }
        return new Value.Component(in.required(field + ".type", type), in.required(field + ".value", value));
    }

    static Code readCode(String field, JsonReader in) {
        Code code = null;
        in.object(field);
        for (String member = in.nextMember(field); member != null; member = in.nextMember(field)) {
            if (member.equals("code")) {
                long value = in.integer(member);
                code = in.attempt(member, () -> Code.of(value));
            } else {
                in.skip(member);
            }
        }
        return in.required(field + ".code", code);
    }

    /** What the members of one object have said so far. */
    private static final class Members {
        private final JsonReader in;
        private final int nesting;
        private final List<String> classes = new ArrayList<>();
        private @Nullable MedicalFloat number;
        private @Nullable Code unit;
        private List<Value.Component> parts = List.of();
        private @Nullable Code coded;
        private long flags;
        private int width;
        private String text = "";
        private int[] samples = new int[0];
        private @Nullable MedicalFloat scale;
        private @Nullable MedicalFloat offset;
        private @Nullable SampleRate rate;
        private byte[] octets = new byte[0];

        Members(JsonReader in, int nesting) {
            this.in = in;
            this.nesting = nesting;
        }

        void read(String member) {
            switch (member) {
                case "number" -> number = in.number(member);
                case "unit" -> unit = readCode(member, in);
                case "parts" -> parts = parts();
                case "coded" -> coded = readCode(member, in);
                case "flags" -> flags = in.text(member, bits -> Long.parseUnsignedLong(bits, HEX_RADIX));
                case "width" -> width = in.int32(member);
                case "text" -> text = in.text(member, content -> content);
                case "samples" -> samples = samples();
                case "scale" -> scale = in.number(member);
                case "offset" -> offset = in.number(member);
                case "rate" -> rate = rate();
                case "octets" -> octets = in.text(member, HEX::parseHex);
                default -> in.skip(member);
            }
            switch (member) {
                case "number", "parts", "coded", "flags", "text", "samples", "octets" -> classes.add(member);
                default -> {
                    // says nothing about the class
                }
            }
        }

        Value build(String field) {
            if (classes.size() != 1) {
                throw in.refuse(field, "expected one of number, parts, coded, flags, text, samples, octets");
            }
            return switch (classes.get(0)) {
                case "number" -> Value.Numeric.of(in.required("number", number), in.required("unit", unit));
                case "parts" -> new Value.Compound(parts);
                case "coded" -> new Value.Coded(in.required("coded", coded));
                case "flags" -> in.attempt("flags", () -> new Value.Flags(flags, width));
                case "text" -> new Value.Text(text);
                case "samples" ->
                    Value.SampleArray.of(
                            in.required("unit", unit),
                            in.required("scale", scale),
                            in.required("offset", offset),
                            in.required("rate", rate),
                            samples);
                default -> Value.Opaque.of(octets);
            };
        }

        private List<Value.Component> parts() {
            if (nesting >= ValueCbor.MAX_NESTING) {
                throw in.refuse("parts", "more than " + ValueCbor.MAX_NESTING + " compounds inside each other");
            }
            List<Value.Component> components = new ArrayList<>();
            in.array("parts");
            while (in.nextItem("parts")) {
                components.add(readComponent("parts", in, nesting + 1));
            }
            return components;
        }

        private int[] samples() {
            IntStream.Builder items = IntStream.builder();
            in.array("samples");
            while (in.nextItem("samples")) {
                items.add(in.int32("samples"));
            }
            return items.build().toArray();
        }

        private SampleRate rate() {
            Integer count = null;
            Duration per = null;
            in.object("rate");
            for (String member = in.nextMember("rate"); member != null; member = in.nextMember("rate")) {
                switch (member) {
                    case "samples" -> count = in.int32(member);
                    case "per" -> per = in.text(member, Duration::parse);
                    default -> in.skip(member);
                }
            }
            int samples = in.required("rate.samples", count);
            Duration span = in.required("rate.per", per);
            return in.attempt("rate", () -> new SampleRate(samples, span));
        }
    }
}
