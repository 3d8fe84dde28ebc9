package org.openiomt.core.flow;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that hands each item to every subscriber that is there when it comes. {@link #publish} never blocks: each
 * subscriber has a bounded queue of its own, and what does not fit is given up by the declared policy and counted. Safe for use
 * by several threads at once; a subscriber is called on the executor, one call at a time, in order.
 *
 * @param <T> the type of the items
 * @see <a href="https://www.reactive-streams.org/">Reactive Streams 1.0.4</a>
 */
public final class Broadcast<T> implements Flow.Publisher<T> {
    private final Executor executor;
    private final int capacity;
    private final DropPolicy policy;
    private final List<Subscriber<T>> subscribers = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private final Object lock = new Object();
    private @Nullable End end;

    /** How a stream ended: without a fault, or with one. */
    private record End(@Nullable Throwable fault) {}

    /**
     * Makes a publisher.
     *
     * @param executor calls the subscribers; must not run a task on the caller's stack
     * @param capacity the most items that wait for one subscriber, at least 1
     * @param policy what a full queue gives up
     */
    public Broadcast(Executor executor, int capacity, DropPolicy policy) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a queue needs room for at least one item, but got " + capacity);
        }
        this.executor = Objects.requireNonNull(executor, "executor");
        this.capacity = capacity;
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** Hands an item to every subscriber. Does nothing after the end. */
    public void publish(T item) {
        Objects.requireNonNull(item, "item");
        for (Subscriber<T> subscriber : subscribers) {
            subscriber.add(item);
        }
    }

    /** Ends the stream: subscribers get what waits for them, then the end. */
    public void complete() {
        end(new End(null));
    }

    /** Ends the stream with a fault: subscribers get what waits for them, then the fault. */
    public void fail(Throwable fault) {
        end(new End(Objects.requireNonNull(fault, "fault")));
    }

    /** Returns how many items were given up so far, over all subscribers. */
    public long dropped() {
        return dropped.sum();
    }

    /** Returns how many subscribers there are. */
    public int subscriberCount() {
        return subscribers.size();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Subscriber<T> added = new Subscriber<>(this, Objects.requireNonNull(subscriber, "subscriber"));
        synchronized (lock) {
            if (end == null) {
                subscribers.add(added);
            } else {
                added.end(end);
            }
        }
        added.start();
    }

    private void end(End how) {
        synchronized (lock) {
            if (end != null) {
                return;
            }
            end = how;
        }
        for (Subscriber<T> subscriber : subscribers) {
            subscriber.end(how);
        }
        subscribers.clear();
    }

    /** One subscriber with its queue. A task is on the executor exactly while {@code isScheduled}. */
    private static final class Subscriber<T> implements Flow.Subscription, Runnable {
        private final Broadcast<T> owner;
        private final Flow.Subscriber<? super T> target;
        private final Queue<T> queue = new ArrayDeque<>();
        private long demand;
        private boolean isStarted;
        private boolean isScheduled;
        private boolean isCancelled;
        private @Nullable End end;
        private @Nullable IllegalArgumentException misuse;

        Subscriber(Broadcast<T> owner, Flow.Subscriber<? super T> target) {
            this.owner = owner;
            this.target = target;
        }

        synchronized void start() {
            schedule();
        }

        synchronized void add(T item) {
            if (isCancelled || end != null) {
                return;
            }
            if (queue.size() == owner.capacity) {
                owner.dropped.increment();
                if (owner.policy == DropPolicy.DROP_NEWEST) {
                    return;
                }
                queue.remove();
            }
            queue.add(item);
            if (isStarted && demand > 0) {
                schedule();
            }
        }

        synchronized void end(End how) {
            end = how;
            schedule();
        }

        @Override
        public synchronized void request(long n) {
            if (isCancelled) {
                return;
            }
            if (n <= 0) {
                misuse = new IllegalArgumentException("a request must be for at least 1 item, but was for " + n);
            } else {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            }
            schedule();
        }

        @Override
        public synchronized void cancel() {
            isCancelled = true;
            queue.clear();
            owner.subscribers.remove(this);
        }

        private void schedule() {
            if (!isScheduled) {
                isScheduled = true;
                owner.executor.execute(this);
            }
        }

        /** Calls the subscriber; one that throws has broken its contract and is cancelled, as rule 2.13 says. */
        @Override
        public void run() {
            boolean isDone = false;
            try {
                deliver();
                isDone = true;
            } finally {
                if (!isDone) {
                    cancel();
                }
            }
        }

        private void deliver() {
            boolean isFirst;
            synchronized (this) {
                isFirst = !isStarted;
                isStarted = true;
            }
            if (isFirst) {
                target.onSubscribe(this);
            }
            while (true) {
                T item;
                synchronized (this) {
                    if (isCancelled) {
                        isScheduled = false;
                        return;
                    }
                    if (misuse != null || (queue.isEmpty() && end != null)) {
                        break;
                    }
                    if (demand == 0 || queue.isEmpty()) {
                        isScheduled = false;
                        return;
                    }
                    demand--;
                    item = queue.remove();
                }
                target.onNext(item);
            }
            Throwable fault;
            synchronized (this) {
                fault = misuse != null ? misuse : end == null ? null : end.fault();
                cancel();
            }
            if (fault == null) {
                target.onComplete();
            } else {
                target.onError(fault);
            }
        }
    }
}
