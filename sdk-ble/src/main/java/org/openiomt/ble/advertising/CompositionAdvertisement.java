package org.openiomt.ble.advertising;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Service data of Body Composition {@code 0x181B} as Xiaomi's scale with electrodes sends it, with flags of its own.
 *
 * <pre>
 * field        type       octets  present when  meaning
 * flags        2 x uint8  2       always        first octet: bit 0 pounds; second octet: bit 1 impedance, 5 stable, 6 catties,
 *                                               7 the person stepped off; others kept, some are set in captures
 * takenAt      date-time  7       always        device clock, no zone; 0 = part not known
 * impedance    uint16     2       always        ohm between the feet; says something with bit 1 only
 * steps        uint16     2       always        the weight; see {@link ScaleUnit}
 * </pre>
 *
 * @param flags as sent, the first octet in the high half, 0 to 65,535
 * @param takenAt when the scale measured
 * @param impedance as sent, 0 to 65,535; see {@link #impedanceOhm()}
 * @param steps the weight as sent, 0 to 65,535
 * @param remainder trailing octets
 */
public record CompositionAdvertisement(int flags, DeviceDateTime takenAt, int impedance, int steps, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CompositionAdvertisement> CODEC =
            Codec.of(CompositionAdvertisement::read, CompositionAdvertisement::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int POUND = 0x0100;
    private static final int IMPEDANCE = 0x0002;
    private static final int STABLE = 0x0020;
    private static final int CATTY = 0x0040;
    private static final int REMOVED = 0x0080;

    /** Checks the ranges. */
    public CompositionAdvertisement {
        Bits.requireUnsigned("flags", flags, FLAGS_WIDTH);
        Objects.requireNonNull(takenAt, "takenAt");
        Bits.requireUnsigned("impedance", impedance, 16);
        Bits.requireUnsigned("steps", steps, 16);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the unit. */
    public ScaleUnit unit() {
        return ScaleUnit.of((flags & POUND) != 0, (flags & CATTY) != 0);
    }

    /** Returns the weight in its unit, at the resolution of the wire. */
    public MedicalFloat weight() {
        return unit().weight(steps);
    }

    /** Returns the impedance between the feet in ohm, where it was measured. */
    public OptionalInt impedanceOhm() {
        return (flags & IMPEDANCE) != 0 ? OptionalInt.of(impedance) : OptionalInt.empty();
    }

    /** Whether the weight did not change any more. */
    public boolean isStable() {
        return (flags & STABLE) != 0;
    }

    /** Whether the person has stepped off. */
    public boolean isRemoved() {
        return (flags & REMOVED) != 0;
    }

    private static CompositionAdvertisement read(ByteReader in) {
        return new CompositionAdvertisement(
                (int) BigEndian.read(in, "flags", 2),
                DateTimeCodec.read(in, "takenAt"),
                in.uint16("impedance"),
                in.uint16("steps"),
                in.remainder(0));
    }

    private static void write(CompositionAdvertisement value, ByteWriter out) {
        BigEndian.write(out, "flags", value.flags, 2);
        DateTimeCodec.write(out, "takenAt", value.takenAt);
        out.uint16("impedance", value.impedance);
        out.uint16("steps", value.steps);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags, FLAGS_WIDTH)
                .put("takenAt", takenAt)
                .put("impedanceOhm", impedanceOhm());
        return unit().describe(fields, steps).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
