package org.openiomt.ble.profile.environment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Descriptor Value Changed, characteristic {@code 0x2A7D} of the Environmental Sensing Service: someone changed how a
 * characteristic is measured or told.
 *
 * <pre>
 * field           type    octets   present when  meaning
 * flags           uint16  2        always        what changed, see {@link Change}; other bits kept
 * characteristic  UUID    2 or 16  always        whose descriptor it is; 16 octets where 16 are left, else 2
 * </pre>
 *
 * @param changes what changed, and whether a client changed it
 * @param characteristic whose descriptor it is
 * @param isLong whether the UUID has 16 octets on the wire; a UUID outside the range of the assigned numbers always has
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.2</a>
 */
public record DescriptorValueChanged(Set<Change> changes, UUID characteristic, boolean isLong, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<DescriptorValueChanged> CODEC =
            Codec.of(DescriptorValueChanged::read, DescriptorValueChanged::write);

    private static final int WIDTH = 16;
    private static final int LONG_UUID = 16;
    private static final UUID BASE = UUID.fromString("00000000-0000-1000-8000-00805F9B34FB");
    private static final int NUMBER_SHIFT = 32;

    /** What a flag says. */
    public enum Change implements Bit {
        /** A client made the change; without it, the sensor did. */
        BY_CLIENT(0x01),
        /** A trigger setting, {@code 0x290D}. */
        TRIGGER_SETTING(0x02),
        /** The configuration, {@code 0x290B}. */
        CONFIGURATION(0x04),
        /** The measurement, {@code 0x290C}. */
        MEASUREMENT(0x08),
        /** The user description, {@code 0x2901}. */
        USER_DESCRIPTION(0x10);

        private final int mask;

        Change(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Copies the set and checks that the UUID fits its octets. */
    public DescriptorValueChanged {
        changes = Bits.copy(Change.class, changes);
        if (!isLong && !assigned(number(characteristic)).equals(characteristic)) {
            throw new IllegalArgumentException("not a UUID of 16 bits: " + characteristic);
        }
        Bits.requireUnknown(remainder, Bits.known(Change.class));
    }

    private static DescriptorValueChanged read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, Bits.known(Change.class));
        boolean isLong = in.remaining() >= LONG_UUID;
        UUID uuid = isLong ? readLong(in) : assigned(in.uint16("characteristic"));
        return new DescriptorValueChanged(Bits.set(Change.class, flags), uuid, isLong, in.remainder(unknown));
    }

    private static UUID readLong(ByteReader in) {
        ByteBuffer octets =
                ByteBuffer.wrap(in.octets("characteristic", LONG_UUID)).order(ByteOrder.LITTLE_ENDIAN);
        long least = octets.getLong();
        return new UUID(octets.getLong(), least);
    }

    private static void write(DescriptorValueChanged value, ByteWriter out) {
        out.uint16("flags", Bits.mask(value.changes) | value.remainder.unknownFlags());
        if (value.isLong) {
            out.octets(ByteBuffer.allocate(LONG_UUID)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value.characteristic.getLeastSignificantBits())
                    .putLong(value.characteristic.getMostSignificantBits())
                    .array());
        } else {
            out.uint16("characteristic", number(value.characteristic));
        }
        value.remainder.writeTo(out);
    }

    private static UUID assigned(int number) {
        return new UUID(BASE.getMostSignificantBits() | (long) number << NUMBER_SHIFT, BASE.getLeastSignificantBits());
    }

    private static int number(UUID uuid) {
        return (int) (Objects.requireNonNull(uuid, "characteristic").getMostSignificantBits() >>> NUMBER_SHIFT)
                & 0xFFFF;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", Bits.mask(changes) | remainder.unknownFlags(), WIDTH)
                .put("changes", changes)
                .put("characteristic", isLong ? characteristic.toString() : Fields.hex(number(characteristic), WIDTH))
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
