package org.openiomt.mqtt.consume;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The Reactive Streams TCK over {@link DeliveryFlow}; {@link DeliveryFlowTckTest} runs it. */
final class DeliveryFlowVerification extends FlowPublisherVerification<Delivery> {
    private static final int TIMEOUT_MILLIS = 500;
    private static final int NOTHING_COMES_MILLIS = 50;
    private static final int GARBAGE_COLLECTION_MILLIS = 2_000;
    private static final int MOST = 2_048;

    private final ExecutorService executor;

    DeliveryFlowVerification(ExecutorService executor) {
        super(new TestEnvironment(TIMEOUT_MILLIS, NOTHING_COMES_MILLIS, TIMEOUT_MILLIS), GARBAGE_COLLECTION_MILLIS);
        this.executor = executor;
    }

    /** The device sends one after the other, as a consumer does, and the consumer is closed after the last. */
    @Override
    public Flow.Publisher<Delivery> createFlowPublisher(long elements) {
        DeliveryFlow flow = new DeliveryFlow(executor);
        CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
        for (long n = 1; n <= elements; n++) {
            Delivery delivery = Taken.delivery("cuff", 7, n);
            sent = sent.thenCompose(done -> flow.taker().take(delivery));
        }
        CompletableFuture<Void> unused = sent.thenRun(() -> flow.taker().end());
        return flow;
    }

    /** One that has a subscriber refuses every other. */
    @Override
    public Flow.Publisher<Delivery> createFailedFlowPublisher() {
        DeliveryFlow flow = new DeliveryFlow(executor);
        flow.subscribe(new Asking());
        return flow;
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }
}
