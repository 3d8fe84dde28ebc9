package org.openiomt.ble.gatt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.openiomt.ble.profile.SegmentHeader;
import org.openiomt.core.wire.ByteWriter;

/**
 * Joins the packets of split values, for one characteristic on one connection; the mirror of {@link Segmenter}. Not for use by
 * several threads at once.
 *
 * <pre>
 * packet                            what happens
 * the next one                      its octets join the value; the last one completes it
 * the one before once more          Loss REPEATED, the value goes on
 * any other counter                 Loss GAP, the value that had begun is given up
 * first, while a value goes on      Loss UNFINISHED, and the new value begins
 * not first, while none goes on     Loss NO_BEGINNING, once until the next first packet
 * beyond the limit of size          Loss TOO_LONG, the value is given up
 * without an octet                  Loss NO_HEADER, the value that had begun is given up
 * </pre>
 *
 * What is given up never joins another value. A value is wrong only if 63 or more packets in a row are lost, because the counter
 * then looks as if none were; that no header can tell. The memory is bounded by the limit of size and one packet, however long the
 * stream.
 */
public final class Reassembler {
    /** The most octets of one value, unless another limit is set: more than the largest health observation has. */
    public static final int MAX_SIZE = 1 << 17;

    private final int maxSize;
    private OptionalInt expected = OptionalInt.empty();
    private byte[] previous = {};
    private ByteWriter value = new ByteWriter();
    private boolean isRunning;
    private boolean isSkipping;

    /** Joins values of at most {@link #MAX_SIZE} octets. */
    public Reassembler() {
        this(MAX_SIZE);
    }

    /** Joins values of at most {@code maxSize} octets. */
    public Reassembler(int maxSize) {
        if (maxSize < 1) {
            throw new IllegalArgumentException("a value has at least one octet, but the limit is " + maxSize);
        }
        this.maxSize = maxSize;
    }

    /**
     * Takes the next packet.
     *
     * @param packet with its header; kept until the next one, so it must not change
     * @return what was lost, then the whole value that this packet completes; empty while a value goes on
     */
    public List<Reassembly> accept(byte[] packet) {
        List<Reassembly> events = new ArrayList<>(2);
        if (packet.length < SegmentHeader.SIZE) {
            lose(events, Reassembly.Kind.NO_HEADER, "expected a packet with a header, but it is empty");
            return events;
        }
        SegmentHeader header = SegmentHeader.of(packet[0] & 0xFF);
        boolean isNext = expected.isEmpty() || expected.getAsInt() == header.counter();
        if (!isNext && Arrays.equals(packet, previous)) {
            String reason = "the packet " + header.counter() + " came twice; the second was passed over";
            events.add(new Reassembly.Loss(Reassembly.Kind.REPEATED, 0, reason));
            return events;
        }
        if (!isNext) {
            String reason = "expected the packet " + expected.getAsInt() + ", but got " + header.counter();
            lose(events, Reassembly.Kind.GAP, reason);
        }
        expected = OptionalInt.of(SegmentHeader.after(header.counter()));
        previous = packet;
        if (header.isFirst()) {
            begin(events);
        }
        if (isRunning) {
            append(events, packet, header.isLast());
        } else if (!isSkipping) {
            lose(events, Reassembly.Kind.NO_BEGINNING, "the first packet of this value was not seen");
        }
        return events;
    }

    /** Forgets everything, as a new connection does. */
    public void reset() {
        expected = OptionalInt.empty();
        previous = new byte[0];
        isSkipping = false;
        forget();
    }

    private void begin(List<Reassembly> events) {
        if (isRunning) {
            lose(events, Reassembly.Kind.UNFINISHED, "a value began before the one before it had ended");
        }
        isRunning = true;
        isSkipping = false;
    }

    private void append(List<Reassembly> events, byte[] packet, boolean isLast) {
        int size = packet.length - SegmentHeader.SIZE;
        if (value.size() + size > maxSize) {
            lose(events, Reassembly.Kind.TOO_LONG, "a value is longer than " + maxSize + " octets");
            return;
        }
        value.octets(Arrays.copyOfRange(packet, SegmentHeader.SIZE, packet.length));
        if (isLast) {
            events.add(new Reassembly.Whole(value.toByteArray()));
            forget();
        }
    }

    /** Gives up what was collected and passes over what still comes of it. */
    private void lose(List<Reassembly> events, Reassembly.Kind kind, String reason) {
        int dropped = value.size();
        events.add(new Reassembly.Loss(
                kind, dropped, dropped == 0 ? reason : reason + "; " + dropped + " octets are given up"));
        isSkipping = true;
        forget();
    }

    private void forget() {
        isRunning = false;
        value = new ByteWriter();
    }
}
