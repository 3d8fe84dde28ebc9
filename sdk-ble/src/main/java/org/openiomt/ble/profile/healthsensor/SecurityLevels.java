package org.openiomt.ble.profile.healthsensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * LE GATT Security Levels, characteristic {@code 0x2BF5} of Generic Access: what a link needs before the device answers. Each
 * level is enough.
 *
 * <pre>
 * field   type      octets      present when  meaning
 * levels  2 octets  to the end  always        mode: 1 encryption, 2 signing, 3 broadcast; level in that mode, 1 to 4, 1 to 2, 1 to 3;
 *                                             others kept and reported, strict refuses
 * </pre>
 *
 * @param levels in the order of the device
 * @see <a href="https://www.bluetooth.com/specifications/specs/core-specification-5-4/">Core Specification 5.4, Vol 3, Part C,
 *     12.7</a>
 */
public record SecurityLevels(List<Level> levels) implements Described {
    /** Reads and writes it. */
    public static final Codec<SecurityLevels> CODEC = Codec.of(SecurityLevels::read, SecurityLevels::write);

    /** The highest level of each mode, from mode 1. */
    private static final List<Integer> HIGHEST = List.of(4, 2, 3);

    /**
     * One way to be secure enough.
     *
     * @param mode 0 to 255
     * @param level 0 to 255
     */
    public record Level(int mode, int level) implements Described {
        /** Checks the ranges. */
        public Level {
            Bits.requireUnsigned("mode", mode, Byte.SIZE);
            Bits.requireUnsigned("level", level, Byte.SIZE);
        }

        private boolean isKnown() {
            return mode >= 1 && mode <= HIGHEST.size() && level >= 1 && level <= HIGHEST.get(mode - 1);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().put("mode", mode).put("level", level).toMap();
        }
    }

    /** Copies the list. */
    public SecurityLevels {
        levels = List.copyOf(levels);
    }

    private static SecurityLevels read(ByteReader in) {
        List<Level> levels = new ArrayList<>();
        while (in.remaining() > 0) {
            int at = in.offset();
            Level level = new Level(in.uint8("mode"), in.uint8("level"));
            if (!level.isKnown()) {
                in.unforeseen("mode", at, "unknown mode " + level.mode + " with level " + level.level);
            }
            levels.add(level);
        }
        return new SecurityLevels(levels);
    }

    private static void write(SecurityLevels value, ByteWriter out) {
        value.levels.forEach(level -> {
            out.uint8("mode", level.mode);
            out.uint8("level", level.level);
        });
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("levels", levels).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
