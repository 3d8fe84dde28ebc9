package org.openiomt.ble.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;

/** The transport over a real bus on a socket, with the daemon of dbus-java between it and a BlueZ of ours. */
class WireBusTest {
    private final FakeBluez bluez = new FakeBluez();
    private final FakeDevice device = bluez.device(Bench.ADDRESS, "Meter");

    @TempDir
    private Path folder;

    private String address = "";
    private @Nullable SocketBus bus;
    private String battery = "";
    private String measurement = "";

    @BeforeEach
    void start() throws DBusException {
        SocketBus begun = new SocketBus(folder);
        address = begun.address();
        bus = begun;
        device.service("180f");
        battery = device.characteristic("2a19", "read", "write", "notify");
        device.service("1808");
        measurement = device.characteristic("2a18", "notify");
    }

    @AfterEach
    void stop() throws IOException {
        SocketBus running = bus;
        bus = null;
        if (running != null) {
            running.close();
        }
    }

    @Test
    void deviceIsFoundReadWrittenAndHeard() throws Exception {
        try (BusPeer peer = new BusPeer(address, bluez);
                BluezTransport transport = BluezTransport.of(settings())) {
            peer.run(() -> device.announces(Map.of("ManufacturerData", Map.of(0x4C, new byte[] {8, 9}))));
            Watcher watcher = new Watcher();
            transport.discoveries().subscribe(watcher);
            get(transport.adapter());
            peer.run(device::advertise);
            Discovery seen = watcher.next();
            assertThat(seen.address()).isEqualTo(Bench.ADDRESS);
            assertThat(seen.data().get("manufacturer:004c")).containsExactly(8, 9);

            Link link = get(transport.open(seen));
            assertThat(link.channels()).containsExactlyInAnyOrder(Bench.BATTERY, Bench.MEASUREMENT);
            assertThat(link.maxValueLength()).isEqualTo(61);
            assertThat(get(link.read(Bench.BATTERY))).containsExactly(1, 2, 3);
            byte[] longest = new byte[512];
            get(link.write(Bench.BATTERY, longest, WriteMode.WITH_RESPONSE));
            assertThat(device.value(battery)).isEqualTo(longest);
            get(link.write(Bench.BATTERY, new byte[0], WriteMode.WITH_RESPONSE));
            assertThat(get(link.read(Bench.BATTERY))).isEmpty();

            peer.run(() -> bluez.fault(
                    "ReadValue", new BusException("org.bluez.Error.Failed", "Operation failed with ATT error: 0x80")));
            assertThatThrownBy(() -> get(link.read(Bench.BATTERY))).hasMessageContaining("0x80");
        }
    }

