package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.ble.testing.ManualAir.faultOf;
import static org.openiomt.ble.testing.ManualAir.seen;
import static org.openiomt.core.spi.WriteMode.WITHOUT_RESPONSE;
import static org.openiomt.core.spi.WriteMode.WITH_RESPONSE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.testing.MaskingGuard;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;

class VirtualLinkTest {
    private static final Channel LEVEL = Channel.of("180f/2a19");
    private static final Channel STREAM = Channel.of("180d/2a37");
    private static final Channel PRESSURE = Channel.of("1810/2a35");
    private static final Channel CONTROL = Channel.of("180d/2a39");

    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1")
            .add(LEVEL, Property.READ, Property.NOTIFY)
            .value(LEVEL, new byte[] {87})
            .add(STREAM, Property.NOTIFY)
            .add(PRESSURE, Property.INDICATE)
            .add(CONTROL, Property.WRITE, Property.WRITE_WITHOUT_RESPONSE);
    private final List<Integer> heard = new ArrayList<>();

    VirtualLinkTest() {
        device.appear();
    }

    private void hear(byte[] octets) {
        heard.add((int) octets[0]);
    }

    private static byte[] octet(int value) {
        return new byte[] {(byte) value};
    }

    @Test
    void aCentralSeesTheChannelsAndReadsAValue() {
        Link link = room.open(device);

        assertThat(link.channels()).containsExactly(LEVEL, STREAM, PRESSURE, CONTROL);
        assertThat(room.now(link.read(LEVEL))).containsExactly(87);
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void nothingHappensOnTheCallersStack() {
        Link link = room.open(device);
        List<String> order = new ArrayList<>();

        CompletionStage<Void> read = link.read(LEVEL).thenAccept(octets -> order.add("answer"));
        order.add("asked");
        room.now(read);

        assertThat(order).containsExactly("asked", "answer");
    }

    @Test
    void theArrayOfAReadIsTheCallers() {
        Link link = room.open(device);

        room.now(link.read(LEVEL))[0] = 1;

        assertThat(room.now(link.read(LEVEL))).containsExactly(87);
    }

    @Test
    void whatTheDeviceRefusesComesWithItsCodeAndLeavesTheLinkOpen() {
        device.onWrite(CONTROL, octets -> {
            throw new RefusedException(0x80, "op code " + octets[0]);
        });
        Link link = room.open(device);

        assertThat(code(link.write(CONTROL, octet(2), WITH_RESPONSE))).isEqualTo(0x80);
        assertThat(code(link.read(PRESSURE))).isEqualTo(AttError.READ_NOT_PERMITTED);
        assertThat(code(link.write(LEVEL, octet(1), WITH_RESPONSE))).isEqualTo(AttError.WRITE_NOT_PERMITTED);
        assertThat(code(link.subscribe(CONTROL, this::hear))).isEqualTo(AttError.REQUEST_NOT_SUPPORTED);
        assertThat(code(link.read(Channel.of("1800/2a00")))).isEqualTo(AttError.ATTRIBUTE_NOT_FOUND);
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void aRefusalCanBeSetAsAFault() {
        device.faults(Faults.NONE.withRefusal(LEVEL, AttError.INSUFFICIENT_ENCRYPTION));
        Link link = room.open(device);

        assertThat(code(link.read(LEVEL))).isEqualTo(AttError.INSUFFICIENT_ENCRYPTION);
        assertThat(code(link.subscribe(LEVEL, this::hear))).isEqualTo(AttError.INSUFFICIENT_ENCRYPTION);
    }

    @Test
    void aBrokenHandlerIsAnAnswerToo() {
        device.onRead(LEVEL, () -> {
            throw new IllegalStateException("a bug of the test");
        });
        Link link = room.open(device);

        assertThat(code(link.read(LEVEL))).isEqualTo(AttError.UNLIKELY_ERROR);
    }

    @Test
    void aWrittenValueIsReadBackUnlessAHandlerTakesIt() {
        Channel stored = Channel.of("1805/2a2b");
        device.add(stored, Property.READ, Property.WRITE);
        List<Integer> written = new ArrayList<>();
        device.onWrite(CONTROL, octets -> written.add((int) octets[0]));
        Link link = room.open(device);

        room.now(link.write(stored, octet(5), WITH_RESPONSE));
        room.now(link.write(CONTROL, octet(6), WITHOUT_RESPONSE));

        assertThat(room.now(link.read(stored))).containsExactly(5);
        assertThat(written).containsExactly(6);
    }

    @Test
    void aSubscriptionIsAnsweredBeforeItsFirstValue() {
        List<String> order = new ArrayList<>();
        device.onSubscribed(STREAM, () -> device.notify(STREAM, octet(1)));
        Link link = room.open(device);

        room.now(link.subscribe(STREAM, octets -> order.add("value")).thenRun(() -> order.add("subscribed")));
        room.clock.runUntilIdle();

        assertThat(order).containsExactly("subscribed", "value");
    }

    @Test
    void aSecondSubscriberHearsNothingFromBeforeItsAnswer() {
        Link link = room.open(device);
        List<String> order = new ArrayList<>();
        room.now(link.subscribe(STREAM, this::hear));

        CompletionStage<Void> second =
                link.subscribe(STREAM, octets -> order.add("value")).thenRun(() -> order.add("subscribed"));
        device.notify(STREAM, octet(1));
        room.now(second);
        device.notify(STREAM, octet(2));
        room.clock.runUntilIdle();

        assertThat(order).containsExactly("subscribed", "value");
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void whatAWriteSetsOffComesBehindItsAnswer() {
        List<String> order = new ArrayList<>();
        device.onWrite(CONTROL, octets -> device.notify(STREAM, octet(1)));
        Link link = room.open(device);
        room.now(link.subscribe(STREAM, octets -> order.add("value")));

        room.now(link.write(CONTROL, octet(1), WITH_RESPONSE).thenRun(() -> order.add("answered")));
        room.clock.runUntilIdle();

        assertThat(order).containsExactly("answered", "value");
    }

    @Test
    void noValueComesAfterASubscriptionHasEnded() {
        Link link = room.open(device);
        Link.Subscription subscription = room.now(link.subscribe(STREAM, this::hear));
        device.notify(STREAM, octet(1));

        room.now(subscription.cancel());
        room.now(subscription.cancel());

        assertThat(heard).containsExactly(1);
        assertThat(device.isSubscribed(STREAM)).isFalse();
        assertThat(room.fault(device.notify(STREAM, octet(2)))).isInstanceOf(LinkException.class);
    }

    @Test
    void oneSubscriberCanGoWhileAnotherStays() {
        Link link = room.open(device);
        List<Integer> other = new ArrayList<>();
        Link.Subscription first = room.now(link.subscribe(STREAM, this::hear));
        room.now(link.subscribe(STREAM, octets -> other.add((int) octets[0])));

        room.now(first.cancel());
        room.now(first.cancel());
        room.now(device.notify(STREAM, octet(3)));

        assertThat(heard).isEmpty();
        assertThat(other).containsExactly(3);
    }

    @Test
    void indicationsAreConfirmedOneByOne() {
        Link link = room.open(device);
        room.now(link.subscribe(PRESSURE, this::hear));
        device.faults(Faults.NONE.withDelay(Duration.ofMillis(100)));

        CompletionStage<Void> first = device.notify(PRESSURE, octet(1));
        CompletionStage<Void> second = device.notify(PRESSURE, octet(2));
        room.clock.advance(Duration.ofMillis(200));

        assertThat(first.toCompletableFuture()).isDone();
        assertThat(second.toCompletableFuture()).isNotDone();
        assertThat(heard).containsExactly(1);
        room.clock.advance(Duration.ofMillis(200));
        assertThat(second.toCompletableFuture()).isDone();
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void aConsumerThatThrowsLosesNothingButItsOwnValue() {
        Link link = room.open(device);
        room.now(link.subscribe(PRESSURE, octets -> {
            heard.add((int) octets[0]);
            throw new IllegalStateException("a bug of the test");
        }));

        room.now(device.notify(PRESSURE, octet(1)));
        room.now(device.notify(PRESSURE, octet(2)));

        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void aLostLinkFailsEveryCallThatWaits() {
        Link link = room.open(device);
        room.now(link.subscribe(PRESSURE, this::hear));
        device.faults(Faults.NONE.withDelay(Duration.ofSeconds(1)));
        List<CompletionStage<?>> waiting = List.of(
                link.read(LEVEL),
                link.write(CONTROL, octet(1), WITH_RESPONSE),
                link.subscribe(STREAM, this::hear),
                device.notify(PRESSURE, octet(1)),
                device.notify(PRESSURE, octet(2)));
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);

        device.disconnect();

        assertThat(waiting)
                .allSatisfy(stage -> assertThat(faultOf(stage))
                        .isInstanceOf(LinkException.class)
                        .hasMessageContaining("link to dev-1 closed while "));
        assertThat(closed).containsExactly("closed by dev-1");
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        room.clock.advance(Duration.ofMinutes(1));
        assertThat(heard).isEmpty();
        assertThat(room.clock.waiting()).isZero();
    }

    @Test
    void aClosedLinkRefusesEverythingAndTellsALateListener() {
        Link link = room.open(device);
        Link.Subscription subscription = room.now(link.subscribe(STREAM, this::hear));
        link.close();
        link.close();
        List<String> closed = new ArrayList<>();

        link.onClosed(closed::add);

        assertThat(closed).containsExactly("closed by us");
        assertThat(room.fault(link.read(LEVEL))).isInstanceOf(LinkException.class);
        assertThat(room.fault(link.write(CONTROL, octet(1), WITH_RESPONSE))).isInstanceOf(LinkException.class);
        assertThat(room.fault(link.write(CONTROL, octet(1), WITHOUT_RESPONSE))).isInstanceOf(LinkException.class);
        assertThat(room.fault(link.subscribe(STREAM, this::hear))).isInstanceOf(LinkException.class);
        assertThat(subscription.cancel().toCompletableFuture()).isCompleted();
    }

    @Test
    void aSilentDeviceIsGivenUpAfterThirtySeconds() {
        Link link = room.open(device);
        device.faults(Faults.NONE.withSilence());
        CompletionStage<byte[]> read = link.read(LEVEL);

        room.clock.advance(Duration.ofSeconds(29));
        assertThat(read.toCompletableFuture()).isNotDone();
        room.clock.advance(Duration.ofSeconds(1));

        assertThat(faultOf(read)).hasMessageContaining("no answer within 30 s while reading 180f/2a19");
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void anUnconfirmedIndicationEndsTheLinkToo() {
        Link link = room.open(device);
        room.now(link.subscribe(PRESSURE, this::hear));
        device.faults(Faults.NONE.withSilence());
        CompletionStage<Void> indication = device.notify(PRESSURE, octet(1));

        room.clock.advance(Duration.ofSeconds(30));

        assertThat(faultOf(indication)).isInstanceOf(LinkException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void theLinkIsLostAfterACountOfFrames() {
        device.faults(Faults.NONE.withLinkLostAfter(4));
        Link link = room.open(device);
        room.now(link.subscribe(STREAM, this::hear));

        for (int i = 1; i <= 5; i++) {
            device.notify(STREAM, octet(i));
        }
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(1, 2);
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void aCountOfZeroLosesTheLinkAtOnce() {
        Link link = room.open(device);

        device.faults(Faults.NONE.withLinkLostAfter(0));

        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(room.open(device).state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void aShorterDelayDoesNotOvertakeALongerOne() {
        Link link = room.open(device);
        room.now(link.subscribe(STREAM, this::hear));
        device.faults(Faults.NONE.withDelay(Duration.ofSeconds(2)));
        device.notify(STREAM, octet(1));
        device.faults(Faults.NONE);
        device.notify(STREAM, octet(2));

        room.clock.advance(Duration.ofSeconds(1));
        assertThat(heard).isEmpty();
        room.clock.advance(Duration.ofSeconds(1));

        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void framesCanBeCutInBothDirections() {
        List<byte[]> written = new ArrayList<>();
        device.onWrite(CONTROL, written::add);
        Link link = room.open(device);
        device.faults(Faults.NONE.withFramesCutTo(2));

        room.now(link.write(CONTROL, new byte[] {1, 2, 3}, WITH_RESPONSE));
        device.value(LEVEL, new byte[] {4, 5, 6});

        assertThat(written.get(0)).containsExactly(1, 2);
        assertThat(room.now(link.read(LEVEL))).containsExactly(4, 5);
    }

    @Test
    void aWriteThatDoesNotFitIsTheCallersFault() {
        device.mtu(23);
        Link link = room.open(device);

        assertThat(link.maxValueLength()).isEqualTo(20);
        assertThatThrownBy(() -> link.write(CONTROL, new byte[21], WITH_RESPONSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value on this link has at most 20 octets, but got 21");
    }

    @Test
    void anAnnouncementThatDoesNotFitIsCut() {
        device.mtu(23);
        List<byte[]> frames = new ArrayList<>();
        Link link = room.open(device);
        room.now(link.subscribe(STREAM, frames::add));

        room.now(device.notify(STREAM, new byte[30]));
        room.clock.runUntilIdle();

        assertThat(frames.get(0)).hasSize(20);
    }

    @Test
    void oneCentralAtATime() {
        room.open(device);

        assertThat(room.fault(room.transport.open(seen("dev-1"))))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("has a central already");
    }

    @Test
    void anotherCentralStartsWithoutTheFormerOnesSubscriptions() {
        Link first = room.open(device);
        room.now(first.subscribe(STREAM, this::hear));
        first.close();

        room.open(device);

        assertThat(device.isSubscribed(STREAM)).isFalse();
    }

    @Test
    void whatCannotBeOpenedSaysWhy() {
        assertThat(room.fault(room.transport.open(seen("nowhere"))))
                .isInstanceOf(LinkException.class)
                .hasMessage("no device nowhere in the air");
        device.vanish();
        assertThat(room.fault(room.transport.open(seen("dev-1")))).hasMessageContaining("does not advertise");
        device.appear();
        device.faults(Faults.NONE.withConnectionsRefused());
        assertThat(room.fault(room.transport.open(seen("dev-1")))).hasMessageContaining("refuses connections");
    }

    @Test
    void nothingIsLeftOfFiveHundredFailedOpens() {
        for (int i = 0; i < 500; i++) {
            device.faults(
                    switch (i % 4) {
                        case 0 -> Faults.NONE.withConnectionsRefused();
                        case 1 -> Faults.NONE.withSilence();
                        case 2 -> Faults.NONE.withDelay(Duration.ofSeconds(20));
                        default -> Faults.NONE.withDelay(Duration.ofSeconds(1));
                    });
            CompletionStage<Link> open = room.transport.open(seen("dev-1"));
            if (i % 4 == 3) {
                room.clock.runUntilIdle();
                device.faults(Faults.NONE.withConnectionsRefused());
            }
            room.clock.advance(Duration.ofSeconds(31));
            assertThat(faultOf(open)).isInstanceOf(LinkException.class);
        }

        assertThat(room.air.linkCount()).isZero();
        assertThat(room.clock.waiting()).isZero();
        assertThat(device.isConnected()).isFalse();
        device.faults(Faults.NONE);
        assertThat(room.now(room.open(device).read(LEVEL))).containsExactly(87);
    }

    @Test
    void nothingIsLeftOfFiveHundredSessionsThatAreLostHalfway() {
        for (int i = 0; i < 500; i++) {
            device.faults(Faults.NONE.withLinkLostAfter(i % 7));
            Link link = room.open(device);
            link.onClosed(reason -> heard.add(1));
            link.subscribe(STREAM, this::hear);
            link.read(LEVEL);
            link.subscribe(PRESSURE, this::hear);
            room.clock.runUntilIdle();
            link.close();
        }

        assertThat(heard).hasSize(500);
        assertThat(room.air.linkCount()).isZero();
        assertThat(room.clock.waiting()).isZero();
        assertThat(device.isSubscribed(STREAM)).isFalse();
    }

    @Test
    void aTransportThatIsClosedClosesItsLinksAndWhatItOpens() {
        Link link = room.open(device);
        VirtualPeripheral other = new VirtualPeripheral(room.air, "dev-2");
        other.appear();
        CompletionStage<Link> opening = room.transport.open(seen("dev-2"));

        room.transport.close();

        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(room.fault(opening)).isInstanceOf(LinkException.class);
        assertThat(room.fault(room.transport.open(seen("dev-2")))).isInstanceOf(LinkException.class);
        assertThat(other.isConnected()).isFalse();
    }

    @Test
    void valuesAreSealedAndBoundToTheirChannel() {
        MaskingGuard far = new MaskingGuard();
        device.guardedBy(MaskingGuard::new).value(LEVEL, octet(9));
        List<byte[]> frames = new ArrayList<>();
        List<Integer> written = new ArrayList<>();
        device.onWrite(CONTROL, octets -> written.add((int) octets[0]));
        Link link = room.open(device);

        byte[] read = room.now(link.read(LEVEL));
        room.now(link.subscribe(STREAM, frames::add));
        room.now(device.notify(STREAM, octet(7)));
        room.now(link.write(CONTROL, far.seal(octet(5), name(CONTROL)), WITH_RESPONSE));

        assertThat(far.open(read, name(LEVEL))).containsExactly(9);
        assertThat(far.open(frames.get(0), name(STREAM))).containsExactly(7);
        assertThat(written).containsExactly(5);
        assertThat(code(link.write(CONTROL, far.seal(octet(5), name(STREAM)), WITH_RESPONSE)))
                .isEqualTo(AttError.INSUFFICIENT_AUTHENTICATION);
        assertThat(written).containsExactly(5);
    }

    private int code(CompletionStage<?> stage) {
        Throwable fault = room.fault(stage);
        assertThat(fault).isInstanceOf(RefusedException.class);
        return ((RefusedException) fault).code();
    }

    private static byte[] name(Channel channel) {
        return channel.name().getBytes(StandardCharsets.UTF_8);
    }
}
