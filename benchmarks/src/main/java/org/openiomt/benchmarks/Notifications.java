package org.openiomt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openiomt.ble.Ble;
import org.openiomt.ble.bluez.BluezSettings;
import org.openiomt.ble.bluez.FakeStraps;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Contact;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Width;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.core.wire.Remainder;

/**
 * What 1,000 notifications cost on the way from BlueZ over the D-Bus to the application's callback, beside the same octets through the
 * virtual air: the same driver, a gateway each, in one run, by turns. BlueZ is a fake of ours behind a socket; the bus is that of
 * dbus-java in this process, or one that is there: {@code dbus-daemon --session --address=unix:path=/tmp/bus}.
 *
 * <pre>{@code
 * java -cp benchmarks/target/openiomt-benchmarks.jar org.openiomt.benchmarks.Notifications [address of a bus]
 * }</pre>
 *
 * Each reading has a number; one that is lost, doubled or out of its device's order ends the run with a fault. Processor time is
 * told apart by threads: those of the gateway with the callbacks, those of the transport, and those that play (the sender, the fake,
 * a bus in this process). The air's thread is both transport and device; it counts as transport.
 */
public final class Notifications {
    private static final int STRAPS = 20;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 60_000;
    private static final int MOST_UNDER_WAY = 256;

    /** How notifications come. */
    private enum Load {
        /** One each millisecond, which finds most threads asleep. */
        PACED(1_000, 10_000),
        /** As fast as they are taken. */
        FULL(0, 40_000);

        final int perSecond;
        final int count;

        Load(int perSecond, int count) {
            this.perSecond = perSecond;
            this.count = count;
        }
    }

    /** Processor time of 1,000 notifications, in milliseconds. */
    private record Cost(double gateway, double transport, double whole) {
        double ours() {
            return gateway + transport;
        }
    }

    private Notifications() {}

    /**
     * Measures, and prints a table.
     *
     * @param args the address of a bus, or nothing
     * @throws IllegalStateException when a notification did not come, or not in its turn
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("notifications");
        try (VirtualAir air = new VirtualAir();
                FakeStraps fakes = new FakeStraps(STRAPS, Arrays.stream(args).findFirst(), folder)) {
            List<VirtualHeartRateStrap> straps = IntStream.range(0, STRAPS)
                    .mapToObj(i -> new VirtualHeartRateStrap(air, "strap-" + i))
                    .toList();
            List<String> names =
                    IntStream.range(0, STRAPS).mapToObj(i -> "strap-" + i).toList();
            BluezSettings settings = BluezSettings.DEFAULT.withBusAddress(fakes.busAddress());
            try (Way virtual = new Way(
                            "virtual air",
                            Ble.simulated(air),
                            names,
                            (i, octets) -> straps.get(i).replay(octets),
                            "virtual-air");
                    Way bluez =
                            new Way("D-Bus", Ble.bluez(settings), fakes.addresses(), fakes::announce, "iomt-bluez")) {
                virtual.awaitSessions(() -> {});
                bluez.awaitSessions(fakes::advertise);
                measure(List.of(virtual, bluez));
            }
        } finally {
            Files.deleteIfExists(folder.resolve("bus"));
            Files.deleteIfExists(folder);
        }
    }

    private static void measure(List<Way> ways) {
        for (Way way : ways) {
            send(way, Load.FULL, WARM_UP);
        }
        System.out.println("ms of processor time for 1,000 notifications, the middle of " + ROUNDS + " rounds");
        System.out.println("load   way          gateway  transport  both    whole process  readings");
        for (Load load : Load.values()) {
            List<List<Cost>> costs = List.of(new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < ways.size(); i++) {
                    costs.get(i).add(cost(ways.get(i), load));
                }
            }
            for (int i = 0; i < ways.size(); i++) {
                Cost middle = middle(costs.get(i));
                System.out.printf(
                        Locale.ROOT,
                        "%-6s %-12s %7.2f  %9.2f  %6.2f  %13.2f  %8d%n",
                        load.name().toLowerCase(Locale.ROOT),
                        ways.get(i).name(),
                        middle.gateway(),
                        middle.transport(),
                        middle.ours(),
                        middle.whole(),
                        ROUNDS * load.count);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-6s D-Bus costs %.1f times the virtual air%n",
                    load.name().toLowerCase(Locale.ROOT),
                    middle(costs.get(1)).ours() / middle(costs.get(0)).ours());
        }
        for (Way way : ways) {
            System.out.println(way.name() + ": " + way.heard() + " sent, all heard once and in order");
        }
    }

    private static Cost middle(List<Cost> costs) {
        return new Cost(middle(costs, Cost::gateway), middle(costs, Cost::transport), middle(costs, Cost::whole));
    }

    private static double middle(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return costs.stream().mapToDouble(part).sorted().toArray()[costs.size() / 2];
    }

    private static Cost cost(Way way, Load load) {
        long gateway = Processor.of("iomt-gateway", "iomt-callbacks");
        long transport = Processor.of(way.threads());
        long whole = Processor.whole();
        send(way, load, load.count);
        double perThousand = load.count * 1_000.0; // nanoseconds of all to milliseconds of 1,000
        return new Cost(
                (Processor.of("iomt-gateway", "iomt-callbacks") - gateway) / perThousand,
                (Processor.of(way.threads()) - transport) / perThousand,
                (Processor.whole() - whole) / perThousand);
    }

    /** Sends, the straps by turns, and waits until all has been heard. */
    private static void send(Way way, Load load, int count) {
        long before = way.heard();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = load.perSecond == 0 ? 0 : begin + i * (TimeUnit.SECONDS.toNanos(1) / load.perSecond);
            while (load.perSecond != 0 && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (i - (way.heard() - before) >= MOST_UNDER_WAY) {
                way.awaitHeard(before + i - MOST_UNDER_WAY / 2);
            }
            way.send(i % STRAPS);
        }
        way.awaitHeard(before + count);
    }

    /** Returns a measurement of two octets that tells its number. */
    static byte[] measurement(int number) {
        return HeartRateMeasurement.CODEC.encode(new HeartRateMeasurement(
                number, Width.UINT16, Contact.DETECTED, OptionalInt.empty(), Optional.empty(), Remainder.NONE));
    }
}
