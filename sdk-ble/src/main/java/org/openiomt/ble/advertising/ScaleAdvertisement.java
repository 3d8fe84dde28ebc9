package org.openiomt.ble.advertising;

import java.util.Map;
import java.util.Objects;
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
 * Service data of Weight Scale {@code 0x181D} as Xiaomi's scale without electrodes sends it, with flags of its own.
 *
 * <pre>
 * field    type       octets  present when  meaning
 * flags    uint8      1       always        bit 0 pounds, 4 catties, 5 stable, 7 the person stepped off; others kept, one of
 *                                           them is set in captures
 * steps    uint16     2       always        the weight; see {@link ScaleUnit}
 * takenAt  date-time  7       always        device clock, no zone; 0 = part not known
 * </pre>
 *
 * @param flags as sent, 0 to 255
 * @param steps the weight as sent, 0 to 65,535
 * @param takenAt when the scale measured
 * @param remainder trailing octets
 */
public record ScaleAdvertisement(int flags, int steps, DeviceDateTime takenAt, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ScaleAdvertisement> CODEC = Codec.of(ScaleAdvertisement::read, ScaleAdvertisement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int POUND = 0x01;
    private static final int CATTY = 0x10;
    private static final int STABLE = 0x20;
    private static final int REMOVED = 0x80;

    /** Checks the ranges. */
    public ScaleAdvertisement {
        Bits.requireUnsigned("flags", flags, FLAGS_WIDTH);
        Bits.requireUnsigned("steps", steps, 16);
        Objects.requireNonNull(takenAt, "takenAt");
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

    /** Whether the weight did not change any more. */
    public boolean isStable() {
        return (flags & STABLE) != 0;
    }

    /** Whether the person has stepped off. */
    public boolean isRemoved() {
        return (flags & REMOVED) != 0;
    }

    private static ScaleAdvertisement read(ByteReader in) {
        return new ScaleAdvertisement(
                in.uint8("flags"), in.uint16("steps"), DateTimeCodec.read(in, "takenAt"), in.remainder(0));
    }

    private static void write(ScaleAdvertisement value, ByteWriter out) {
        out.uint8("flags", value.flags);
        out.uint16("steps", value.steps);
        DateTimeCodec.write(out, "takenAt", value.takenAt);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return unit().describe(Fields.start().bits("flags", flags, FLAGS_WIDTH), steps)
                .put("takenAt", takenAt)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
