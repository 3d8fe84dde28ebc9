package org.openiomt.ble.profile.objecttransfer;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Object List Filter, characteristic {@code 0x2AC7} of the Object Transfer Service: which objects the list shows. A server
 * has three of them, and an object must pass all.
 *
 * <pre>
 * field   type       octets      present when      meaning
 * filter  uint8      1           always            0 all, 1 name starts, 2 ends, 3 contains, 4 is; 5 type, 6 created
 *                                                  between, 7 modified between, 8 size between, 9 allocated size between,
 *                                                  10 marked; others kept with the octets behind them
 * name    UTF-8      to the end  filter 1 to 4     what is looked for; may be empty
 * type    UUID       2 or 16     filter 5          see {@link ObjectType}
 * from    date-time  7           filter 6 and 7    the first moment; 0 = part not known
 * to      date-time  7           filter 6 and 7    the last moment
 * min     uint32     4           filter 8 and 9    octets
 * max     uint32     4           filter 8 and 9    octets
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.5</a>
 */
public sealed interface ObjectListFilter extends Described {
    /** Filter: every object. */
    int ALL = 0;

    /** Filter: the name starts so. */
    int NAME_STARTS = 1;

    /** Filter: the name ends so. */
    int NAME_ENDS = 2;

    /** Filter: the name holds it. */
    int NAME_CONTAINS = 3;

    /** Filter: the name is it. */
    int NAME_IS = 4;

    /** Filter: of this kind. */
    int TYPE = 5;

    /** Filter: made in a span of time. */
    int CREATED_BETWEEN = 6;

    /** Filter: changed in a span of time. */
    int MODIFIED_BETWEEN = 7;

    /** Filter: of a size. */
    int SIZE_BETWEEN = 8;

    /** Filter: of an allocated size. */
    int ALLOCATED_SIZE_BETWEEN = 9;

    /** Filter: marked. */
    int MARKED = 10;

    /** Reads and writes it. */
    Codec<ObjectListFilter> CODEC = Codec.of(ObjectListFilter::read, ObjectListFilter::write);

    /** Returns the filter, 0 to 255. */
    int filter();

    /**
     * A filter without a parameter, or one that the standard reserves, whose parameter is kept.
     *
     * @param filter {@link #ALL}, {@link #MARKED}, or 11 to 255
     * @param remainder the octets behind it
     */
    record Plain(int filter, Remainder remainder) implements ObjectListFilter {
        /** Checks the filter. */
        public Plain {
            Bits.requireUnsigned("filter", filter, Byte.SIZE);
            if (filter > ALL && filter < MARKED) {
                throw new IllegalArgumentException("filter " + filter + " has a parameter");
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().put("filter", filter).trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A filter by name.
     *
     * @param filter {@link #NAME_STARTS} to {@link #NAME_IS}
     * @param name what is looked for
     */
    record ByName(int filter, DeviceText name) implements ObjectListFilter {
        /** Checks the filter. */
        public ByName {
            requireFilter(filter, NAME_STARTS, NAME_IS);
            Objects.requireNonNull(name, "name");
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().put("filter", filter).put("name", name.text()).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A filter by kind.
     *
     * @param type the kind, with the octets behind it
     */
    record ByType(ObjectType type) implements ObjectListFilter {
        /** Checks that it is there. */
        public ByType {
            Objects.requireNonNull(type, "type");
        }

        @Override
        public int filter() {
            return TYPE;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("filter", filter())
                    .put("type", type.text())
                    .trailing(type.remainder())
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A filter by time.
     *
     * @param filter {@link #CREATED_BETWEEN} or {@link #MODIFIED_BETWEEN}
     * @param from the first moment
     * @param to the last moment
     * @param remainder trailing octets
     */
    record ByTime(int filter, DeviceDateTime from, DeviceDateTime to, Remainder remainder) implements ObjectListFilter {
        /** Checks the filter. */
        public ByTime {
            requireFilter(filter, CREATED_BETWEEN, MODIFIED_BETWEEN);
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("filter", filter)
                    .put("from", from)
                    .put("to", to)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A filter by size in octets.
     *
     * @param filter {@link #SIZE_BETWEEN} or {@link #ALLOCATED_SIZE_BETWEEN}
     * @param min the smallest, 0 to 4,294,967,295
     * @param max the largest, 0 to 4,294,967,295
     * @param remainder trailing octets
     */
    record BySize(int filter, long min, long max, Remainder remainder) implements ObjectListFilter {
        /** Checks the filter and the ranges. */
        public BySize {
            requireFilter(filter, SIZE_BETWEEN, ALLOCATED_SIZE_BETWEEN);
            Bits.requireUnsigned("min", min, Integer.SIZE);
            Bits.requireUnsigned("max", max, Integer.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("filter", filter)
                    .put("minOctets", min)
                    .put("maxOctets", max)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    private static ObjectListFilter read(ByteReader in) {
        int at = in.offset();
        int filter = in.uint8("filter");
        return switch (filter) {
            case NAME_STARTS, NAME_ENDS, NAME_CONTAINS, NAME_IS -> new ByName(filter, DeviceText.read(in, "name"));
            case TYPE -> new ByType(ObjectType.read(in));
            case CREATED_BETWEEN, MODIFIED_BETWEEN ->
                new ByTime(filter, DateTimeCodec.read(in, "from"), DateTimeCodec.read(in, "to"), in.remainder(0));
            case SIZE_BETWEEN, ALLOCATED_SIZE_BETWEEN ->
                new BySize(filter, in.uint32("min"), in.uint32("max"), in.remainder(0));
            default -> {
                if (filter != ALL && filter != MARKED) {
                    in.unforeseen("filter", at, "unknown code " + filter);
                }
                yield new Plain(filter, in.remainder(0));
            }
        };
    }

    private static void write(ObjectListFilter value, ByteWriter out) {
        out.uint8("filter", value.filter());
        if (value instanceof ByName name) {
            name.name.writeTo(out);
        } else if (value instanceof ByType type) {
            type.type.writeTo(out);
        } else if (value instanceof ByTime time) {
            DateTimeCodec.write(out, "from", time.from);
            DateTimeCodec.write(out, "to", time.to);
            time.remainder.writeTo(out);
        } else if (value instanceof BySize size) {
            out.uint32("min", size.min);
            out.uint32("max", size.max);
            size.remainder.writeTo(out);
        } else if (value instanceof Plain plain) {
            plain.remainder.writeTo(out);
        } else {
            throw new AssertionError(value);
        }
    }

    private static void requireFilter(int filter, int first, int last) {
        if (filter < first || filter > last) {
            throw new IllegalArgumentException("filter " + filter + " has another parameter");
        }
    }
}
