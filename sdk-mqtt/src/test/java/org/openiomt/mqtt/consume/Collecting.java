package org.openiomt.mqtt.consume;

import java.util.List;
import java.util.concurrent.Flow;

/** A subscriber that wants all and keeps it. */
final class Collecting {
    private Collecting() {}

    static <T> Flow.Subscriber<T> to(List<T> items) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {
                items.add(item);
            }

            @Override
            public void onError(Throwable fault) {}

            @Override
            public void onComplete() {}
        };
    }
}
