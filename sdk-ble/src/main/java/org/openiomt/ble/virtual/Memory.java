package org.openiomt.ble.virtual;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;

/**
 * Keeps values of one channel until a central has confirmed them and sends the oldest first, as home devices do that measure
 * while nobody listens. A value whose confirmation was lost is sent again, whole where it takes several packets.
 */
final class Memory {
    private static final int ROOM = 1_024;

    private final VirtualPeripheral peripheral;
    private final Channel channel;
    private final Deque<Value> waiting = new ArrayDeque<>();
    private @Nullable Value onItsWay;

    /**
     * A value that waits.
     *
     * @param packets gives its octets for the link at hand, one or more packets
     * @param mayLeave whether the central at hand may have it
     */
    private record Value(Supplier<List<byte[]>> packets, BooleanSupplier mayLeave) {}

    /** Keeps values of a channel that indicates. */
    Memory(VirtualPeripheral peripheral, Channel channel) {
        this.peripheral = peripheral;
        this.channel = channel;
        peripheral.onSubscribed(channel, this::sendNext);
    }

    /** Adds the newest value. When there is no room, the oldest is overwritten. */
    void add(byte[] octets) {
        byte[] copy = octets.clone();
        add(() -> List.of(copy), () -> true);
    }

    /** Adds the newest value, which only some centrals may have; call {@link #sendNext} when the central at hand may. */
    synchronized void add(Supplier<List<byte[]>> packets, BooleanSupplier mayLeave) {
        if (waiting.size() == ROOM) {
            waiting.remove();
        }
        waiting.add(new Value(packets, mayLeave));
        sendNext();
    }

    synchronized int size() {
        return waiting.size() + (onItsWay == null ? 0 : 1);
    }

    /** Sends the oldest value that may leave, unless one is on its way. */
    synchronized void sendNext() {
        if (onItsWay != null || !peripheral.isSubscribed(channel)) {
            return;
        }
        for (Iterator<Value> each = waiting.iterator(); each.hasNext(); ) {
            Value next = each.next();
            if (next.mayLeave().getAsBoolean()) {
                each.remove();
                send(next);
                return;
            }
        }
    }

    private void send(Value next) {
        onItsWay = next;
        CompletionStage<Void> sent = CompletableFuture.completedFuture(null);
        for (byte[] packet : next.packets().get()) {
            sent = sent.thenCombine(peripheral.notify(channel, packet), (before, confirmed) -> null);
        }
        sent.whenComplete((done, fault) -> sent(next, fault == null));
    }

    private synchronized void sent(Value value, boolean isConfirmed) {
        onItsWay = null;
        if (isConfirmed) {
            sendNext();
        } else {
            waiting.addFirst(value);
        }
    }
}
