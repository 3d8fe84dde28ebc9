package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.net.link.LinkBench.ANY;
import static org.openiomt.security.net.link.LinkBench.SECONDS;
import static org.openiomt.security.net.link.LinkBench.ended;
import static org.openiomt.security.net.link.LinkBench.get;
import static org.openiomt.security.net.link.LinkBench.next;
import static org.openiomt.security.net.link.TablePeripheral.CONTROL;
import static org.openiomt.security.net.link.TablePeripheral.LEVEL;
import static org.openiomt.security.net.link.TablePeripheral.PRESSURE;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.identity.peer.VerifiedPeer;

@Timeout(60)
class SecureLinkTest {
    private final LinkBench bench = new LinkBench();
    private final TablePeripheral peripheral = bench.peripheral;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void deviceIsFoundUnderTheNameOfItsKeyAndWithHowThatWasVerified() throws Exception {
        bench.newDevice().dial(bench.address, bench.devices.device());
        Discovery found = next(bench.found);

        assertThat(found.address()).isEqualTo("cuff-1");
        assertThat(found.name()).contains("Cuff");
        assertThat(found.services()).containsExactly("1810");
        assertThat(found.data()).containsOnlyKeys("service:1810", "verified:pinned");
        assertThat(found.data().get("verified:pinned"))
                .isEqualTo(bench.devices.deviceStatic().octets());
        assertThat(bench.transport.peer("cuff-1")).get().isInstanceOf(VerifiedPeer.Pinned.class);
        assertThat(bench.transport.peer("Cuff")).isEmpty();
    }

    @Test
    void valuesAreReadWrittenAndHeard() throws Exception {
        Link link = bench.connect();

        assertThat(link.channels()).containsExactlyInAnyOrder(LEVEL, CONTROL, PRESSURE);
        assertThat(link.maxValueLength()).isEqualTo(100);
        assertThat(get(link.read(LEVEL))).containsExactly(97);
        get(link.write(CONTROL, new byte[] {1}, WriteMode.WITH_RESPONSE));
        get(link.write(CONTROL, new byte[] {2}, WriteMode.WITHOUT_RESPONSE));
        BlockingQueue<byte[]> values = new LinkedBlockingQueue<>();
        Link.Subscription subscription = get(link.subscribe(PRESSURE, values::add));
        Peripheral.Announcer announcer = next(peripheral.announcers);
        get(announcer.notify(new byte[] {5, 6}));
        get(announcer.indicate(new byte[] {7}));

        assertThat(next(values)).containsExactly(5, 6);
        assertThat(next(values)).containsExactly(7);
        get(subscription.cancel());
        assertThat(peripheral.seen)
                .containsExactly(
                        "read 180f/2a19", "write 1", "write 2 quietly", "subscribe 1810/2a35", "unsubscribe 1810/2a35");
        assertThatThrownBy(() -> get(announcer.notify(new byte[] {8})))
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("nobody has subscribed");
        assertThat(values).isEmpty();
    }

