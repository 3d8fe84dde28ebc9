package org.openiomt.ble.profile.controlpoint;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * One field of a message that is written down as a table. Immutable; two parameters are equal when they are the same one.
 *
 * @param <T> the type of its values
 */
public final class Parameter<T> {
    private final String name;
    private final Class<T> type;
    private final Reader<T> reader;
    private final Writer<T> writer;
    private final Presence presence;
    private final Optional<IntegerForm> form;

    /** What it means when no octet is left for a parameter. */
    private enum Presence {
        DEMANDED,
        OPTIONAL,
        TO_THE_END
    }

    /** Reads one value. */
    private interface Reader<T> {
        T read(ByteReader in, String name);
    }

    /** Writes one value, and refuses one that does not fit. */
    private interface Writer<T> {
        void write(ByteWriter out, String name, T value);
    }

    private Parameter(String name, Class<T> type, Reader<T> reader, Writer<T> writer, Presence presence) {
        this(name, type, reader, writer, presence, Optional.empty());
    }

    private Parameter(
            String name,
            Class<T> type,
            Reader<T> reader,
            Writer<T> writer,
            Presence presence,
            Optional<IntegerForm> form) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = type;
        this.reader = reader;
        this.writer = writer;
        this.presence = presence;
        this.form = form;
    }

    /** Returns a whole number; its name tells the unit. */
    public static Parameter<Long> number(String name, IntegerForm form) {
        return new Parameter<>(name, Long.class, form::read, form::write, Presence.DEMANDED, Optional.of(form));
    }

    /**
     * Returns a whole number whose width is disputed, at the end of a message. The length decides; the other form is
     * reported, and strict refuses it.
     */
    public static Parameter<SizedNumber> number(String name, IntegerForm form, IntegerForm other) {
        return new Parameter<>(
                name,
                SizedNumber.class,
                (in, field) -> {
                    boolean isOther = in.remaining() == other.octets();
                    if (isOther) {
                        in.unforeseen(field, in.offset(), "the length fits " + other + " alone; read so");
                    }
                    IntegerForm read = isOther ? other : form;
                    return new SizedNumber(read.read(in, field), read);
                },
                (out, field, number) -> number.form().write(out, field, number.value()),
                Presence.DEMANDED,
                Optional.of(form));
    }

    /** Returns a date and time of 7 octets. */
    public static Parameter<DeviceDateTime> dateTime(String name) {
        return new Parameter<>(
                name, DeviceDateTime.class, DateTimeCodec::read, DateTimeCodec::write, Presence.DEMANDED);
    }

    /** Returns UTF-8 that goes on to the end. */
    public static Parameter<DeviceText> text(String name) {
        return new Parameter<>(
                name, DeviceText.class, DeviceText::read, (out, field, text) -> text.writeTo(out), Presence.TO_THE_END);
    }

    /** Returns codes of one octet each that go on to the end. */
    public static Parameter<Codes> codes(String name) {
        return new Parameter<>(name, Codes.class, Codes::read, Codes::write, Presence.TO_THE_END);
    }

    /** Returns a company identifier, a number of octets and these octets, whose meaning the company alone knows. */
    public static Parameter<CompanyData> companyData(String name) {
        return new Parameter<>(name, CompanyData.class, CompanyData::read, CompanyData::write, Presence.DEMANDED);
    }

    /** Returns the same parameter, which may be left out where the message ends. */
    public Parameter<T> ifMore() {
        return new Parameter<>(name, type, reader, writer, Presence.OPTIONAL, form);
    }

    /** Returns its name, with the unit. */
    public String name() {
        return name;
    }

    /** Returns the type of its values. */
    public Class<T> type() {
        return type;
    }

    /** Returns the form of a whole number; empty for everything else. */
    public Optional<IntegerForm> form() {
        return form;
    }

    boolean isOptional() {
        return presence == Presence.OPTIONAL;
    }

    /** Whether a message without an octet for it lacks it: it may not be left out, and does not go on to the end. */
    public boolean isDemanded() {
        return presence == Presence.DEMANDED;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    T read(ByteReader in) {
        return reader.read(in, name);
    }

    void write(ByteWriter out, Object value) {
        writer.write(out, name, type.cast(value));
    }

    void describe(Fields fields, Object value) {
        if (value instanceof Codes codes) {
            fields.put(name, codes.codes());
        } else if (value instanceof DeviceText text) {
            fields.put(name, text.text());
        } else if (value instanceof SizedNumber number) {
            fields.put(name, number.value());
        } else {
            fields.put(name, value);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Codes of one octet each.
     *
     * @param codes 0 to 255 each, in the order of the message
     */
    public record Codes(List<Integer> codes) {
        /** Copies the list and checks the codes. */
        public Codes {
            codes = List.copyOf(codes);
            for (int code : codes) {
                Bits.requireUnsigned("code", code, Byte.SIZE);
            }
        }

        private static Codes read(ByteReader in, String name) {
            return new Codes(in.list(in.remaining(), code -> code.uint8(name)));
        }

        private static void write(ByteWriter out, String name, Codes value) {
            for (int code : value.codes) {
                out.uint8(name, code);
            }
        }
    }
}
