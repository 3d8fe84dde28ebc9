package org.openiomt.ble.profile.bond;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Bond Management Feature, characteristic {@code 0x2AA5} of the Bond Management Service: which bonds a server can forget, and
 * for which it asks for an authorization code. A server leaves out octets at the end in which no bit is set.
 *
 * <pre>
 * field     type  octets   present when  meaning
 * features  bits  1 to 3   always        see {@link Feature}; bits 18 to 22 kept; bit 23 more octets follow, which are a tail
 * </pre>
 *
 * @param features what the server can do
 * @param octets the octets of the field on the wire, 1 to 3
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/bond-management-service-1-0-1/">BMS 1.0.1, 3.2</a>
 */
public record BondManagementFeature(Set<Feature> features, int octets, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<BondManagementFeature> CODEC =
            Codec.of(BondManagementFeature::read, BondManagementFeature::write);

    private static final int MAX_OCTETS = 3;
    private static final int WIDTH = 24;

    /** What a server can do, in the order of the bits; each operation is followed by its need of a code. */
    public enum Feature implements Bit {
        /** Forget the bond with the client, on BR/EDR and LE. */
        DELETE_REQUESTING_DEVICE(0),
        /** That needs a code. */
        DELETE_REQUESTING_DEVICE_NEEDS_CODE(1),
        /** Forget the bond with the client, on BR/EDR. */
        DELETE_REQUESTING_DEVICE_BR_EDR(2),
        /** That needs a code. */
        DELETE_REQUESTING_DEVICE_BR_EDR_NEEDS_CODE(3),
        /** Forget the bond with the client, on LE. */
        DELETE_REQUESTING_DEVICE_LE(4),
        /** That needs a code. */
        DELETE_REQUESTING_DEVICE_LE_NEEDS_CODE(5),
        /** Forget all bonds, on BR/EDR and LE. */
        DELETE_ALL(6),
        /** That needs a code. */
        DELETE_ALL_NEEDS_CODE(7),
        /** Forget all bonds, on BR/EDR. */
        DELETE_ALL_BR_EDR(8),
        /** That needs a code. */
        DELETE_ALL_BR_EDR_NEEDS_CODE(9),
        /** Forget all bonds, on LE. */
        DELETE_ALL_LE(10),
        /** That needs a code. */
        DELETE_ALL_LE_NEEDS_CODE(11),
        /** Forget all bonds but that with the client, on BR/EDR and LE. */
        DELETE_ALL_BUT_ACTIVE(12),
        /** That needs a code. */
        DELETE_ALL_BUT_ACTIVE_NEEDS_CODE(13),
        /** Forget all bonds but that with the client, on BR/EDR. */
        DELETE_ALL_BUT_ACTIVE_BR_EDR(14),
        /** That needs a code. */
        DELETE_ALL_BUT_ACTIVE_BR_EDR_NEEDS_CODE(15),
        /** Forget all bonds but that with the client, on LE. */
        DELETE_ALL_BUT_ACTIVE_LE(16),
        /** That needs a code. */
        DELETE_ALL_BUT_ACTIVE_LE_NEEDS_CODE(17);

        private final int bit;

        Feature(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Copies the set and checks that it fits its octets. */
    public BondManagementFeature {
        features = Bits.copy(Feature.class, features);
        if (octets < 1 || octets > MAX_OCTETS) {
            throw new IllegalArgumentException("features have 1 to 3 octets, but got " + octets);
        }
        Bits.requireUnknown(remainder, Bits.known(Feature.class));
        Bits.requireUnsigned("features", Bits.mask(features) | remainder.unknownFlags(), Byte.SIZE * octets);
        if (octets < MAX_OCTETS && remainder.trailing().length > 0) {
            throw new IllegalArgumentException("octets behind the first belong to the features");
        }
    }

    /** Returns features in three octets. */
    public static BondManagementFeature of(Set<Feature> features) {
        return new BondManagementFeature(features, MAX_OCTETS, Remainder.NONE);
    }

    private static BondManagementFeature read(ByteReader in) {
        int at = in.offset();
        int octets = Math.max(1, Math.min(MAX_OCTETS, in.remaining()));
        long bits = in.unsigned("features", octets);
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class));
        return new BondManagementFeature(Bits.set(Feature.class, bits), octets, in.remainder(unknown));
    }

    private static void write(BondManagementFeature value, ByteWriter out) {
        out.unsigned("features", Bits.mask(value.features) | value.remainder.unknownFlags(), value.octets);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("features", features)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
