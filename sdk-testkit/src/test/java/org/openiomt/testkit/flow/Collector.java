package org.openiomt.testkit.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps what a publisher says; asks for as much as it was told. */
final class Collector<T> implements Flow.Subscriber<T> {
    final List<T> items = new ArrayList<>();
    boolean isComplete;

    @Nullable
    Throwable fault;

    private final long demand;
    private Flow.@Nullable Subscription subscription;

    Collector(long demand) {
        this.demand = demand;
    }

    Flow.Subscription subscription() {
        if (subscription == null) {
            throw new AssertionError("no subscription came");
        }
        return subscription;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (demand > 0) {
            given.request(demand);
        }
    }

    @Override
    public void onNext(T item) {
        items.add(item);
    }

    @Override
    public void onError(Throwable error) {
        fault = error;
    }

    @Override
    public void onComplete() {
        isComplete = true;
    }
}
