package org.openiomt.security.net.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.ConnectionListener;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureClient;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/**
 * The devices' side of the fleet test, a process of its own: does what lines on its standard input say and answers each with a line.
 * Ends with its input. Arguments: the gateway's port and static key.
 */
public final class FleetDevices {
    private static final SessionRoles ROLES = new SessionRoles("device", "gateway");
    private static final int OPENING_AT_ONCE = 200;
    private static final int ECHOES_AT_ONCE = 64;
    private static final int MESSAGE = 64;
    private static final long SECONDS = 120;

    private final InetSocketAddress gateway;
    private final SessionSettings settings;
    private final SessionSettings stranger;
    private final SecureClient client = new SecureClient(1, NetLimits.DEFAULT);
    private AtomicReferenceArray<SecureConnection> connections = new AtomicReferenceArray<>(0);
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Round round = new Round(0);

    private FleetDevices(InetSocketAddress gateway, byte[] gatewayKey, DhKeyPair key) {
        PinnedPeers pins =
                new PinnedPeers().pin(StaticKey.of(gatewayKey), new PeerNames.Entry("gateway", Set.of("gateway")));
        this.gateway = gateway;
        this.settings = SessionSettings.xx(ROLES, key, pins);
        this.stranger = SessionSettings.xx(ROLES, newKey(), pins);
    }

    /** Begins to listen to its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DhKeyPair key = newKey();
        FleetDevices devices = new FleetDevices(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
                HexFormat.of().parseHex(arguments[1]),
                key);
        say("KEY " + HexFormat.of().formatHex(key.publicKey()));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Flood flood = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "OPEN" -> devices.open(Integer.parseInt(words[1]));
                case "ECHO" -> devices.echo(Integer.parseInt(words[1]));
                case "FLOOD" -> {
                    byte[] hello = SessionHandshake.initiator(devices.stranger).start();
                    flood = new Flood(devices.gateway, hello);
                    flood.start();
                    flood.awaitRisen(SECONDS);
                    say("FLOODING");
                }
                case "DRY" -> say("DRY " + (flood == null ? 0 : flood.end()));
                default -> throw new IOException("what is " + line);
            }
        }
        devices.client.close();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static DhKeyPair newKey() {
        return Primitives.preferred().x25519().orElseThrow().generate();
    }

    private void open(int count) throws InterruptedException {
        connections = new AtomicReferenceArray<>(count);
        Semaphore places = new Semaphore(OPENING_AT_ONCE);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            int number = i;
            places.acquire();
            client.connect(gateway, settings, Optional.empty(), new Device()).whenComplete((connection, fault) -> {
                if (fault == null) {
                    connections.set(number, connection);
                } else {
                    failed.incrementAndGet();
                }
                places.release();
            });
        }
        places.acquire(OPENING_AT_ONCE);
        say("OPENED " + (count - failed.get()));
    }

    /** Lets every session send a message so many times, few at once, and says how many came back and how long that took. */
    private void echo(int times) throws InterruptedException {
        int count = connections.length();
        Round now = new Round(count * times);
        round = now;
        for (int i = 0; i < count * times; i++) {
            now.places.acquire();
            byte[] message = ByteBuffer.allocate(MESSAGE)
                    .putInt(i)
                    .putLong(System.nanoTime())
                    .array();
            connections.get(i % count).send(message);
        }
        boolean isComplete = now.missing.await(SECONDS, TimeUnit.SECONDS);
        int[] micros = new int[now.micros.length()];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = now.micros.get(i);
        }
        int back = (int) Arrays.stream(micros).filter(each -> each > 0).count();
        Arrays.sort(micros);
        say(String.format(
                Locale.ROOT,
                "ECHOED %d of %d closed %d micros %d %d %d%s",
                back,
                micros.length,
                closed.get(),
                micros[micros.length / 2],
                micros[(int) (micros.length * 0.99)],
                micros[micros.length - 1],
                isComplete ? "" : " INCOMPLETE"));
    }

    /** Messages on their way. */
    private static final class Round {
        final Semaphore places = new Semaphore(ECHOES_AT_ONCE);
        final CountDownLatch missing;
        final AtomicIntegerArray micros;

        Round(int messages) {
            missing = new CountDownLatch(messages);
            micros = new AtomicIntegerArray(messages);
        }

        void back(ByteBuffer message) {
            int number = message.getInt();
            long nanos = System.nanoTime() - message.getLong();
            if (micros.compareAndSet(number, 0, (int) Math.max(1, nanos / 1000))) {
                places.release();
                missing.countDown();
            }
        }
    }

    /** One of the devices. */
    private final class Device implements ConnectionListener {
        @Override
        public void onConnected(SecureConnection connection) {
            connection.request(Long.MAX_VALUE);
        }

        @Override
        public void onMessage(SecureConnection connection, byte[] message) {
            round.back(ByteBuffer.wrap(message));
        }

        @Override
        public void onClosed(SecureConnection connection, CloseReason reason) {
            closed.incrementAndGet();
        }
    }
}
