package org.openiomt.core.wire;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Octets to a value and back. Codecs are stateless and may be used by several threads at once.
 *
 * @param <T> the type of the value
 */
public final class Codec<T> {
    private final Function<ByteReader, T> reader;
    private final BiConsumer<T, ByteWriter> writer;

    private Codec(Function<ByteReader, T> reader, BiConsumer<T, ByteWriter> writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * Makes a codec of two mirrored functions.
     *
     * @param reader reads every octet up to the end, the tail included (see {@link ByteReader#remainder})
     * @param writer writes the same fields in the same order
     */
    public static <T> Codec<T> of(Function<ByteReader, T> reader, BiConsumer<T, ByteWriter> writer) {
        return new Codec<>(reader, writer);
    }

    /**
     * Decodes a whole value.
     *
     * @throws DecodeException when a field is cut short, or holds what the mode refuses
     */
    public Decoded<T> decode(byte[] octets, DecodeMode mode) {
        ByteReader in = ByteReader.of(octets, mode);
        T value = reader.apply(in);
        in.requireEnd();
        return new Decoded<>(value, in.warnings());
    }

    /**
     * Decodes a whole value leniently and drops the warnings.
     *
     * @throws DecodeException when a field is cut short
     */
    public T decode(byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.LENIENT);
        T value = reader.apply(in);
        in.requireEnd();
        return value;
    }

    /**
     * Encodes a value.
     *
     * @throws IllegalArgumentException when a number does not fit its field
     */
    public byte[] encode(T value) {
        ByteWriter out = new ByteWriter();
        writer.accept(value, out);
        return out.toByteArray();
    }

    /**
     * Reads a value that is part of another and goes on to the end of {@code in}; its faults and warnings count the octets of
     * the other.
     *
     * @throws DecodeException when a field is cut short, or holds what the reader's mode refuses
     */
    public T read(ByteReader in) {
        return reader.apply(in);
    }

    /**
     * Writes a value as part of another; the mirror of {@link #read}.
     *
     * @throws IllegalArgumentException when a number does not fit its field
     */
    public void write(T value, ByteWriter out) {
        writer.accept(value, out);
    }
}
