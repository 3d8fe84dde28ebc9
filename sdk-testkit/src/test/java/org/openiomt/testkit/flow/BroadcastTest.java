package org.openiomt.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.testkit.ManualClock;

class BroadcastTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void everySubscriberThatIsThereGetsEveryItemInOrder() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> first = subscribe(broadcast, Long.MAX_VALUE);
        broadcast.publish(1);
        Collector<Integer> second = subscribe(broadcast, Long.MAX_VALUE);
        broadcast.publish(2);
        broadcast.publish(3);
        clock.runUntilIdle();

        assertThat(first.items).containsExactly(1, 2, 3);
        assertThat(second.items).containsExactly(2, 3);
        assertThat(broadcast.subscriberCount()).isEqualTo(2);
        assertThat(broadcast.dropped()).isZero();
    }

    @Test
    void publishingNeverCallsASubscriberItself() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> collector = subscribe(broadcast, Long.MAX_VALUE);
        broadcast.publish(1);

        assertThat(collector.items).isEmpty();
    }

    @Test
    void aFullQueueGivesUpTheOldestItemsAndCountsThem() {
        Broadcast<Integer> broadcast = broadcast(3, DropPolicy.DROP_OLDEST);
        Collector<Integer> slow = subscribe(broadcast, 0);
        publish(broadcast, 1, 5);
        slow.subscription().request(10);
        clock.runUntilIdle();

        assertThat(slow.items).containsExactly(3, 4, 5);
        assertThat(broadcast.dropped()).isEqualTo(2);
    }

    @Test
    void aFullQueueGivesUpTheNewestItemsAndCountsThem() {
        Broadcast<Integer> broadcast = broadcast(3, DropPolicy.DROP_NEWEST);
        Collector<Integer> slow = subscribe(broadcast, 0);
        publish(broadcast, 1, 5);
        slow.subscription().request(10);
        clock.runUntilIdle();

        assertThat(slow.items).containsExactly(1, 2, 3);
        assertThat(broadcast.dropped()).isEqualTo(2);
    }

    @Test
    void aSlowSubscriberCostsTheOthersNothing() {
        Broadcast<Integer> broadcast = broadcast(3, DropPolicy.DROP_NEWEST);
        Collector<Integer> slow = subscribe(broadcast, 1);
        Collector<Integer> fast = subscribe(broadcast, Long.MAX_VALUE);
        for (int i = 1; i <= 6; i++) {
            broadcast.publish(i);
            clock.runUntilIdle();
        }

        assertThat(fast.items).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(slow.items).containsExactly(1);
        assertThat(broadcast.dropped()).isEqualTo(2);
    }

    @Test
    void noMoreComesThanWasAskedFor() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> collector = subscribe(broadcast, 2);
        publish(broadcast, 1, 5);
        clock.runUntilIdle();
        assertThat(collector.items).containsExactly(1, 2);

        collector.subscription().request(1);
        clock.runUntilIdle();
        assertThat(collector.items).containsExactly(1, 2, 3);
    }

    @Test
    void demandAddsUpWithoutOverflow() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> collector = subscribe(broadcast, Long.MAX_VALUE);
        collector.subscription().request(Long.MAX_VALUE);
        publish(broadcast, 1, 3);
        clock.runUntilIdle();

        assertThat(collector.items).containsExactly(1, 2, 3);
    }

    @Test
    void theEndComesAfterWhatWaits() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> collector = subscribe(broadcast, 1);
        publish(broadcast, 1, 2);
        broadcast.complete();
        broadcast.publish(3);
        clock.runUntilIdle();
        assertThat(collector.isComplete).isFalse();

        collector.subscription().request(5);
        clock.runUntilIdle();
        assertThat(collector.items).containsExactly(1, 2);
        assertThat(collector.isComplete).isTrue();
        assertThat(broadcast.subscriberCount()).isZero();
    }

    @Test
    void whoComesAfterTheEndIsToldTheEnd() {
        Broadcast<Integer> complete = broadcast(1, DropPolicy.DROP_OLDEST);
        complete.complete();
        Broadcast<Integer> failed = broadcast(1, DropPolicy.DROP_OLDEST);
        failed.fail(new IllegalStateException("radio is off"));
        failed.complete();

        assertThat(subscribe(complete, 1).isComplete).isTrue();
        assertThat(subscribe(failed, 1).fault).hasMessage("radio is off");
    }

    @Test
    void aCancelledSubscriberGetsNothingMoreAndCostsNothing() {
        Broadcast<Integer> broadcast = broadcast(2, DropPolicy.DROP_OLDEST);
        Collector<Integer> collector = subscribe(broadcast, Long.MAX_VALUE);
        broadcast.publish(1);
        collector.subscription().cancel();
        collector.subscription().cancel();
        publish(broadcast, 2, 9);
        clock.runUntilIdle();

        assertThat(collector.items).isEmpty();
        assertThat(broadcast.subscriberCount()).isZero();
        assertThat(broadcast.dropped()).isZero();
    }

    @Test
    void aRequestForNothingIsAFaultOfTheSubscriberAlone() {
        Broadcast<Integer> broadcast = broadcast(2, DropPolicy.DROP_OLDEST);
        Collector<Integer> wrong = subscribe(broadcast, 1);
        Collector<Integer> right = subscribe(broadcast, 1);
        wrong.subscription().request(0);
        broadcast.publish(1);
        clock.runUntilIdle();

        assertThat(wrong.fault).isInstanceOf(IllegalArgumentException.class);
        assertThat(right.items).containsExactly(1);
        assertThat(broadcast.subscriberCount()).isEqualTo(1);
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndTheOthersGoOn() {
        Broadcast<Integer> broadcast = broadcast(10, DropPolicy.DROP_OLDEST);
        Collector<Integer> other = subscribe(broadcast, Long.MAX_VALUE);
        broadcast.subscribe(new ThrowingSubscriber());
        broadcast.publish(1);
        assertThatThrownBy(clock::runUntilIdle).hasMessage("a bug of the application");
        publish(broadcast, 2, 3);
        clock.runUntilIdle();

        assertThat(other.items).containsExactly(1, 2, 3);
        assertThat(broadcast.subscriberCount()).isEqualTo(1);
        assertThat(broadcast.dropped()).isZero();
    }

    @Test
    void aQueueWithoutRoomIsTheCallersFault() {
        assertThatThrownBy(() -> broadcast(0, DropPolicy.DROP_OLDEST)).isInstanceOf(IllegalArgumentException.class);
    }

    private Broadcast<Integer> broadcast(int capacity, DropPolicy policy) {
        return new Broadcast<>(clock, capacity, policy);
    }

    private Collector<Integer> subscribe(Broadcast<Integer> broadcast, long demand) {
        Collector<Integer> collector = new Collector<>(demand);
        broadcast.subscribe(collector);
        clock.runUntilIdle();
        return collector;
    }

    private static void publish(Broadcast<Integer> broadcast, int from, int to) {
        for (int i = from; i <= to; i++) {
            broadcast.publish(i);
        }
    }

    /** Breaks rule 2.13: a subscriber must not throw. */
    private static final class ThrowingSubscriber implements Flow.Subscriber<Integer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer item) {
            throw new IllegalStateException("a bug of the application");
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
