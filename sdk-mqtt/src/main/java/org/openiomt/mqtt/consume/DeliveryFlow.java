package org.openiomt.mqtt.consume;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;

/**
 * What a consumer receives, as a publisher that drops nothing: what its subscriber does not ask for is not acknowledged, and so the broker
 * sends no more than {@link ConsumerSettings#unacknowledged} messages before it. Give it to a consumer in place of a handler.
 *
 * <ul>
 *   <li>An observation counts as taken when {@code onNext} has returned: so a subscriber that stores, stores before it returns. When
 *       {@code onNext} throws, the subscription ends, and the observation comes again to the next subscriber.
 *   <li>It has one subscriber at a time; another one is refused with an {@link IllegalStateException}. While there is none, everything
 *       waits. The stream of each device is in order; that of all devices is mixed as it comes.
 *   <li>The stream ends when the consumer is closed; what was not asked for by then stays with the broker.
 * </ul>
 *
 * All methods may be called by any thread; the subscriber is called on the executor, one call at a time.
 *
 * @see ObservationConsumer#deliveries() for views, which may miss something
 * @see <a href="https://www.reactive-streams.org/">Reactive Streams 1.0.4</a>
 */
public final class DeliveryFlow implements Flow.Publisher<Delivery> {
    private final Mailbox mailbox;

    // Only the mailbox touches these.
    private final Queue<Offer> offers = new ArrayDeque<>();
    private @Nullable Subscription current;
    private boolean isEnded;

    /** An observation that waits to be asked for. A device has one at a time, so there are no more than messages in hand. */
    private record Offer(Delivery delivery, CompletableFuture<Void> taken) {}

    /**
     * Makes a publisher.
     *
     * @param executor calls the subscriber, which may block there; must not run a task on the caller's stack
     */
    public DeliveryFlow(Executor executor) {
        this.mailbox = new Mailbox(executor);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Delivery> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        mailbox.execute(() -> begin(new Subscription(subscriber)));
    }

    /** Returns what offers observations to the subscriber. */
    Taker taker() {
        return new Taker() {
            @Override
            public CompletableFuture<Void> take(Delivery delivery) {
                Offer offer = new Offer(delivery, new CompletableFuture<>());
                mailbox.execute(() -> {
                    offers.add(offer);
                    hand();
                });
                return offer.taken();
            }

            @Override
            public void end() {
                mailbox.execute(DeliveryFlow.this::end);
            }
        };
    }

    private void begin(Subscription fresh) {
        boolean isRefused = current != null;
        if (!isRefused) {
            current = fresh;
        }
        fresh.call(subscriber -> subscriber.onSubscribe(fresh));
        if (isRefused) {
            fresh.fail(new IllegalStateException("this stream has a subscriber already, and can have one at a time"));
        } else if (isEnded) {
            end();
        } else {
            hand();
        }
    }

    private void hand() {
        while (current != null && current.target != null && current.demand > 0 && !offers.isEmpty()) {
            Subscription to = current;
            Offer offer = offers.remove();
            to.demand--;
            Throwable fault = to.call(subscriber -> subscriber.onNext(offer.delivery()));
            if (fault == null) {
                offer.taken().complete(null);
            } else {
                offer.taken().completeExceptionally(fault);
            }
        }
    }

    private void end() {
        isEnded = true;
        offers.clear(); // they stay unacknowledged
        if (current != null) {
            Subscription last = current;
            last.call(Flow.Subscriber::onComplete);
            last.leave();
        }
    }

    /** Somebody who asks. But for {@code target}, which is empty from its cancellation on, only the mailbox touches it. */
    private final class Subscription implements Flow.Subscription {
        private volatile Flow.@Nullable Subscriber<? super Delivery> target;
        private long demand;

        Subscription(Flow.Subscriber<? super Delivery> target) {
            this.target = target;
        }

        @Override
        public void request(long n) {
            mailbox.execute(() -> {
                if (n > 0) {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                    hand();
                } else {
                    fail(new IllegalArgumentException("a request must be for at least 1 item, but was for " + n));
                }
            });
        }

        @Override
        public void cancel() {
            target = null;
            mailbox.execute(this::leave);
        }

        private void fail(RuntimeException fault) {
            call(subscriber -> subscriber.onError(fault));
            leave();
        }

        private void leave() {
            target = null;
            if (current == this) {
                current = null;
            }
        }

        /** Calls the subscriber, unless it has gone; one that throws has broken its contract and is gone, as rule 2.13 says. */
        private @Nullable Throwable call(Consumer<Flow.Subscriber<? super Delivery>> call) {
            Flow.@Nullable Subscriber<? super Delivery> subscriber = target;
            if (subscriber == null) {
                return new IllegalStateException("the subscriber has gone");
            }
            try {
                call.accept(subscriber);
                return null;
            } catch (Throwable e) { // the application's fault of any kind: what it did not take comes again
                leave();
                return e;
            }
        }
    }
}
