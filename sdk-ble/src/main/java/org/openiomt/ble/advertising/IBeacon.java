package org.openiomt.ble.advertising;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * iBeacon, in the manufacturer data of company {@code 0x004C}. Numbers have their high octet first.
 *
 * <pre>
 * field             type    octets  present when  meaning
 * type              uint8   1       always        2; another one is no iBeacon and refused
 * length            uint8   1       always        21; another one is no iBeacon and refused
 * uuid              UUID    16      always        whose beacons they are
 * major             uint16  2       always        a group of them
 * minor             uint16  2       always        one of the group
 * measuredPowerDbm  int8    1       always        dBm, the strength at 1 m
 * </pre>
 *
 * @param uuid whose beacons they are
 * @param major a group of them, 0 to 65,535
 * @param minor one of the group, 0 to 65,535
 * @param measuredPowerDbm the strength at 1 m in dBm, -128 to 127
 * @param remainder trailing octets
 */
public record IBeacon(UUID uuid, int major, int minor, int measuredPowerDbm, Remainder remainder) implements Described {

    /** Reads and writes it. */
    public static final Codec<IBeacon> CODEC = Codec.of(IBeacon::read, IBeacon::write);

    private static final int TYPE = 0x02;
    private static final int LENGTH = 0x15;

    /** Checks the ranges. */
    public IBeacon {
        Objects.requireNonNull(uuid, "uuid");
        Bits.requireUnsigned("major", major, 16);
        Bits.requireUnsigned("minor", minor, 16);
        if (measuredPowerDbm < Byte.MIN_VALUE || measuredPowerDbm > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("measuredPowerDbm out of range -128..127");
        }
        Bits.requireUnknown(remainder, ~0L);
    }

    private static IBeacon read(ByteReader in) {
        require(in, "type", TYPE);
        require(in, "length", LENGTH);
        return new IBeacon(
                BigEndian.readUuid(in, "uuid"),
                (int) BigEndian.read(in, "major", 2),
                (int) BigEndian.read(in, "minor", 2),
                in.int8("measuredPowerDbm"),
                in.remainder(0));
    }

    private static void require(ByteReader in, String field, int expected) {
        int at = in.offset();
        int actual = in.uint8(field);
        if (actual != expected) {
            throw new DecodeException(field, at, "expected " + expected + ", but got " + actual + ": no iBeacon");
        }
    }

    private static void write(IBeacon value, ByteWriter out) {
        out.uint8("type", TYPE);
        out.uint8("length", LENGTH);
        BigEndian.write(out, "uuid", value.uuid);
        BigEndian.write(out, "major", value.major, 2);
        BigEndian.write(out, "minor", value.minor, 2);
        out.int8("measuredPowerDbm", value.measuredPowerDbm);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("uuid", uuid.toString())
                .put("major", major)
                .put("minor", minor)
                .put("measuredPowerDbm", measuredPowerDbm)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
