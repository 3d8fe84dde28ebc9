package org.openiomt.ble.gatt;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.ble.profile.SegmentHeader;

/**
 * Splits values into packets with a header, for one characteristic on one connection; the mirror of {@link Reassembler}. Its
 * counter runs on from value to value. Not for use by several threads at once.
 */
public final class Segmenter {
    private int counter;

    /** Begins with the counter 0. */
    public Segmenter() {}

    /**
     * Splits a value.
     *
     * @param value not kept
     * @param maxPacketSize the most octets of a packet with its header, at least 2; {@code Link.maxValueLength()}
     * @return at least one packet, in the order in which they are sent
     */
    public List<byte[]> split(byte[] value, int maxPacketSize) {
        int room = maxPacketSize - SegmentHeader.SIZE;
        if (room < 1) {
            throw new IllegalArgumentException(
                    "a packet needs room for a header and one octet, but has " + maxPacketSize);
        }
        List<byte[]> packets = new ArrayList<>(value.length / room + 1);
        int from = 0;
        do {
            int to = Math.min(value.length, from + room);
            byte[] packet = new byte[SegmentHeader.SIZE + to - from];
            packet[0] = (byte) new SegmentHeader(from == 0, to == value.length, counter).octet();
            System.arraycopy(value, from, packet, SegmentHeader.SIZE, to - from);
            packets.add(packet);
            counter = SegmentHeader.after(counter);
            from = to;
        } while (from < value.length);
        return packets;
    }
}
