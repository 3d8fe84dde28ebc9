package org.openiomt.ble.virtual.sport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How a value with flags of 16 bits is laid out: mandatory octets, then groups of a fixed width, each announced by a flag, in the
 * order of the flags. So groups can be left out, and a value that is too long for a packet can be sent as several.
 */
final class FlaggedGroups {
    private final int mandatory;
    private final List<Group> groups;
    private final int groupFlags;

    /** Some octets and the flag that announces them. */
    record Group(int flag, int octets) {}

    /**
     * Describes a layout.
     *
     * @param mandatory the octets from the flags, included, to the first group
     */
    FlaggedGroups(int mandatory, List<Group> groups) {
        this.mandatory = mandatory;
        this.groups = List.copyOf(groups);
        this.groupFlags = groups.stream().mapToInt(Group::flag).sum();
    }

    /** Returns the value without the groups of some flags. */
    byte[] without(byte[] value, int flags) {
        return part(value, groupFlags & ~flags);
    }

    /** Returns the value as parts that fit, each with the mandatory octets and at least one group, in order. */
    List<byte[]> split(byte[] value, int room) {
        List<byte[]> parts = new ArrayList<>();
        int kept = 0;
        int octets = mandatory;
        for (Group group : groups) {
            if ((flags(value) & group.flag) != 0) {
                if (kept != 0 && octets + group.octets > room) {
                    parts.add(part(value, kept));
                    kept = 0;
                    octets = mandatory;
                }
                kept |= group.flag;
                octets += group.octets;
            }
        }
        parts.add(part(value, kept));
        return parts;
    }

    private byte[] part(byte[] value, int kept) {
        int flags = flags(value);
        ByteBuffer out = ByteBuffer.allocate(value.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) (flags & (~groupFlags | kept))).put(value, Short.BYTES, mandatory - Short.BYTES);
        int at = mandatory;
        for (Group group : groups) {
            if ((flags & group.flag) != 0) {
                if ((kept & group.flag) != 0) {
                    out.put(value, at, group.octets);
                }
                at += group.octets;
            }
        }
        byte[] part = new byte[out.flip().remaining()];
        out.get(part);
        return part;
    }

    private static int flags(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFF;
    }
}
