package org.openiomt.core.flow;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The Reactive Streams TCK over {@link Broadcast}; {@link BroadcastTckTest} runs it. */
final class BroadcastVerification extends FlowPublisherVerification<Integer> {
    private static final int CAPACITY = 2_048;
    private static final int TIMEOUT_MILLIS = 500;
    private static final int NOTHING_COMES_MILLIS = 50;
    private static final int GARBAGE_COLLECTION_MILLIS = 2_000;

    private final ExecutorService executor;

    BroadcastVerification(ExecutorService executor) {
        super(new TestEnvironment(TIMEOUT_MILLIS, NOTHING_COMES_MILLIS, TIMEOUT_MILLIS), GARBAGE_COLLECTION_MILLIS);
        this.executor = executor;
    }

    /** A broadcast keeps nothing for those who come later, so the items are published when the subscriber is there. */
    @Override
    public Flow.Publisher<Integer> createFlowPublisher(long elements) {
        Broadcast<Integer> broadcast = new Broadcast<>(executor, CAPACITY, DropPolicy.DROP_NEWEST);
        return subscriber -> {
            broadcast.subscribe(subscriber);
            for (int i = 0; i < elements; i++) {
                broadcast.publish(i);
            }
            broadcast.complete();
        };
    }

    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
        Broadcast<Integer> broadcast = new Broadcast<>(executor, CAPACITY, DropPolicy.DROP_NEWEST);
        broadcast.fail(new IllegalStateException("failed before anybody came"));
        return broadcast;
    }

    /** Longer streams would be dropped by the declared policy, which the TCK does not know. */
    @Override
    public long maxElementsFromPublisher() {
        return CAPACITY;
    }
}
