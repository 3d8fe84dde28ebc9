package org.openiomt.ble.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;

/** Whatever happens in whatever order: order is kept, nothing is lost or left, and the state tells the truth. */
class BluezPropertyTest {
    /** What can happen to an open link. */
    enum Event {
        ANNOUNCE,
        READ,
        READ_REFUSED,
        SUBSCRIBE_AGAIN,
        RUN
    }

    /** What can end one. */
    enum End {
        DROP,
        REMOVE,
        POWER_OFF,
        ADAPTER_GONE,
        DAEMON_GONE,
        BUS_GONE,
        SERVICES_CHANGED,
        CLOSE
    }

    @Property(tries = 300)
    void everyAnnouncedValueIsHeardOnceAndInOrder(@ForAll @Size(max = 60) List<Event> events) {
        try (Bench bench = new Bench()) {
            Link link = bench.open();
            List<Integer> heard = new ArrayList<>();
            bench.get(link.subscribe(
                    Bench.BATTERY, octets -> heard.add(ByteBuffer.wrap(octets).getInt())));
            bench.device.value(bench.battery, ByteBuffer.allocate(4).putInt(-1).array());
            int sent = 0;
            for (Event event : events) {
                switch (event) {
                    case ANNOUNCE -> {
                        bench.device.announce(
                                bench.battery,
                                ByteBuffer.allocate(4).putInt(sent).array());
                        sent++;
                    }
                    case READ -> link.read(Bench.BATTERY);
                    case READ_REFUSED -> {
                        bench.clock.runUntilIdle();
                        bench.bluez.fault("ReadValue", FakeBluez.failed());
                        link.read(Bench.BATTERY);
                        bench.clock.runUntilIdle();
                        bench.bluez.heal();
                    }
                    case SUBSCRIBE_AGAIN -> link.subscribe(Bench.BATTERY, octets -> {});
                    case RUN -> bench.clock.runUntilIdle();
                }
            }
            bench.clock.runUntilIdle();

            assertThat(heard).isEqualTo(IntStream.range(0, sent).boxed().toList());
        }
    }

    @Property(tries = 200)
    void everyEndIsToldOnceFailsWhatWaitsAndLeavesNothing(
            @ForAll @Size(min = 1, max = 4) List<End> ends,
            @ForAll @IntRange(max = 40) int steps,
            @ForAll boolean isReading) {
        try (Bench bench = new Bench()) {
            bench.get(bench.transport.adapter());
            List<String> rules = List.copyOf(bench.bus.rules());
            Link link = bench.open();
            List<String> closed = new ArrayList<>();
            link.onClosed(closed::add);
            bench.bluez.silence("ReadValue");
            CompletionStage<?> waiting =
                    isReading ? link.read(Bench.BATTERY) : link.subscribe(Bench.MEASUREMENT, o -> {});
            for (int i = 0; i < steps && bench.clock.runNext(); i++) {
                assertThat(closed).isEmpty();
            }
            for (End end : ends) {
                happen(bench, link, end);
            }
            bench.clock.advance(Duration.ofMinutes(3));

            assertThat(link.state()).isEqualTo(LinkState.CLOSED);
            assertThat(closed).hasSize(1);
            assertThat(waiting.toCompletableFuture()).isDone();
            assertThat(bench.clock.waiting()).isZero();
            assertThat(bench.bus.rules()).isIn(List.of(rules, List.of()));
            bench.bluez.heal();
            restore(bench);
            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
        }
    }

    private static void happen(Bench bench, Link link, End end) {
        switch (end) {
            case DROP -> bench.device.drop();
            case REMOVE -> bench.device.remove();
            case POWER_OFF -> bench.bluez.power(false);
            case ADAPTER_GONE -> bench.bluez.removeAdapter();
            case DAEMON_GONE -> bench.bus.daemonEnds();
            case BUS_GONE -> bench.bus.drop("gone");
            case SERVICES_CHANGED -> bench.device.changeServices();
            case CLOSE -> link.close();
        }
    }

    private static void restore(Bench bench) {
        bench.bus.daemonEnds();
        if (!bench.bluez.has(FakeBluez.ADAPTER)) {
            bench.bluez.addAdapter();
        }
        bench.bus.daemonStarts();
        bench.bluez.power(true);
        bench.clock.runUntilIdle();
    }

    @Property
    void messagesAreTheSameHoweverTheStreamIsCut(
            @ForAll @Size(min = 1, max = 5) List<@Size(max = 300) byte[]> values, @ForAll("pieces") int piece)
            throws DBusException, IOException {
        MessageFactory messages = new MessageFactory((byte) 'l');
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] value : values) {
            stream.write(BusFrames.octets(messages.createMethodCall(
                    null,
                    BluezClient.BLUEZ,
                    "/org/bluez",
                    BluezObjects.CHARACTERISTIC,
                    "WriteValue",
                    (byte) 0,
                    "aya{sv}",
                    BusValues.outwards("aya{sv}", List.of(value, Map.of("type", "request"))))));
        }

        List<byte[]> found = new ArrayList<>();
        BusFrames frames = new BusFrames();
        byte[] octets = stream.toByteArray();
        for (int at = 0; at < octets.length; at += piece) {
            int length = Math.min(piece, octets.length - at);
            ReadableByteChannel part = Channels.newChannel(new ByteArrayInputStream(octets, at, length));
            frames.readFrom(part);
            for (Message message = frames.next(); message != null; message = frames.next()) {
                List<Object> read = BusValues.inwards(message);
                assertThat(read.get(1)).isEqualTo(Map.of("type", "request"));
                found.add((byte[]) read.get(0));
            }
        }

        assertThat(found).usingRecursiveComparison().isEqualTo(values);
    }

    @Provide
    Arbitrary<Integer> pieces() {
        return Arbitraries.of(1, 2, 7, 16, 100, 10_000);
    }
}
