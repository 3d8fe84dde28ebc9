package org.openiomt.core.flow;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before another subscriber, passes everything on, and sees it cancel. Each call goes on at once, on the thread of its
 * caller.
 *
 * @param <T> the items
 */
public abstract class ForwardingSubscriber<T> implements Flow.Subscriber<T> {
    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicBoolean isCancelled = new AtomicBoolean();

    /** Stands before a subscriber. */
    protected ForwardingSubscriber(Flow.Subscriber<? super T> subscriber) {
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    }

    /** Does what is due when the subscriber has cancelled and the publisher knows it. Runs once, on the subscriber's thread. */
    protected abstract void cancelled();

    @Override
    public final void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscription.request(n);
            }

            @Override
            public void cancel() {
                subscription.cancel();
                if (isCancelled.compareAndSet(false, true)) {
                    cancelled();
                }
            }
        });
    }

    @Override
    public void onNext(T item) {
        subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable fault) {
        subscriber.onError(fault);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }
}
