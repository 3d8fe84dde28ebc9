package org.openiomt.ble.profile.userdata;

import java.util.List;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * The limits between the zones of a user's heart rate, of the User Data Service: Three Zone {@code 0x2A94}, Four Zone
 * {@code 0x2B4C} and Five Zone Heart Rate Limits {@code 0x2A8B}. The limit between two zones is a {@link UserNumber}.
 *
 * <pre>
 * field   type   octets   present when  meaning
 * limits  uint8  1 each   always        beats per minute, lowest first; one fewer than zones:
 *                                       3 zones: light to moderate, moderate to hard
 *                                       4 zones: light to moderate, moderate to hard, hard to maximum
 *                                       5 zones: very light to light, light to moderate, moderate to hard, hard to maximum
 * </pre>
 *
 * @param limits 2 to 4 heart rates in beats per minute, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record HeartRateZones(List<Integer> limits, Remainder remainder) implements Described {
    /** Reads and writes the limits between three zones. */
    public static final Codec<HeartRateZones> THREE = codec(2);

    /** Reads and writes the limits between four zones. */
    public static final Codec<HeartRateZones> FOUR = codec(3);

    /** Reads and writes the limits between five zones. */
    public static final Codec<HeartRateZones> FIVE = codec(4);

    /** Copies the list and checks the ranges. */
    public HeartRateZones {
        limits = List.copyOf(limits);
        limits.forEach(limit -> Bits.requireUnsigned("limits", limit, Byte.SIZE));
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns limits without a tail. */
    public static HeartRateZones of(Integer... limits) {
        return new HeartRateZones(List.of(limits), Remainder.NONE);
    }

    private static Codec<HeartRateZones> codec(int count) {
        return Codec.of(in -> read(in, count), (value, out) -> write(value, out, count));
    }

    private static HeartRateZones read(ByteReader in, int count) {
        return new HeartRateZones(in.list(count, limit -> limit.uint8("limits")), in.remainder(0));
    }

    private static void write(HeartRateZones value, ByteWriter out, int count) {
        if (value.limits.size() != count) {
            throw new IllegalArgumentException("expected " + count + " limits, but got " + value.limits.size());
        }
        value.limits.forEach(limit -> out.uint8("limits", limit));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("limits", limits)
                .put("unit", "{beat}/min")
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
