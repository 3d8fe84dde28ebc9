package org.openiomt.ble.virtual;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;

/**
 * Keeps values of one channel until a central has confirmed them and sends the oldest first, as home devices do that measure
 * while nobody listens. A value whose confirmation was lost is sent again.
 */
final class Memory {
    private static final int ROOM = 1_024;

    private final VirtualPeripheral peripheral;
    private final Channel channel;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private byte @Nullable [] onItsWay;

    /** Keeps values of a channel that indicates. */
    Memory(VirtualPeripheral peripheral, Channel channel) {
        this.peripheral = peripheral;
        this.channel = channel;
        peripheral.onSubscribed(channel, this::sendNext);
    }

    /** Adds the newest value. When there is no room, the oldest is overwritten. */
    synchronized void add(byte[] octets) {
        if (waiting.size() == ROOM) {
            waiting.remove();
        }
        waiting.add(octets.clone());
        sendNext();
    }

    synchronized int size() {
        return waiting.size() + (onItsWay == null ? 0 : 1);
    }

    private synchronized void sendNext() {
        if (onItsWay == null && !waiting.isEmpty() && peripheral.isSubscribed(channel)) {
            byte[] next = waiting.remove();
            onItsWay = next;
            peripheral.notify(channel, next).whenComplete((done, fault) -> sent(next, fault == null));
        }
    }

    private synchronized void sent(byte[] octets, boolean isConfirmed) {
        onItsWay = null;
        if (isConfirmed) {
            sendNext();
        } else {
            waiting.addFirst(octets);
        }
    }
}
