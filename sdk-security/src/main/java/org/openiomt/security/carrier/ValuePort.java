package org.openiomt.security.carrier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.WriteMode;

/**
 * Datagrams over a pair of channels that carry values of a small size, such as two characteristics: one is written by the
 * central, the other announced by the peripheral. One value at a time is under way; datagrams for which there is no room in the
 * queue are lost, as on any carrier of datagrams.
 */
public final class ValuePort implements DatagramPort {
    /** The longest datagram, in octets. */
    public static final int MAX_LENGTH = 8192;

    private static final int MAX_QUEUED = 1024;

    private final int maxValueLength;
    private final Function<byte[], CompletionStage<Void>> writer;
    private final byte[] outbound;
    private final byte[] inbound;
    private final Fragments incoming = new Fragments(MAX_LENGTH);
    private final Fragments outgoing = new Fragments(MAX_LENGTH);
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private boolean isWriting;
    private boolean isClosed;
    private @Nullable Consumer<byte[]> consumer;
    private Link.@Nullable Subscription subscription;

    /**
     * Makes one end.
     *
     * @param written the channel that the central writes
     * @param announced the channel that the peripheral announces
     * @param isCentral which end this is
     * @param maxValueLength of a value, in octets, at least 20
     * @param writer sends one value; its stage completes when the next may be sent
     */
    public ValuePort(
            Channel written,
            Channel announced,
            boolean isCentral,
            int maxValueLength,
            Function<byte[], CompletionStage<Void>> writer) {
        if (maxValueLength < 20) {
            throw new IllegalArgumentException("a value has room for at least 20 octets, but got " + maxValueLength);
        }
        this.maxValueLength = maxValueLength;
        this.writer = writer;
        byte[] toPeripheral = written.name().getBytes(StandardCharsets.UTF_8);
        byte[] toCentral = announced.name().getBytes(StandardCharsets.UTF_8);
        this.outbound = isCentral ? toPeripheral : toCentral;
        this.inbound = isCentral ? toCentral : toPeripheral;
    }

    /**
     * Opens the central's end over a link.
     *
     * @return completes when the peripheral announces; fails as {@link Link#subscribe} does
     */
    public static CompletionStage<ValuePort> open(Link link, Channel written, Channel announced) {
        ValuePort port = new ValuePort(
                written,
                announced,
                true,
                link.maxValueLength(),
                value -> link.write(written, value, WriteMode.WITH_RESPONSE));
        return link.subscribe(announced, port::arrived).thenApply(port::subscribed);
    }

    /** Takes a value that has arrived. One call at a time. */
    public void arrived(byte[] value) {
        incoming.join(value).ifPresent(datagram -> {
            Consumer<byte[]> to = consumer();
            if (to != null) {
                to.accept(datagram);
            }
        });
    }

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public void send(byte[] datagram) {
        synchronized (this) {
            int needed = (datagram.length + maxValueLength - 2) / (maxValueLength - 1);
            if (isClosed || datagram.length > MAX_LENGTH || waiting.size() + needed > MAX_QUEUED) {
                return;
            }
            List<byte[]> values = outgoing.cut(datagram, maxValueLength);
            waiting.addAll(values);
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        writeNext();
    }

    @Override
    public synchronized void receiveWith(Consumer<byte[]> to) {
        consumer = to;
    }

    @Override
    public byte[] outbound() {
        return outbound.clone();
    }

    @Override
    public byte[] inbound() {
        return inbound.clone();
    }

    @Override
    public void close() {
        Link.Subscription running;
        synchronized (this) {
            isClosed = true;
            consumer = null;
            waiting.clear();
            running = subscription;
            subscription = null;
        }
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public String toString() {
        return "ValuePort[values of " + maxValueLength + " octets]";
    }

    private synchronized ValuePort subscribed(Link.Subscription running) {
        subscription = running;
        return this;
    }

    private synchronized @Nullable Consumer<byte[]> consumer() {
        return consumer;
    }

    /** Writes what waits, one value after the other; in a loop, for a stage may complete at once. */
    private void writeNext() {
        while (true) {
            byte[] value;
            synchronized (this) {
                value = waiting.poll();
                if (value == null) {
                    isWriting = false;
                    return;
                }
            }
            CompletableFuture<Void> written = writer.apply(value).toCompletableFuture();
            if (!written.isDone()) {
                var unused = written.whenComplete((done, fault) -> writeNext());
                return;
            }
        }
    }
}
