package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.net.link.LinkBench.ANY;
import static org.openiomt.security.net.link.LinkBench.ended;
import static org.openiomt.security.net.link.LinkBench.get;
import static org.openiomt.security.net.link.LinkBench.next;
import static org.openiomt.security.net.link.TablePeripheral.CONTROL;
import static org.openiomt.security.net.link.TablePeripheral.LEVEL;
import static org.openiomt.security.net.link.TablePeripheral.PRESSURE;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.Heard;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.Relay;
import org.openiomt.security.net.SecureClient;
import org.openiomt.security.net.SecureServer;
import org.openiomt.security.session.ResumptionTickets;
import org.openiomt.security.session.SessionSettings;

/** What goes wrong on a network, and what an end says that does not keep to the protocol. */
@Timeout(60)
class LinkFaultsTest {
    private static final byte[] BINDING = "openiomt-link".getBytes(StandardCharsets.US_ASCII);
    private static final String DESCRIBE = HexFormat.of()
            .formatHex(LinkMessageTest.made(LinkMessage.Type.DESCRIBE).encode());
    private static final String END_PROTOCOL = "8201";

    private final HandTimers timers = new HandTimers();
    private final LinkBench bench = new LinkBench(timers);
    private final SecureClient client = bench.with(new SecureClient(1, NetLimits.DEFAULT));

    @AfterEach
    void close() {
        bench.close();
    }

    /** A device that says what the test tells it; it has heard HELLO. */
    private Heard rawDevice() throws Exception {
        Heard heard = new Heard(Long.MAX_VALUE);
        get(client.connect(bench.address, bench.devices.device().withBinding(BINDING), Optional.empty(), heard));
        assertThat(hex(heard.message())).isEqualTo("20011000");
        return heard;
    }

    /** A gateway that says what the test tells it, with our device. */
    private Heard rawGateway() throws Exception {
        Heard heard = new Heard(Long.MAX_VALUE);
        SecureServer server = bench.with(
                SecureServer.listen(ANY, bench.devices.gateway().withBinding(BINDING), NetLimits.DEFAULT, 1, heard));
        bench.newDevice().dial(server.address(), bench.devices.device());
        heard.connection();
        return heard;
    }

