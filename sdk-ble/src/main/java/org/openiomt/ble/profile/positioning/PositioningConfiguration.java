package org.openiomt.ble.profile.positioning;

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
 * Indoor Positioning Configuration, characteristic {@code 0x2AAD} of the Indoor Positioning Service: what a beacon says in its
 * advertisements.
 *
 * <pre>
 * field          type   octets  present when  meaning
 * configuration  uint8  1       always        bits 0 to 5, see {@link Part}; others kept
 * </pre>
 *
 * @param parts what the beacon says
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/indoor-positioning-service-1-0/">IPS 1.0, 3.1</a>
 */
public record PositioningConfiguration(Set<Part> parts, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<PositioningConfiguration> CODEC =
            Codec.of(PositioningConfiguration::read, PositioningConfiguration::write);

    private static final int WIDTH = 8;

    /** What a beacon says, in the order of the bits. */
    public enum Part implements Bit {
        /** Its coordinates. */
        COORDINATES(0x01),
        /** Its coordinates are local ones; without this, they are of WGS 84. */
        LOCAL_COORDINATES(0x02),
        /** How strongly it sends. */
        TX_POWER(0x04),
        /** Its altitude. */
        ALTITUDE(0x08),
        /** Its floor. */
        FLOOR_NUMBER(0x10),
        /** The name of its place; not in advertisements, but as a characteristic. */
        LOCATION_NAME(0x20);

        private final int mask;

        Part(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public PositioningConfiguration {
        parts = Bits.copy(Part.class, parts);
        Bits.requireUnknown(remainder, Bits.known(Part.class));
    }

    private static PositioningConfiguration read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint8("configuration");
        long unknown = in.unknownBits("configuration", at, bits, Bits.known(Part.class));
        return new PositioningConfiguration(Bits.set(Part.class, bits), in.remainder(unknown));
    }

    private static void write(PositioningConfiguration value, ByteWriter out) {
        out.uint8("configuration", Bits.mask(value.parts) | value.remainder.unknownFlags());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("parts", parts).remainder(remainder, WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
