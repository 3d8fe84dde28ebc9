package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

/** Whatever happens to links, opens, the outbox and time: each accepted value comes once and in order. */
class GatewayPropertyTest {
    /** What can happen. */
    enum Step {
        ANNOUNCE,
        ANNOUNCE_TEN,
        SETTLE,
        SHOW,
        LOSE_LINK,
        REFUSE_OPENS,
        REFUSE_SUBSCRIPTIONS,
        ALLOW_SUBSCRIPTIONS,
        DELAY_VALUES,
        OUTBOX_FAILS,
        OUTBOX_WORKS,
        A_MOMENT_PASSES,
        A_MINUTE_PASSES
    }

    @Property(tries = 500)
    void eachAcceptedValueComesOnceAndInOrder(@ForAll @Size(min = 10, max = 80) List<Step> steps, @ForAll long seed) {
        World world = new World();
        Gateway gateway = world.start(seed);
        steps.forEach(world::take);
        world.outbox.work();
        gateway.close();
        assertThat(world.seen.stream().map(Observation::id)).containsExactlyElementsOf(world.accepted);
        assertThat(world.outbox.ids()).containsExactlyElementsOf(world.accepted);
        assertThat(world.numbers).isSorted().doesNotHaveDuplicates();
        assertThat(gateway.stats().offered()).isEqualTo(world.accepted.size());
        assertThat(gateway.stats().accepted()).isEqualTo(world.accepted.size());
        assertThat(gateway.stats().dropped()).isEmpty();
        assertThat(world.device.isConnected()).isFalse();
        world.clock.advance(Duration.ofSeconds(1)); // for values that were on the air when the link was closed
        assertThat(world.clock.waiting()).isZero();
        Statistics.label("values").collect(!world.accepted.isEmpty());
        Statistics.label("links").collect(world.device.opened() > 1);
        Statistics.label("values").coverage(seen -> seen.check(true).percentage(share -> share > 15));
        Statistics.label("links").coverage(seen -> seen.check(true).percentage(share -> share > 15));
    }

    /** All that one try needs; jqwik uses the test's own object for every try. */
    private static final class World {
        private final ManualClock clock = new ManualClock();
        private final LoopbackTransport transport = new LoopbackTransport(clock);
        private final StubbornOutbox outbox = new StubbornOutbox();
        private final List<ObservationId> accepted = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Observation> seen = new ArrayList<>();
        private final LoopbackDevice device = new LoopbackDevice(clock, "A1", "scripted").with("count", new byte[0]);
        private int announced;

        Gateway start(long seed) {
            Gateway gateway = Gateway.builder()
                    .transport(transport)
                    .driver(driver())
                    .scheduler(clock)
                    .outbox(outbox)
                    .backoff(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)))
                    .random(new Random(seed))
                    .build()
                    .onObservation(seen::add)
                    .start();
            clock.runUntilIdle();
            transport.show(device);
            return gateway;
        }

        private ScriptedDriver driver() {
            return new ScriptedDriver(context -> context.link()
                    .subscribe(CounterDriver.COUNT, octets -> {
                        int number = ByteReader.of(octets, DecodeMode.STRICT).uint16("number");
                        Observation reading = ScriptedDriver.reading(context, number);
                        if (context.offer(reading)) {
                            accepted.add(reading.id());
                            numbers.add(number);
                        }
                    })
                    .thenApply(subscription -> ScriptedDriver.session()));
        }

        void take(Step step) {
            switch (step) {
                case ANNOUNCE -> announce(1);
                case ANNOUNCE_TEN -> announce(10);
                case SETTLE -> clock.runUntilIdle();
                case SHOW -> transport.show(device);
                case LOSE_LINK -> device.loseLink("by the law");
                case REFUSE_OPENS -> device.refuseOpens(3);
                case REFUSE_SUBSCRIPTIONS -> device.refuseSubscriptions(true);
                case ALLOW_SUBSCRIPTIONS -> device.refuseSubscriptions(false);
                case DELAY_VALUES -> device.delay(Duration.ofMillis(announced % 3 * 500L));
                case OUTBOX_FAILS -> outbox.fail("by the law");
                case OUTBOX_WORKS -> outbox.work();
                case A_MOMENT_PASSES -> clock.advance(Duration.ofMillis(300));
                case A_MINUTE_PASSES -> clock.advance(Duration.ofMinutes(1));
            }
        }

        private void announce(int count) {
            for (int i = 0; i < count; i++) {
                device.announce("count", CounterDriver.octets(announced++));
            }
        }
    }
}