    private static void say(Heard end, String octets) throws Exception {
        end.connection().send(HexFormat.of().parseHex(octets));
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    @ParameterizedTest
    @CsvSource({
        "an unknown message,          7F",
        "a gateway's message,         22",
        "a message that is too long,  8100",
        "an empty code,               42",
        "an answer to nothing,        41",
        "a value of nothing,          4001",
        "a second description,        60",
        "a channel that is not there, 61000201",
    })
    void deviceThatBreaksTheProtocolIsToldSoAndItsLinkEnds(String what, String octets) throws Exception {
        Heard device = rawDevice();
        say(device, DESCRIBE);
        Link link = bench.openNext();
        say(device, octets);

        assertThat(ended(link)).as(what).contains(" at octet ");
        assertThat(hex(device.message())).isEqualTo(END_PROTOCOL);
        assertThat(device.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
    }

    @Test
    void valueThatIsLongerThanAgreedEndsTheLink() throws Exception {
        Heard device = rawDevice();
        say(device, DESCRIBE);
        Link link = bench.openNext();
        say(device, "610000" + "00".repeat(245));

        assertThat(ended(link)).isEqualTo("value at octet 3: longer than the device has said");
        assertThat(hex(device.message())).isEqualTo(END_PROTOCOL);
    }

    @ParameterizedTest
    @CsvSource({"a ping, 8000", "an answer, 41", "a later version, 60020064", "'more than the gateway takes', 60012000"
    })
    void deviceThatDoesNotDescribeItselfIsNotFound(String what, String octets) throws Exception {
        Heard device = rawDevice();
        say(device, octets);

        assertThat(hex(device.message())).as(what).isEqualTo(END_PROTOCOL);
        assertThat(device.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
        assertThat(bench.found).isEmpty();
    }

    @Test
    void deviceThatSaysNothingIsGivenUp() throws Exception {
        Heard device = rawDevice();
        timers.elapse(LinkBench.SETTINGS.answerTimeout());

        assertThat(hex(device.message())).isEqualTo("8204");
        assertThat(device.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
    }

    @Test
    void requestThatIsNotAnsweredEndsTheLink() throws Exception {
        Heard device = rawDevice();
        say(device, DESCRIBE);
        Link link = bench.openNext();
        CompletionStage<byte[]> first = link.read(link.channels().iterator().next());
        CompletionStage<byte[]> second = link.read(link.channels().iterator().next());
        assertThat(hex(device.message())).startsWith("01");
        timers.elapse(LinkBench.SETTINGS.answerTimeout());

        for (CompletionStage<byte[]> each : List.of(first, second)) {
            assertThatThrownBy(() -> get(each))
                    .cause()
                    .isInstanceOfSatisfying(
                            LinkLostException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(LinkEnd.NO_ANSWER))
                    .hasMessageContaining("no answer within 30000 ms while reading 1810/2a35");
        }
        assertThat(hex(device.message())).isEqualTo("8204");
    }

    @ParameterizedTest
    @CsvSource({
        "a device's message,               41",
        "a second greeting,                20010064",
        "a confirmation of nothing,        22",
        "a channel that is not there,      010003",
        "a channel that is cut short,      0100",
        "a request before the answer,      010000",
        "an unknown message,               3F",
    })
    void gatewayThatBreaksTheProtocolIsToldSo(String what, String octets) throws Exception {
        Heard gateway = rawGateway();
        say(gateway, "20010064");
        assertThat(hex(gateway.message())).startsWith("60");
        bench.peripheral.gate = new CompletableFuture<>();
        say(gateway, "010000");
        assertThat(next(bench.peripheral.seen)).isEqualTo("read 180f/2a19");
        say(gateway, octets);

        assertThat(hex(gateway.message())).as(what).isEqualTo(END_PROTOCOL);
        assertThat(gateway.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
    }

    @ParameterizedTest
    @CsvSource({"a request, 010000", "no version, 20000064", "too short values, 20010013", "more, 2001006400"})
    void gatewayThatDoesNotGreetIsToldSo(String what, String octets) throws Exception {
        Heard gateway = rawGateway();
        say(gateway, octets);

        assertThat(hex(gateway.message())).as(what).isEqualTo(END_PROTOCOL);
    }

    @Test
    void gatewayOfALaterVersionGetsThisOneAndRefusalsOfWhatIsNew() throws Exception {
        Heard gateway = rawGateway();
        say(gateway, "200700640102");
        assertThat(hex(gateway.message())).startsWith("6001" + "0064");
        say(gateway, "1f010203");
        assertThat(hex(gateway.message())).isEqualTo("4206");
        say(gateway, "010000");
        assertThat(hex(gateway.message())).isEqualTo("4061");
    }

    @Test
    void indicationThatIsNotConfirmedEndsTheLink() throws Exception {
        Heard gateway = rawGateway();
        say(gateway, "20010064");
        gateway.message();
        say(gateway, "030002");
        assertThat(hex(gateway.message())).isEqualTo("41");
        Peripheral.Announcer announcer = next(bench.peripheral.announcers);
        CompletionStage<Void> first = announcer.indicate(new byte[] {1});
        CompletionStage<Void> second = announcer.indicate(new byte[] {2});
        assertThat(hex(gateway.message())).isEqualTo("62000201");
        say(gateway, "22");
        get(first);
        assertThat(hex(gateway.message())).isEqualTo("62000202");
        timers.elapse(LinkBench.SETTINGS.answerTimeout());

        assertThatThrownBy(() -> get(second)).hasCauseInstanceOf(LinkLostException.class);
        assertThat(hex(gateway.message())).isEqualTo("8204");
    }

    @Test
    void deviceThatNeverStopsIsReadNoFasterThanItsConsumer() throws Exception {
        Heard device = rawDevice();
        say(device, DESCRIBE);
        Link link = bench.openNext();
        CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
        CompletionStage<Link.Subscription> subscribing =
                link.subscribe(link.channels().iterator().next(), octets -> mayGoOn.join());
        device.message();
        say(device, "41");
        get(subscribing);
        byte[] value = LinkMessage.ofChannel(LinkMessage.Type.NOTIFICATION, 0, new byte[244])
                .encode();
        int taken = 0;
        CompletionStage<Void> sent = device.connection().send(value);
        while (!sent.toCompletableFuture().isCompletedExceptionally()) {
            assertThat(taken++).as("messages that nobody takes").isLessThan(1_000_000);
            sent = device.connection().send(value);
        }

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LinkBench.SECONDS);
        while (!((SecureLink) link).isFull()) { // the sender may be ahead of its own socket
            assertThat(System.nanoTime()).as("the link goes on reading").isLessThan(end);
            Thread.onSpinWait();
        }
        timers.elapse(Duration.ofMinutes(10)); // what waits here is no silence of the device
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
        mayGoOn.complete(null);
        CompletionStage<Void> writing =
                link.write(link.channels().iterator().next(), new byte[] {1}, WriteMode.WITH_RESPONSE);
        String heard = hex(device.message());
        while (heard.equals("80")) {
            heard = hex(device.message());
        }
        assertThat(heard).isEqualTo("02000001");
        assertThat(device.writable.poll(LinkBench.SECONDS, TimeUnit.SECONDS)).isTrue();
        say(device, "41");
        get(writing);
    }

    @Test
    void silentPeerIsAskedAndThenGivenUpByBothEnds() throws Exception {
        Relay relay = bench.with(new Relay(bench.address));
        bench.newDevice().dial(relay.address(), bench.devices.device());
        Link link = bench.openNext();
        for (int i = 0; i < 10; i++) {
            timers.elapse(LinkBench.SETTINGS.keepAlive());
            get(link.read(LEVEL));
        }
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
        relay.freeze();
        CompletionStage<byte[]> reading = link.read(LEVEL);
        for (int i = 0; i < 4; i++) {
            timers.elapse(LinkBench.SETTINGS.keepAlive().dividedBy(2));
            timers.elapse(LinkBench.SETTINGS.keepAlive().dividedBy(2));
        }

        assertThatThrownBy(() -> get(reading)).hasCauseInstanceOf(LinkLostException.class);
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(bench.peripheral.open).hasValue(0);
    }

    @Test
    void idlePeersKeepEachOtherAlive() throws Exception {
        Heard device = rawDevice();
        say(device, DESCRIBE);
        Link link = bench.openNext();
        timers.elapse(LinkBench.SETTINGS.keepAlive());
        assertThat(device.messages).isEmpty();
        timers.elapse(LinkBench.SETTINGS.keepAlive());
        assertThat(hex(device.message())).isEqualTo("80");
        say(device, "80");
        assertThat(hex(device.message())).isEqualTo("81");
        timers.elapse(LinkBench.SETTINGS.keepAlive().multipliedBy(3));
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
        timers.elapse(LinkBench.SETTINGS.keepAlive());

        assertThat(ended(link)).isEqualTo("nothing was heard for PT1M30S");
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void linkThatIsCutInsideAFrameIsLostAndTheDeviceComesAgain() throws Exception {
        Relay relay = bench.with(new Relay(bench.address));
        bench.newDevice().dial(relay.address(), bench.devices.device());
        Link link = bench.openNext();
        get(link.subscribe(PRESSURE, octets -> {}));
        Peripheral.Announcer announcer = next(bench.peripheral.announcers);
        relay.cutInsideTheNext();
        CompletionStage<Void> indicated = announcer.indicate(new byte[100]);

        assertThat(ended(link)).isEqualTo("the connection was cut off");
        assertThatThrownBy(() -> get(indicated))
                .cause()
                .isInstanceOfSatisfying(
                        LinkLostException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LinkEnd.CUT_OFF));
        assertThat(get(foundAgain().read(LEVEL))).containsExactly(97);
    }

    @Test
    void restartedGatewayIsFoundAgainWithItsTicketsOrWithout() throws Exception {
        ResumptionTickets tickets = new ResumptionTickets(100, Clock.systemUTC());
        SecureTransport first = bench.with(newTransport());
        InetSocketAddress address = first.listen(ANY, bench.devices.gateway().withTickets(tickets), 1);
        bench.newDevice().dial(address, bench.devices.device());
        assertThat(isResumed(first)).isFalse();
        first.close();
        SecureTransport second = bench.with(newTransport());
        second.listen(address, bench.devices.gateway().withTickets(tickets), 1);
        assertThat(isResumed(second)).isTrue();
        second.close();
        SecureTransport third = bench.with(newTransport());
        third.listen(address, bench.devices.gateway(), 1);
        assertThat(isResumed(third)).isFalse();
    }

    /** Opens the next link, reads, and returns whether its session began with a ticket. */
    private boolean isResumed(SecureTransport transport) throws Exception {
        var found = LinkBench.found(transport);
        Discovery device = found.poll();
        while (device == null) {
            timers.elapse(Duration.ofMillis(10)); // lets the device dial again
            device = found.poll(1, TimeUnit.MILLISECONDS);
        }
        Link link = get(transport.open(device));
        assertThat(get(link.read(LEVEL))).containsExactly(97);
        return ((SecureLink) link).connection().session().isResumed();
    }

    private SecureTransport newTransport() {
        return new SecureTransport(LinkBench.SETTINGS, NetLimits.DEFAULT, timers);
    }

    private Link foundAgain() throws Exception {
        Discovery device = bench.found.poll();
        while (device == null) {
            timers.elapse(Duration.ofMillis(10));
            device = bench.found.poll(1, TimeUnit.MILLISECONDS);
        }
        return get(bench.transport.open(device));
    }

    @Test
    void linksThatComeAndGoLeaveNothingBehind() throws Exception {
        bench.newDevice().dial(bench.address, bench.devices.device());
        use(get(bench.transport.open(next(bench.found))));
        long descriptors = descriptors();
        int threads = Thread.activeCount();
        for (int i = 0; i < 200; i++) {
            use(foundAgain());
        }
        Link last = foundAgain();

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4); // those that are just being closed
        assertThat(bench.peripheral.open.get()).isBetween(1, 2);
        assertThat(last.state()).isEqualTo(LinkState.OPEN);
    }

    private static void use(Link link) throws Exception {
        get(link.subscribe(PRESSURE, octets -> {}));
        get(link.write(CONTROL, new byte[] {1}, WriteMode.WITH_RESPONSE));
        link.close();
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void sessionForAnotherUseIsNoLink() throws Exception {
        assertThatThrownBy(() ->
                        get(client.connect(bench.address, bench.devices.device(), Optional.empty(), new Heard(1))))
                .hasMessageContaining("has not proved to be a peer to talk to");
        SessionSettings bound = bench.devices.device().withBinding(BINDING);
        assertThat(get(client.connect(bench.address, bound, Optional.empty(), new Heard(1)))
                        .isOpen())
                .isTrue();
    }
}
