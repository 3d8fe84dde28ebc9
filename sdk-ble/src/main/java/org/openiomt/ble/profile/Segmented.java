package org.openiomt.ble.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * One packet of a characteristic whose values are split over packets: a whole value, or a piece that says nothing by itself.
 * Pieces are joined by {@code org.openiomt.ble.gatt.Reassembler}, and what it gives is decoded without a header.
 *
 * <pre>
 * field    type            octets  present when                meaning
 * segment  segment header  1       always                      see {@link SegmentHeader}
 * ...      T               rest    first and last bit are set  the fields of the value
 * part     octets          rest    otherwise                   a piece of the value
 * </pre>
 *
 * @param <T> the type of the whole value
 * @param segment where the packet stands
 * @param value the whole value, where the packet holds one
 * @param part the octets of a piece; empty with a whole value
 */
public record Segmented<T extends Described>(SegmentHeader segment, Optional<T> value, Remainder part)
        implements Described {

    /** Checks that there is a value exactly when the packet is whole. */
    public Segmented {
        if (Objects.requireNonNull(segment, "segment").isWhole() != value.isPresent()) {
            throw new IllegalArgumentException("a packet holds a value exactly when it is the first and the last");
        }
        if (value.isPresent() && !part.isEmpty()) {
            throw new IllegalArgumentException("a whole value has no piece beside it");
        }
        Bits.requireUnknown(part, ~0L);
    }

    /** Returns a whole value in one packet. */
    public static <T extends Described> Segmented<T> whole(int counter, T value) {
        return new Segmented<>(new SegmentHeader(true, true, counter), Optional.of(value), Remainder.NONE);
    }

    /** Returns the codec of the packets of a characteristic. */
    public static <T extends Described> Codec<Segmented<T>> codec(Codec<T> whole) {
        return Codec.of(in -> read(in, whole), (packet, out) -> write(packet, out, whole));
    }

    /** Returns the class of the packets of a characteristic. */
    @SuppressWarnings("unchecked") // the type argument is not there at run time
    static <T extends Described> Class<Segmented<T>> type() {
        return (Class<Segmented<T>>) (Class<?>) Segmented.class;
    }

    private static <T extends Described> Segmented<T> read(ByteReader in, Codec<T> whole) {
        SegmentHeader segment = SegmentHeader.read(in);
        return segment.isWhole()
                ? new Segmented<>(segment, Optional.of(whole.read(in)), Remainder.NONE)
                : new Segmented<>(segment, Optional.empty(), in.kept("part", in.remaining()));
    }

    private static <T extends Described> void write(Segmented<T> packet, ByteWriter out, Codec<T> whole) {
        packet.segment.write(out);
        packet.value.ifPresent(value -> whole.write(value, out));
        packet.part.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields header = Fields.start().put("segment", segment);
        if (value.isEmpty()) {
            return header.octets("part", part.trailing()).toMap();
        }
        Map<String, Object> fields = new LinkedHashMap<>(header.toMap());
        fields.putAll(value.get().fields());
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
