package org.openiomt.ble.profile;

import java.util.Map;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * The first octet of each packet of a value that is split over packets: blood pressure records, health observations, physical
 * activity, registered users, authorization control.
 *
 * <pre>
 * bit   meaning
 * 0     the packet begins a value
 * 1     the packet ends a value
 * 2-7   counter, 0 to 63 and again; it runs on over all values of a characteristic as long as the connection lasts
 * </pre>
 *
 * @param isFirst whether the packet begins a value
 * @param isLast whether the packet ends a value
 * @param counter 0 to 63
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0, segmentation</a>
 */
public record SegmentHeader(boolean isFirst, boolean isLast, int counter) implements Described {
    /** How many octets it has. */
    public static final int SIZE = 1;

    private static final int FIRST = 0x01;
    private static final int LAST = 0x02;
    private static final int COUNTER_SHIFT = 2;
    private static final int COUNTERS = 64;

    /** Checks the range. */
    public SegmentHeader {
        Bits.requireUnsigned("counter", counter, 6);
    }

    /** Returns the counter of the packet after one with {@code counter}. */
    public static int after(int counter) {
        return (counter + 1) % COUNTERS;
    }

    /** Whether one packet holds the whole value. */
    public boolean isWhole() {
        return isFirst && isLast;
    }

    /** Reads one octet. */
    public static SegmentHeader read(ByteReader in) {
        return of(in.uint8("segment"));
    }

    /** Returns the header that an octet, 0 to 255, stands for. */
    public static SegmentHeader of(int octet) {
        return new SegmentHeader((octet & FIRST) != 0, (octet & LAST) != 0, octet >> COUNTER_SHIFT);
    }

    /** Returns the header as an octet, 0 to 255. */
    public int octet() {
        return (isFirst ? FIRST : 0) | (isLast ? LAST : 0) | counter << COUNTER_SHIFT;
    }

    /** Writes one octet. */
    public void write(ByteWriter out) {
        out.uint8("segment", octet());
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("first", isFirst)
                .put("last", isLast)
                .put("counter", counter)
                .toMap();
    }
}
