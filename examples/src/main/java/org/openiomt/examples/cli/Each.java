package org.openiomt.examples.cli;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Subscribes to a publisher and takes everything as it comes.
 *
 * @param <T> the type of the items
 */
public final class Each<T> implements Flow.Subscriber<T> {
    private final Consumer<? super T> consumer;

    private Each(Consumer<? super T> consumer) {
        this.consumer = consumer;
    }

    /** Calls {@code consumer} with each item from now on, on the publisher's thread. */
    public static <T> void of(Flow.Publisher<T> publisher, Consumer<? super T> consumer) {
        publisher.subscribe(new Each<T>(consumer));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
        consumer.accept(item);
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onComplete() {}
}
