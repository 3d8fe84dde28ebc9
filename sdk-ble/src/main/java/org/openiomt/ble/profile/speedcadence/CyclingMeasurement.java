package org.openiomt.ble.profile.speedcadence;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * CSC Measurement, characteristic {@code 0x2A5B} of the Cycling Speed and Cadence Service. One value says neither speed nor
 * cadence: {@link Revolutions#since} compares two.
 *
 * <pre>
 * field               type    octets  present when  meaning
 * flags               uint8   1       always        bit 0 wheel, 1 crank; others kept
 * wheelRevolutions    uint32  4       flags bit 0   turns so far; can be set, see {@link SpeedCadenceControlPoint}
 * wheelEventTime1024  uint16  2       flags bit 0   when the last turn ended, in 1/1024 s; rolls over every 64 s
 * crankRevolutions    uint16  2       flags bit 1   turns so far; rolls over
 * crankEventTime1024  uint16  2       flags bit 1   when the last turn ended, in 1/1024 s; rolls over every 64 s
 * </pre>
 *
 * @param wheel the counter of the wheel, a {@link Counter#WHEEL}
 * @param crank the counter of the crank, a {@link Counter#CRANK}
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-speed-and-cadence-service-1-0/">CSCS 1.0, 3.1</a>
 */
public record CyclingMeasurement(Optional<Revolutions> wheel, Optional<Revolutions> crank, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CyclingMeasurement> CODEC = Codec.of(CyclingMeasurement::read, CyclingMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int WHEEL = 0x01;
    private static final int CRANK = 0x02;
    private static final int KNOWN = WHEEL | CRANK;

    /** Checks that each counter is of its kind. */
    public CyclingMeasurement {
        wheel.ifPresent(counter -> counter.require(Counter.WHEEL));
        crank.ifPresent(counter -> counter.require(Counter.CRANK));
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (wheel.isPresent() ? WHEEL : 0) | (crank.isPresent() ? CRANK : 0) | (int) remainder.unknownFlags();
    }

    private static CyclingMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new CyclingMeasurement(
                (flags & WHEEL) != 0 ? Optional.of(Revolutions.read(in, Counter.WHEEL)) : Optional.empty(),
                (flags & CRANK) != 0 ? Optional.of(Revolutions.read(in, Counter.CRANK)) : Optional.empty(),
                in.remainder(unknown));
    }

    private static void write(CyclingMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.wheel.ifPresent(counter -> counter.writeTo(out));
        value.crank.ifPresent(counter -> counter.writeTo(out));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", flags(), FLAGS_WIDTH);
        wheel.ifPresent(counter -> counter.describe(fields));
        crank.ifPresent(counter -> counter.describe(fields));
        return fields.remainder(remainder, FLAGS_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
