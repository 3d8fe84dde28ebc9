package org.openiomt.ble.virtual;

import java.util.HashMap;
import java.util.Map;
import org.openiomt.ble.gatt.Segmenter;
import org.openiomt.core.spi.Channel;

/**
 * Announces values that are split over packets. The counter of a channel runs on from value to value as long as the connection
 * lasts. Nothing is sent, and nothing counted, on a channel to which nobody has subscribed.
 */
final class SegmentSender {
    private final VirtualPeripheral peripheral;

    // Guarded by this.
    private final Map<Channel, Segmenter> segmenters = new HashMap<>();

    SegmentSender(VirtualPeripheral peripheral) {
        this.peripheral = peripheral;
        peripheral.onDisconnected(this::reset);
    }

    /** Announces a value in as many packets as it takes. */
    synchronized void send(Channel channel, byte[] value) {
        if (peripheral.isSubscribed(channel)) {
            Segmenter segmenter = segmenters.computeIfAbsent(channel, first -> new Segmenter());
            for (byte[] packet : segmenter.split(value, peripheral.maxValueLength())) {
                peripheral.notify(channel, packet);
            }
        }
    }

    /** Leaves out the next packet of a channel, as if it were lost on its way. */
    synchronized void lose(Channel channel) {
        segmenters.computeIfAbsent(channel, first -> new Segmenter()).split(new byte[1], 2);
    }

    private synchronized void reset() {
        segmenters.clear();
    }
}
