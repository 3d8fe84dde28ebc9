package org.openiomt.mqtt.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.openiomt.mqtt.Readings;

/** A subscriber that asks for what a test says, and keeps it as device/number. */
class Asking implements Flow.Subscriber<Delivery> {
    final List<String> came = new ArrayList<>();

    Flow.@Nullable Subscription subscription;

    @Nullable
    Throwable fault;

    boolean isComplete;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(Delivery delivery) {
        came.add(delivery.observation().device() + "/" + Readings.numberOf(delivery.observation()));
    }

    @Override
    public void onError(Throwable why) {
        fault = why;
    }

    @Override
    public void onComplete() {
        isComplete = true;
    }

    void request(long n) {
        java.util.Objects.requireNonNull(subscription).request(n);
    }

    void cancel() {
        java.util.Objects.requireNonNull(subscription).cancel();
    }
}