    @Test
    void thousandsOfValuesComeInOrderAndNoneIsLost() throws Exception {
        int count = 4_000;
        try (BusPeer peer = new BusPeer(address, bluez);
                BluezTransport transport = BluezTransport.of(settings())) {
            Link link = open(peer, transport);
            BlockingQueue<Integer> values = new LinkedBlockingQueue<>();
            peer.run(() -> bluez.before("StartNotify", () -> announce(0)));
            get(link.subscribe(
                    Bench.MEASUREMENT,
                    octets -> values.add(ByteBuffer.wrap(octets).getInt())));
            for (int i = 1; i < count; i++) {
                int number = i;
                peer.run(() -> announce(number));
            }

            for (int i = 0; i < count; i++) {
                assertThat(values.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @Test
    void bondsAreAskedForOverTheBus() throws Exception {
        device.bonding(FakeDevice.Bonding.SHOWS_PASSKEY);
        Pairing pairing = new Pairing() {
            @Override
            public Means means() {
                return Means.KEYBOARD;
            }

            @Override
            public boolean isBondedFirst(Discovery seen) {
                return true;
            }

            @Override
            public CompletionStage<PairingAnswer> asked(PairingRequest request) {
                return CompletableFuture.completedFuture(PairingAnswer.passkey(FakeDevice.PASSKEY));
            }
        };
        try (BusPeer peer = new BusPeer(address, bluez);
                BluezTransport transport = BluezTransport.of(settings().withPairing(pairing))) {
            assertThat(open(peer, transport).state()).isEqualTo(LinkState.OPEN);
            assertThat(device.isBonded()).isTrue();
        }
    }

    /** The bus of the tests does not tell that a name has gone, but that it has a new owner. */
    @Test
    void daemonThatWasStartedAnewEndsLinksAndIsUsedAgain() throws Exception {
        try (BluezTransport transport = BluezTransport.of(settings())) {
            Watcher watcher = new Watcher();
            transport.discoveries().subscribe(watcher);
            CompletableFuture<String> closed = new CompletableFuture<>();
            try (BusPeer peer = new BusPeer(address, bluez)) {
                open(peer, transport).onClosed(closed::complete);
                bluez.restart();
            }
            try (BusPeer peer = new BusPeer(address, bluez)) {
                assertThat(get(closed)).contains("bluetoothd");
                get(transport.adapter());
                assertThat(get(open(peer, transport).read(Bench.BATTERY))).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void busThatEndsEndsLinks() throws Exception {
        try (BusPeer peer = new BusPeer(address, bluez);
                BluezTransport transport = BluezTransport.of(settings())) {
            CompletableFuture<String> closed = new CompletableFuture<>();
            open(peer, transport).onClosed(closed::complete);

            stop();

            assertThat(get(closed)).contains("D-Bus ended");
            assertThatThrownBy(() -> get(transport.adapter())).hasMessageContaining("there is no D-Bus");
        }
    }

    @Test
    void busWithoutBluezIsSaid() {
        try (BluezTransport transport = BluezTransport.of(settings())) {
            assertThatThrownBy(() -> get(transport.adapter())).hasMessageContaining("BlueZ does not run");
        }
    }

    @Test
    void closingLeavesNoThread() throws Exception {
        try (BusPeer peer = new BusPeer(address, bluez)) {
            for (int i = 0; i < 20; i++) {
                try (BluezTransport transport = BluezTransport.of(settings())) {
                    assertThat(open(peer, transport).state()).isEqualTo(LinkState.OPEN);
                }
                assertThat(device.isConnected()).isFalse();
            }
        }

        for (Thread left : ours()) {
            left.join(30_000);
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void fiveHundredFailedConnectionsLeaveNoThreadAndNoDescriptor() throws Exception {
        stop();
        long before = descriptors();
        for (int i = 0; i < 500; i++) {
            try (BluezTransport transport = BluezTransport.of(settings())) {
                assertThatThrownBy(() -> get(transport.open(Bench.discovery(Bench.ADDRESS))))
                        .hasMessageContaining("there is no D-Bus");
            }
        }
        for (Thread left : ours()) {
            left.join(30_000);
        }

        assertThat(ours()).isEmpty();
        assertThat(descriptors()).isLessThan(before + 20);
    }

    @Test
    void busThatNeverLetsUsInIsGivenUpWithItsSocket() throws Exception {
        Path deaf = folder.resolve("deaf");
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(deaf))) {
            Bus.Connecting connecting = WireBus.at("unix:path=" + deaf).connect(new Silent());
            assertThat(server.accept().isConnected()).isTrue();

            connecting.abandon();

            assertThatThrownBy(() -> get(connecting.connected())).isInstanceOf(BusException.class);
        }
        for (Thread left : ours()) {
            left.join(30_000);
        }
        assertThat(ours()).isEmpty();
    }

    private void announce(int number) {
        device.announce(measurement, ByteBuffer.allocate(4).putInt(number).array());
    }

    private BluezSettings settings() {
        return BluezSettings.DEFAULT.withBusAddress(address);
    }

    private Link open(BusPeer peer, BluezTransport transport) throws Exception {
        peer.run(device::advertise);
        return get(transport.open(Bench.discovery(Bench.ADDRESS)));
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iomt-bluez"))
                .toList();
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** Hears nothing. */
    private static final class Silent implements Bus.Listener {
        @Override
        public void signal(Bus.Signal signal) {}

        @Override
        public void called(Bus.Request request) {}

        @Override
        public void closed(String reason) {}
    }

    /** Waits for discoveries. */
    private static final class Watcher implements Flow.Subscriber<Discovery> {
        private final BlockingQueue<Discovery> seen = new LinkedBlockingQueue<>();

        Discovery next() throws InterruptedException {
            Discovery discovery = seen.poll(30, TimeUnit.SECONDS);
            return Optional.ofNullable(discovery).orElseThrow();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Discovery item) {
            seen.add(item);
        }

        @Override
        public void onError(Throwable throwable) {
            throw new AssertionError(throwable);
        }

        @Override
        public void onComplete() {}
    }
}
