package org.openiomt.core.spi;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * An open connection to one device: GATT, serial, TCP or a recording, always of this shape. Stages fail with
 * {@link RefusedException} when the device says no and with {@link LinkException} when the link is the reason; when the link
 * closes, every stage that waits fails. On which thread they complete is the transport's choice; the gateway brings them into
 * the device's mailbox before a driver sees them.
 */
public interface Link extends AutoCloseable {
    /** Returns the channels that the device has. Does not change while the link is open. */
    Set<Channel> channels();

    /** Reads a value. The array is the caller's. */
    CompletionStage<byte[]> read(Channel channel);

    /** Writes a value. The array is not kept. */
    CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode);

    /**
     * Asks the device to announce values. They come in the order of the device, one call at a time; the array is the
     * consumer's. The stage completes before the first value comes.
     */
    CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets);

    /** Returns the most octets that one write or announcement can carry. */
    int maxValueLength();

    /** Returns whether the link can be used. */
    LinkState state();

    /** Runs {@code listener} once when the link is closed, by whomever; at once when it already is. */
    void onClosed(Consumer<String> listener);

    /** Closes the link. Does nothing when it is closed. */
    @Override
    void close();

    /** A running subscription. */
    interface Subscription {
        /** Ends it. No value comes after the stage has completed. */
        CompletionStage<Void> cancel();
    }
}
