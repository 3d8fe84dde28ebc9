package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.Ble;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;

class VirtualAirTest {
    private static final Channel STREAM = Channel.of("180d/2a37");
    private static final Channel INDICATED = Channel.of("1810/2a35");

    private final ManualAir room = new ManualAir();

    private List<String> addresses(List<Discovery> seen) {
        room.clock.runUntilIdle();
        return seen.stream().map(Discovery::address).toList();
    }

    @Test
    void aDeviceIsAnnouncedWhenItAppears() {
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());
        VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1")
                .name("Heart strap")
                .advertises("180D")
                .advertises("manufacturer:ffff", new byte[] {1, 2});
        assertThat(addresses(seen)).isEmpty();

        device.appear();
        room.clock.runUntilIdle();

        Discovery discovery = seen.get(0);
        assertThat(discovery.name()).contains("Heart strap");
        assertThat(discovery.offers("180d")).isTrue();
        assertThat(discovery.data().get("manufacturer:ffff")).containsExactly(1, 2);
        assertThat(discovery.at()).isEqualTo(room.clock.instant());
    }

    @Test
    void aNewSubscriberHearsOfTheDevicesThatAreThere() {
        new VirtualPeripheral(room.air, "dev-1").appear();
        new VirtualPeripheral(room.air, "dev-2").appear();

        assertThat(addresses(ManualAir.collect(room.transport.discoveries()))).containsExactly("dev-1", "dev-2");
    }

    @Test
    void aDeviceIsAnnouncedAgainWhenItsCentralHasGone() {
        VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1");
        device.appear();
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());
        Link link = room.open(device);
        assertThat(addresses(ManualAir.collect(room.transport.discoveries()))).isEmpty();

        link.close();

        assertThat(addresses(seen)).containsExactly("dev-1", "dev-1");
    }

    @Test
    void aDeviceThatVanishedIsNotAnnouncedAgain() {
        VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1");
        device.appear();
        Link link = room.open(device);
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());

        device.vanish();
        link.close();

        assertThat(addresses(seen)).isEmpty();
    }

    @Test
    void everyTransportSeesTheSameAir() {
        Transport other = Ble.simulated(room.air);
        List<Discovery> here = ManualAir.collect(room.transport.discoveries());
        List<Discovery> there = ManualAir.collect(other.discoveries());

        new VirtualPeripheral(room.air, "dev-1").appear();

        assertThat(addresses(here)).containsExactly("dev-1");
        assertThat(addresses(there)).containsExactly("dev-1");
    }

    @Test
    void twoDevicesCannotHaveOneAddressUnlessOneLeaves() {
        VirtualPeripheral first = new VirtualPeripheral(room.air, "dev-1");

        assertThatThrownBy(() -> new VirtualPeripheral(room.air, "dev-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dev-1");
        first.close();
        new VirtualPeripheral(room.air, "dev-1").appear();

        assertThat(addresses(ManualAir.collect(room.transport.discoveries()))).containsExactly("dev-1");
    }

    @Test
    void aDeviceDoesNotGrowACharacteristicUnderTheEyesOfItsCentral() {
        VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1").add(STREAM, Property.NOTIFY);
        device.appear();
        room.open(device);

        assertThatThrownBy(() -> device.add(Channel.of("180f/2a19"), Property.READ))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> device.mtu(23)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTheAirTakesEverythingAway() {
        VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1");
        device.appear();
        Link link = room.open(device);

        room.air.close();

        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(room.air.linkCount()).isZero();
        assertThat(room.clock.waiting()).isZero();
    }

    @Test
    void orderIsKeptOnManyThreads() throws InterruptedException {
        int count = 20_000;
        CountDownLatch all = new CountDownLatch(2 * count);
        List<Integer> first = Collections.synchronizedList(new ArrayList<>());
        List<Integer> second = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler scheduler = Scheduler.system("air-test", 4);
                VirtualAir air = new VirtualAir(scheduler)) {
            Transport transport = Ble.simulated(air);
            for (List<Integer> heard : List.of(first, second)) {
                String address = heard == first ? "dev-1" : "dev-2";
                VirtualPeripheral device = new VirtualPeripheral(air, address).add(STREAM, Property.NOTIFY);
                device.appear();
                device.onSubscribed(STREAM, () -> {
                    for (int i = 0; i < count; i++) {
                        device.notify(STREAM, new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i});
                    }
                });
                transport
                        .open(ManualAir.seen(address))
                        .thenCompose(link -> link.subscribe(STREAM, octets -> {
                            heard.add((octets[0] & 0xFF) << 16 | (octets[1] & 0xFF) << 8 | (octets[2] & 0xFF));
                            all.countDown();
                        }));
            }
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(first).hasSize(count).isSorted();
        assertThat(second).hasSize(count).isSorted();
    }

    @Test
    void nothingHangsWhenLinksBreakOnOtherThreads() throws InterruptedException {
        int rounds = 2_000;
        CountDownLatch ended = new CountDownLatch(4 * rounds);
        try (Scheduler scheduler = Scheduler.system("air-test", 4);
                VirtualAir air = new VirtualAir(scheduler)) {
            Transport transport = Ble.simulated(air);
            VirtualPeripheral device = new VirtualPeripheral(air, "dev-1")
                    .add(STREAM, Property.NOTIFY)
                    .add(INDICATED, Property.INDICATE)
                    .addReadable(Channel.of("180f/2a19"), new byte[] {1});
            device.onSubscribed(
                    INDICATED,
                    () -> device.notify(INDICATED, new byte[] {1}).whenComplete((done, fault) -> device.disconnect()));
            device.appear();
            for (int i = 0; i < rounds; i++) {
                transport.open(ManualAir.seen("dev-1")).whenComplete((link, fault) -> {
                    ended.countDown();
                    if (fault != null) {
                        ended.countDown();
                        ended.countDown();
                        ended.countDown();
                        return;
                    }
                    link.read(Channel.of("180f/2a19")).whenComplete((octets, lost) -> ended.countDown());
                    link.subscribe(INDICATED, octets -> {}).whenComplete((listening, lost) -> ended.countDown());
                    link.onClosed(reason -> ended.countDown());
                });
                if (i % 3 == 0) {
                    scheduler.execute(device::disconnect);
                }
                if (i % 50 == 0) {
                    scheduler.execute(() -> device.faults(Faults.NONE.withLinkLostAfter(3)));
                }
            }
            boolean isOver = ended.await(5, TimeUnit.SECONDS);
            device.faults(Faults.NONE.withLinkLostAfter(0));
            assertThat(isOver || ended.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(air.linkCount()).isZero();
            assertThat(device.isConnected()).isFalse();
        }
    }
}