    @Test
    void refusalIsAnAnswerAndTheLinkGoesOn() throws Exception {
        Link link = bench.connect();

        assertThatThrownBy(() -> get(link.write(CONTROL, new byte[] {0}, WriteMode.WITH_RESPONSE)))
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(TablePeripheral.REFUSAL));
        assertThatThrownBy(() -> get(link.read(Channel.of("no/where"))))
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(0x0A));
        assertThatThrownBy(() -> link.write(CONTROL, new byte[101], WriteMode.WITH_RESPONSE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(get(link.read(LEVEL))).containsExactly(97);
    }

    @Test
    void requestsAreSentOneAtATimeAndInOrder() throws Exception {
        Link link = bench.connect();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        peripheral.gate = gate;
        List<CompletionStage<?>> asked = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            asked.add(link.write(CONTROL, new byte[] {(byte) i}, WriteMode.WITH_RESPONSE));
        }
        assertThat(next(peripheral.seen)).isEqualTo("write 1");
        assertThat(peripheral.seen).isEmpty();
        gate.complete(null);
        for (CompletionStage<?> each : asked) {
            get(each);
        }

        for (int i = 2; i <= 50; i++) {
            assertThat(next(peripheral.seen)).isEqualTo("write " + i);
        }
    }

    @Test
    void indicationIsConfirmedWhenTheConsumerHasItAndBeforeWhatItWrites() throws Exception {
        Link link = bench.connect();
        CountDownLatch mayGoOn = new CountDownLatch(1);
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        get(link.subscribe(PRESSURE, octets -> {
            link.write(CONTROL, new byte[] {9}, WriteMode.WITH_RESPONSE)
                    .whenComplete((nothing, fault) -> order.add("written"));
            awaited(mayGoOn);
        }));
        CompletionStage<Void> confirmed = next(peripheral.announcers).indicate(new byte[] {1});
        CompletionStage<Void> noted = confirmed.thenRun(() -> order.add(peripheral.seen.toString()));
        assertThat(confirmed.toCompletableFuture()).isNotDone();
        mayGoOn.countDown();

        get(noted);
        assertThat(next(order)).isEqualTo("[subscribe 1810/2a35]");
        assertThat(next(order)).isEqualTo("written");
    }

    @Test
    void whatIsAnnouncedBeforeTheAnswerComesBehindIt() throws Exception {
        Link link = bench.connect();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        peripheral.gate = gate;
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        CompletionStage<Link.Subscription> subscribing =
                link.subscribe(PRESSURE, octets -> order.add("value " + octets[0]));
        subscribing.thenRun(() -> order.add("subscribed"));
        Peripheral.Announcer announcer = next(peripheral.announcers);
        CompletionStage<Void> first = announcer.notify(new byte[] {1});
        CompletionStage<Void> second = announcer.indicate(new byte[] {2});
        CompletionStage<Void> third = announcer.notify(new byte[] {3});
        gate.complete(null);

        get(first);
        get(second);
        get(third);
        assertThat(List.of(next(order), next(order), next(order), next(order)))
                .startsWith("subscribed")
                .containsExactlyInAnyOrder("subscribed", "value 1", "value 2", "value 3")
                .containsSubsequence("value 1", "value 3");
    }

    @Test
    void severalConsumersOfOneChannelHearItUntilTheLastOneLeaves() throws Exception {
        Link link = bench.connect();
        BlockingQueue<byte[]> first = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> second = new LinkedBlockingQueue<>();
        Link.Subscription one = get(link.subscribe(PRESSURE, first::add));
        Link.Subscription two = get(link.subscribe(PRESSURE, second::add));
        Peripheral.Announcer announcer = next(peripheral.announcers);
        get(announcer.indicate(new byte[] {1}));
        get(one.cancel());
        get(announcer.indicate(new byte[] {2}));
        get(two.cancel());

        assertThat(first).hasSize(1);
        assertThat(second).hasSize(2);
        assertThat(peripheral.announcers).isEmpty();
        assertThat(peripheral.seen).containsExactly("subscribe 1810/2a35", "unsubscribe 1810/2a35");
    }

    @Test
    void deviceThatIsTooFastIsRefusedAndNothingThatWasTakenIsLost() throws Exception {
        Link link = bench.connect();
        CountDownLatch mayGoOn = new CountDownLatch(1);
        BlockingQueue<byte[]> values = new LinkedBlockingQueue<>();
        get(link.subscribe(PRESSURE, octets -> {
            awaited(mayGoOn);
            values.add(octets);
        }));
        Peripheral.Announcer announcer = next(peripheral.announcers);
        get(announcer.notify(new byte[100])); // by now the subscription is answered
        int taken = 1;
        CompletionStage<Void> last = announcer.notify(new byte[100]);
        while (!last.toCompletableFuture().isCompletedExceptionally()) {
            taken++;
            assertThat(taken).as("values that nobody takes").isLessThan(1_000_000);
            last = announcer.notify(new byte[100]);
        }
        CompletionStage<Void> refused = last;
        assertThatThrownBy(() -> get(refused))
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("takes too long");
        mayGoOn.countDown();

        for (int i = 0; i < taken; i++) {
            assertThat(next(values)).hasSize(100);
        }
        assertThat(get(link.read(LEVEL))).containsExactly(97);
        assertThat(values).isEmpty();
    }

    @Test
    void gatewayMayDialADeviceThatListens() throws Exception {
        SecureDevice device = bench.newDevice();
        bench.transport.dial(device.listen(ANY, bench.devices.device()), bench.devices.gateway());
        Link link = bench.openNext();

        assertThat(get(link.read(LEVEL))).containsExactly(97);
        link.close();
        assertThat(get(bench.openNext().read(LEVEL))).containsExactly(97);
    }

    @Test
    void linkHasOneUser() throws Exception {
        bench.newDevice().dial(bench.address, bench.devices.device());
        Discovery found = next(bench.found);
        get(bench.transport.open(found));

        assertThatThrownBy(() -> get(bench.transport.open(found))).hasMessageContaining("has a link already");
    }

    @Test
    void whatWaitsFailsWhenTheDeviceIsGoneAndTheReasonIsTyped() throws Exception {
        Link link = bench.connect();
        peripheral.gate = new CompletableFuture<>();
        CompletionStage<byte[]> first = link.read(LEVEL);
        CompletionStage<byte[]> second = link.read(LEVEL);
        assertThat(next(peripheral.seen)).isEqualTo("read 180f/2a19");
        next(peripheral.losses).run();

        for (CompletionStage<byte[]> each : List.of(first, second)) {
            assertThatThrownBy(() -> get(each))
                    .cause()
                    .isInstanceOfSatisfying(
                            LinkLostException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(LinkEnd.DEVICE_LOST));
        }
        assertThat(ended(link)).isEqualTo("cuff-1 has ended it: the device is gone");
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThatThrownBy(() -> get(link.read(LEVEL))).hasCauseInstanceOf(LinkLostException.class);
        peripheral.gate = CompletableFuture.completedFuture(null);
        assertThat(get(bench.openNext().read(LEVEL))).containsExactly(97);
    }

    @Test
    void deviceThatConnectsAgainTakesItsOwnPlace() throws Exception {
        Link first = bench.connect();
        bench.newDevice().dial(bench.address, bench.devices.device());

        assertThat(ended(first)).isEqualTo("the peer has connected again");
        assertThat(next(bench.found).address()).isEqualTo("cuff-1");
    }

    @Test
    void strangerIsNotFound() throws Exception {
        bench.newDevice().dial(bench.address, bench.devices.stranger());
        Link link = bench.connect();

        assertThat(get(link.read(LEVEL))).containsExactly(97);
        assertThat(bench.transport.counts().get(0).established()).isEqualTo(1);
        assertThat(bench.found).isEmpty();
    }

    @Test
    void closedTransportHasToldEverybody() throws Exception {
        Link link = bench.connect();
        peripheral.gate = new CompletableFuture<>();
        CompletionStage<byte[]> reading = link.read(LEVEL);
        bench.transport.close();

        assertThatThrownBy(() -> get(reading)).hasCauseInstanceOf(LinkLostException.class);
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThatThrownBy(() -> bench.transport.listen(ANY, bench.devices.gateway(), 1))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
