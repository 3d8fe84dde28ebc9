package org.openiomt.ble.profile.continuousglucose;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * CGM Measurement, characteristic {@code 0x2AA7} of the Continuous Glucose Monitoring Service: one or more records, each with
 * its own size and, where the device has check sums, its own check sum.
 *
 * <pre>
 * field    type                    octets        present when  meaning
 * records  see {@link CgmRecord}   6 to 255 each always        oldest first, to the end
 * </pre>
 *
 * A size below 6, or beyond the octets that came, is refused with the whole value: where the next record begins is not known. A
 * record with a wrong check sum is reported and kept as {@link Damaged} octets, which are never a reading, and the records after
 * it are read; strict refuses the value, and so does lenient when no record is left.
 *
 * @param parts one or more
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.1</a>
 */
public record CgmMeasurement(List<Part> parts) implements Described {
    /** Reads and writes it when the feature characteristic was not read; see {@link E2eContext#NOT_KNOWN}. */
    public static final Codec<CgmMeasurement> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final String SIZE = "size";

    /** A record, or what is left of one. */
    public sealed interface Part permits CgmRecord, Damaged {}

    /**
     * A record whose check sum is wrong.
     *
     * @param octets the record from its size to its check sum
     * @param fault what is wrong, in words
     */
    public record Damaged(Remainder octets, String fault) implements Part, Described {
        /** Checks that both are there. */
        public Damaged {
            Objects.requireNonNull(octets, "octets");
            Objects.requireNonNull(fault, "fault");
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .octets("damaged", octets.trailing())
                    .put("fault", fault)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /** Copies the list. */
    public CgmMeasurement {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a measurement has at least one record");
        }
    }

    /** Returns a measurement of sound records. */
    public static CgmMeasurement of(CgmRecord... records) {
        return new CgmMeasurement(List.of(records));
    }

    /** Returns the codec for a device of which {@link CgmFeatures#e2e} is known. */
    public static Codec<CgmMeasurement> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    /** Returns the records that were read, also those whose check sum is not known to be right. */
    public List<CgmRecord> records() {
        return parts.stream()
                .filter(CgmRecord.class::isInstance)
                .map(CgmRecord.class::cast)
                .toList();
    }

    private static CgmMeasurement read(ByteReader in, E2eContext context) {
        List<Part> parts = in.list(part -> readPart(part, context));
        if (parts.get(0) instanceof Damaged first && parts.stream().allMatch(Damaged.class::isInstance)) {
            throw new DecodeException("crc", first.octets.trailing().length - E2eLayout.CRC.size(), first.fault);
        }
        return new CgmMeasurement(parts);
    }

    private static Part readPart(ByteReader in, E2eContext context) {
        int start = in.offset();
        int rest = readSize(in) - 1;
        int outer = in.narrow("record", rest);
        E2e e2e = E2e.judge(in, start, context, E2eLayout.CRC);
        if (in.isStrict()) {
            e2e.requireSound();
        }
        Optional<String> fault = e2e.fault();
        Part part = fault.isEmpty() ? CgmRecord.read(e2e) : readDamaged(in, start, start + 1 + rest, fault.get());
        in.widen(outer);
        return part;
    }

    private static Damaged readDamaged(ByteReader in, int start, int end, String fault) {
        in.widen(end);
        in.skip("record", in.remaining());
        in.warn("crc", end - E2eLayout.CRC.size(), fault);
        return new Damaged(Remainder.of(0, in.slice(start, end)), fault);
    }

    private static int readSize(ByteReader in) {
        int start = in.offset();
        int size = in.uint8(SIZE);
        if (size < CgmRecord.MIN_SIZE) {
            throw new DecodeException(
                    SIZE,
                    start,
                    "a record has at least " + CgmRecord.MIN_SIZE + " octets, but this one says that it has " + size);
        }
        if (size > in.remaining() + 1) {
            throw new DecodeException(
                    SIZE,
                    start,
                    "the record says that it has " + size + " octets, but only " + (in.remaining() + 1) + " came");
        }
        return size;
    }

    private static void write(CgmMeasurement value, ByteWriter out, E2eContext context) {
        for (Part part : value.parts) {
            if (part instanceof CgmRecord record) {
                record.write(out, context);
            } else if (part instanceof Damaged damaged) {
                damaged.octets.writeTo(out);
            } else {
                throw new AssertionError(part);
            }
        }
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("records", parts).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
