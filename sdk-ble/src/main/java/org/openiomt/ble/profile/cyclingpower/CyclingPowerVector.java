package org.openiomt.ble.profile.cyclingpower;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Cycling Power Vector, characteristic {@code 0x2A64} of the Cycling Power Service: how force or torque runs over a turn.
 *
 * <pre>
 * field               type    octets  present when     meaning
 * flags               uint8   1       always           bit 0 crank, 1 angle, 2 forces, 3 torques, 4-5 direction; others kept
 * crankRevolutions    uint16  2       flags bit 0      turns so far, rolls over
 * crankEventTime1024  uint16  2       flags bit 0      when the last turn ended, in 1/1024 s
 * firstAngleDegree    uint16  2       flags bit 1      deg, where the first magnitude was measured
 * forcesNewton        int16   2 each  flags bit 2      N, to the end
 * torques32           int16   2 each  flags bit 3      1/32 N m, to the end
 * </pre>
 *
 * Forces and torques exclude each other; with both bits the octets do not say which the numbers are, which is reported and
 * refused by strict. A single octet behind the last number is kept.
 *
 * @param crank the counter of the crank, a {@link Counter#CRANK}
 * @param firstAngleDegree where the first magnitude was measured, in degrees, 0 to 65,535
 * @param kind what the magnitudes are
 * @param magnitudes in the order of time, in the unit of their kind; none when there is no kind
 * @param direction the direction of what is measured
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-power-service-1-1/">CPS 1.1, 3.3</a>
 */
public record CyclingPowerVector(
        Optional<Revolutions> crank,
        OptionalInt firstAngleDegree,
        Magnitudes kind,
        List<Integer> magnitudes,
        Direction direction,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CyclingPowerVector> CODEC = Codec.of(CyclingPowerVector::read, CyclingPowerVector::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int CRANK = 0x01;
    private static final int ANGLE = 0x02;
    private static final int KIND_SHIFT = 2;
    private static final int DIRECTION_SHIFT = 4;
    private static final int TWO_BITS = 3;
    private static final int KNOWN = CRANK | ANGLE | TWO_BITS << KIND_SHIFT | TWO_BITS << DIRECTION_SHIFT;

    /** What the magnitudes are, by the two bits that announce them. */
    public enum Magnitudes {
        /** There are none. */
        NONE(0, ""),
        /** Forces in N. */
        FORCES(1, "forcesNewton"),
        /** Torques in 1/32 N m. */
        TORQUES(2, "torques32"),
        /** Forces or torques: the sensor announced both, and sent one list. */
        FORCES_OR_TORQUES(3, "forcesOrTorques");

        private final int bits;
        private final String field;

        Magnitudes(int bits, String field) {
            this.bits = bits;
            this.field = field;
        }
    }

    /** The direction of what is measured. */
    public enum Direction {
        /** The sensor does not say. */
        UNKNOWN(0),
        /** Along the turn. */
        TANGENTIAL(1),
        /** Along the crank. */
        RADIAL(2),
        /** Along the axle. */
        LATERAL(3);

        private final int bits;

        Direction(int bits) {
            this.bits = bits;
        }
    }

    /** Copies the list and checks that the parts suit each other. */
    public CyclingPowerVector {
        crank.ifPresent(counter -> counter.require(Counter.CRANK));
        Bits.requireUnsigned("firstAngleDegree", firstAngleDegree, Short.SIZE);
        Objects.requireNonNull(kind, "kind");
        magnitudes = List.copyOf(magnitudes);
        for (int magnitude : magnitudes) {
            IntegerForm.SINT16.require("magnitudes", magnitude);
        }
        if (kind == Magnitudes.NONE && !magnitudes.isEmpty()) {
            throw new IllegalArgumentException("magnitudes of no kind");
        }
        Objects.requireNonNull(direction, "direction");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (crank.isPresent() ? CRANK : 0)
                | (firstAngleDegree.isPresent() ? ANGLE : 0)
                | kind.bits << KIND_SHIFT
                | direction.bits << DIRECTION_SHIFT
                | (int) remainder.unknownFlags();
    }

    private static CyclingPowerVector read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        Magnitudes kind = Magnitudes.values()[flags >> KIND_SHIFT & TWO_BITS];
        if (kind == Magnitudes.FORCES_OR_TORQUES) {
            in.unforeseen("flags", at, "forces and torques are both announced");
        }
        return new CyclingPowerVector(
                (flags & CRANK) != 0 ? Optional.of(Revolutions.read(in, Counter.CRANK)) : Optional.empty(),
                (flags & ANGLE) != 0 ? OptionalInt.of(in.uint16("firstAngleDegree")) : OptionalInt.empty(),
                kind,
                kind == Magnitudes.NONE ? List.of() : readMagnitudes(in, kind),
                Direction.values()[flags >> DIRECTION_SHIFT & TWO_BITS],
                in.remainder(unknown));
    }

    private static List<Integer> readMagnitudes(ByteReader in, Magnitudes kind) {
        return in.list(in.remaining() / Short.BYTES, one -> one.int16(kind.field));
    }

    private static void write(CyclingPowerVector value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.crank.ifPresent(counter -> counter.writeTo(out));
        value.firstAngleDegree.ifPresent(angle -> out.uint16("firstAngleDegree", angle));
        for (int magnitude : value.magnitudes) {
            out.int16(value.kind.field, magnitude);
        }
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", flags(), FLAGS_WIDTH);
        crank.ifPresent(counter -> counter.describe(fields));
        fields.put("firstAngleDegree", firstAngleDegree);
        if (kind != Magnitudes.NONE) {
            fields.put(kind.field, magnitudes);
        }
        return fields.put("direction", direction)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
