package org.openiomt.core.gateway;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;

/**
 * The link that a driver sees: every answer and every value comes in the device's mailbox, and nothing comes after the session
 * has ended. A device that sends faster than the driver works loses values, and that is counted.
 */
final class MailboxLink implements Link {
    private static final int MAX_PENDING_VALUES = 1_024;

    /** Hears what a driver's consumers let through. */
    interface Listener {
        /** A driver's consumer threw. */
        void failed(Channel channel, Throwable fault);

        /** A value came while too many waited. */
        void overrun(Channel channel);
    }

    private final Link link;
    private final Mailbox mailbox;
    private final Listener listener;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean isEnded = new AtomicBoolean();

    MailboxLink(Link link, Mailbox mailbox, Listener listener) {
        this.link = link;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    /** Lets nothing through from now on. */
    void end() {
        isEnded.set(true);
    }

    @Override
    public Set<Channel> channels() {
        return link.channels();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return inMailbox(link.read(channel));
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        return inMailbox(link.write(channel, octets, mode));
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        return inMailbox(link.subscribe(channel, value -> enqueue(channel, value, octets)));
    }

    @Override
    public int maxValueLength() {
        return link.maxValueLength();
    }

    @Override
    public LinkState state() {
        return link.state();
    }

    @Override
    public void onClosed(Consumer<String> closed) {
        link.onClosed(reason -> mailbox.execute(() -> {
            if (!isEnded.get()) {
                closed.accept(reason);
            }
        }));
    }

    @Override
    public void close() {
        link.close();
    }

    private void enqueue(Channel channel, byte[] value, Consumer<byte[]> octets) {
        if (pending.incrementAndGet() > MAX_PENDING_VALUES) {
            pending.decrementAndGet();
            listener.overrun(channel);
            return;
        }
        mailbox.execute(() -> {
            pending.decrementAndGet();
            if (isEnded.get()) {
                return;
            }
            try {
                octets.accept(value);
            } catch (Throwable e) {
                listener.failed(channel, e);
            }
        });
    }

    private <T> CompletionStage<T> inMailbox(CompletionStage<T> stage) {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, fault) -> mailbox.execute(() -> {
            if (fault == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(Faults.unwrap(fault));
            }
        }));
        return result;
    }
}
