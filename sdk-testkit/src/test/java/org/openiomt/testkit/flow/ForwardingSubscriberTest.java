package org.openiomt.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.openiomt.core.flow.ForwardingSubscriber;

class ForwardingSubscriberTest {
    private final List<String> asked = new ArrayList<>();
    private final Collector<String> collector = new Collector<>(3);
    private final Flow.Subscriber<String> forwarding = new ForwardingSubscriber<>(collector) {
        @Override
        protected void cancelled() {
            asked.add("cancelled");
        }
    };

    private void subscribe() {
        forwarding.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                asked.add("request " + n);
            }

            @Override
            public void cancel() {
                asked.add("cancel");
            }
        });
    }

    @Test
    void itemsAndDemandGoThroughInBothDirections() {
        subscribe();
        forwarding.onNext("one");
        forwarding.onNext("two");
        assertThat(collector.items).containsExactly("one", "two");
        assertThat(asked).containsExactly("request 3");
    }

    @Test
    void theEndGoesThroughAndIsNoCancellation() {
        subscribe();
        forwarding.onComplete();
        assertThat(collector.isComplete).isTrue();
        assertThat(asked).containsExactly("request 3");
    }

    @Test
    void aFaultGoesThroughAndIsNoCancellation() {
        IllegalStateException fault = new IllegalStateException("lost");
        subscribe();
        forwarding.onError(fault);
        assertThat(collector.fault).isSameAs(fault);
        assertThat(asked).containsExactly("request 3");
    }

    @Test
    void aCancellationIsSeenOnceBehindThePublisherHoweverOftenItComes() {
        subscribe();
        collector.subscription().cancel();
        collector.subscription().cancel();
        assertThat(asked).containsExactly("request 3", "cancel", "cancelled", "cancel");
    }
}
