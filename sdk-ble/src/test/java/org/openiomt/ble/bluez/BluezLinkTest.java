package org.openiomt.ble.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;

/** What a driver does with a link over BlueZ. */
class BluezLinkTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void channelsAreNamedInTheOrderOfTheirHandlesAndEqualOnesAreCounted() {
        bench.device.characteristic("2a52", "read");
        bench.device.service("180f");
        bench.device.characteristic("2a19", "read");
        bench.device.service("f0de0001-0000-4000-8000-000000000001");
        bench.device.characteristic("f0de0002-0000-4000-8000-000000000001", "notify");

        assertThat(bench.open().channels())
                .extracting(Channel::name)
                .containsExactly(
                        "180f/2a19",
                        "1808/2a18",
                        "1808/2a52",
                        "1808/2a52#2",
                        "180f/2a19#2",
                        "f0de0001-0000-4000-8000-000000000001/f0de0002-0000-4000-8000-000000000001");
    }

    @Test
    void valueThatFitsIsThatOfTheConnection() {
        assertThat(bench.open().maxValueLength()).isEqualTo(61);
    }

    @Test
    void valueThatFitsIsTheSmallestWhereBluezDoesNotSay() {
        bench.bluez.fault("Get", new BusException("org.freedesktop.DBus.Error.InvalidArgs", "No such property 'MTU'"));

        assertThat(bench.open().maxValueLength()).isEqualTo(20);
    }

    @Test
    void valuesAreReadAndWritten() {
        Link link = bench.open();

        assertThat(bench.get(link.read(Bench.BATTERY))).containsExactly(1, 2, 3);
        bench.get(link.write(Bench.CONTROL, new byte[] {9}, WriteMode.WITH_RESPONSE));
        assertThat(bench.device.value(bench.control)).containsExactly(9);
        bench.get(link.write(Bench.CONTROL, new byte[] {8}, WriteMode.WITHOUT_RESPONSE));
        assertThat(bench.device.value(bench.control)).containsExactly(8);
    }

    @Test
    void longValueIsWrittenWithAnAnswerOnly() {
        Link link = bench.open();
        byte[] longest = new byte[512];
        Arrays.fill(longest, (byte) 5);

        bench.get(link.write(Bench.CONTROL, longest, WriteMode.WITH_RESPONSE));

        assertThat(bench.device.value(bench.control)).isEqualTo(longest);
        assertThatThrownBy(() -> link.write(Bench.CONTROL, new byte[62], WriteMode.WITHOUT_RESPONSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("61");
        assertThatThrownBy(() -> link.write(Bench.CONTROL, new byte[513], WriteMode.WITH_RESPONSE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsWrittenIsNotKept() {
        Link link = bench.open();
        byte[] octets = {4};
        CompletionStage<Void> written = link.write(Bench.CONTROL, octets, WriteMode.WITH_RESPONSE);
        octets[0] = 5;
        bench.get(written);

        assertThat(bench.device.value(bench.control)).containsExactly(4);
    }

    @Test
    void whatTheDeviceDoesNotHaveOrAllowIsRefusedAsByAnyDevice() {
        Link link = bench.open();

        assertThat(code(link.read(Channel.of("180f/2a00")))).isEqualTo(0x0A);
        assertThat(code(link.read(Bench.MEASUREMENT))).isEqualTo(0x02);
        assertThat(code(link.write(Bench.BATTERY, new byte[1], WriteMode.WITH_RESPONSE)))
                .isEqualTo(0x03);
        Channel quiet = Channel.of("1808/2a51");
        assertThat(code(link.subscribe(quiet, octets -> {}))).isEqualTo(0x0A);
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.bluez.Error.Failed             | Operation failed with ATT error: 0x80 | 128
            org.bluez.Error.Failed             | Operation failed with ATT error: 0x0e | 14
            org.bluez.Error.NotPermitted       | Read not permitted                    | 2
            org.bluez.Error.NotPermitted       | Write not permitted                   | 3
            org.bluez.Error.NotPermitted       | Not paired                            | 5
            org.bluez.Error.NotAuthorized      | Operation Not Authorized              | 8
            org.bluez.Error.NotSupported       | Operation is not supported            | 6
            org.bluez.Error.InvalidArguments   | Invalid offset                        | 7
            org.bluez.Error.InvalidArguments   | Invalid Length                        | 13
            org.bluez.Error.InvalidValueLength | Invalid Length                        | 13
            """)
    void answersOfTheDeviceAreRefusalsWithItsCode(String name, String words, int code) {
        Link link = bench.open();
        bench.bluez.fault("ReadValue", new BusException(name, words));

        assertThat(code(link.read(Bench.BATTERY))).isEqualTo(code);
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void whatIsNoAnswerOfTheDeviceIsAFaultOfTheLink() {
        Link link = bench.open();
        bench.bluez.fault("ReadValue", new BusException("org.bluez.Error.NotConnected", "Not Connected"));

        assertThat(bench.fault(link.read(Bench.BATTERY)))
                .isInstanceOf(LinkException.class)
                .isNotInstanceOf(RefusedException.class);
    }

    @Test
    void requestsGoOneAfterTheOther() {
        Link link = bench.open();
        bench.bluez.silence("ReadValue");
        CompletionStage<byte[]> first = link.read(Bench.BATTERY);
        CompletionStage<Void> second = link.write(Bench.CONTROL, new byte[] {1}, WriteMode.WITH_RESPONSE);
        bench.clock.runUntilIdle();

        assertThat(bench.bluez.calls()).noneMatch(call -> call.startsWith("WriteValue"));
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(second.toCompletableFuture()).isNotDone();
    }

    @Test
    void requestThatIsNeverAnsweredEndsTheLink() {
        Link link = bench.open();
        bench.bluez.silence("ReadValue");
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);
        CompletionStage<byte[]> waiting = link.read(Bench.BATTERY);
        CompletionStage<byte[]> behind = link.read(Bench.BATTERY);

        assertThat(bench.kind(waiting)).isEqualTo(BluezFault.NO_ANSWER);
        assertThat(bench.fault(behind)).hasMessageContaining("closed while reading 180f/2a19");
        assertThat(closed).singleElement().asString().contains("no answer");
        bench.clock.runUntilIdle();
        assertThat(bench.device.isConnected()).isFalse();
    }

    @Test
    void announcementsComeInOrderAsTheConsumersOwn() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        bench.get(link.subscribe(Bench.MEASUREMENT, values::add));

        for (byte i = 0; i < 100; i++) {
            bench.device.announce(bench.measurement, i);
        }
        bench.clock.runUntilIdle();

        assertThat(values).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(values.get(i)).containsExactly(i);
        }
    }

    @Test
    void firstValueThatComesBeforeTheAnswerIsHeardAfterIt() {
        Link link = bench.open();
        List<String> heard = new ArrayList<>();
        bench.bluez.before("StartNotify", () -> {
            bench.device.announce(bench.measurement, (byte) 1);
            bench.device.announce(bench.measurement, (byte) 2);
        });

        CompletionStage<?> subscribed = link.subscribe(Bench.MEASUREMENT, octets -> heard.add("value " + octets[0]));
        subscribed.thenRun(() -> heard.add("subscribed"));
        bench.clock.runUntilIdle();
        bench.device.announce(bench.measurement, (byte) 3);
        bench.clock.runUntilIdle();

        assertThat(heard).containsExactly("subscribed", "value 1", "value 2", "value 3");
    }

    @Test
    void whatIsReadIsNotTakenForAnnounced() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        bench.get(link.subscribe(Bench.BATTERY, values::add));
        bench.device.value(bench.battery, (byte) 50);

        assertThat(bench.get(link.read(Bench.BATTERY))).containsExactly(50);
        bench.clock.runUntilIdle();

        assertThat(values).isEmpty();
    }

    @Test
    void whatIsAnnouncedWhileItIsReadIsNotLost() {
        Link link = bench.open();
        List<Byte> values = new ArrayList<>();
        bench.get(link.subscribe(Bench.BATTERY, octets -> values.add(octets[0])));
        bench.device.value(bench.battery, (byte) 50);
        bench.bluez.before("ReadValue", () -> bench.device.announce(bench.battery, (byte) 51));
        CompletionStage<byte[]> reading = link.read(Bench.BATTERY);
        bench.device.announce(bench.battery, (byte) 50);

        assertThat(bench.get(reading)).containsExactly(50);
        bench.clock.runUntilIdle();

        assertThat(values).containsExactlyInAnyOrder((byte) 50, (byte) 51);
    }

    @Test
    void subscriptionThatIsRefusedLeavesNothing() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        bench.bluez.fault("StartNotify", new BusException("org.bluez.Error.NotPermitted", "Not paired"));

        assertThat(code(link.subscribe(Bench.MEASUREMENT, values::add))).isEqualTo(0x05);
        bench.bluez.heal();
        List<byte[]> later = new ArrayList<>();
        bench.get(link.subscribe(Bench.MEASUREMENT, later::add));
        bench.device.announce(bench.measurement, (byte) 1);
        bench.clock.runUntilIdle();

        assertThat(values).isEmpty();
        assertThat(later).hasSize(1);
    }

    @Test
    void severalSubscribersOfOneChannelShareOneSubscription() {
        Link link = bench.open();
        List<byte[]> first = new ArrayList<>();
        List<byte[]> second = new ArrayList<>();
        Link.Subscription one = bench.get(link.subscribe(Bench.MEASUREMENT, first::add));
        Link.Subscription two = bench.get(link.subscribe(Bench.MEASUREMENT, second::add));
        bench.device.announce(bench.measurement, (byte) 1);
        bench.clock.runUntilIdle();
        bench.get(one.cancel());
        bench.device.announce(bench.measurement, (byte) 2);
        bench.clock.runUntilIdle();

        assertThat(first).hasSize(1);
        assertThat(second).hasSize(2);
        assertThat(bench.device.isNotifying(bench.measurement)).isTrue();
        bench.get(two.cancel());
        assertThat(bench.device.isNotifying(bench.measurement)).isFalse();
        assertThat(bench.bluez.calls())
                .filteredOn(call -> call.startsWith("StartNotify"))
                .hasSize(1);
    }

    @Test
    void nothingComesAfterASubscriptionWasCancelled() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        Link.Subscription subscription = bench.get(link.subscribe(Bench.MEASUREMENT, values::add));
        bench.get(subscription.cancel());

        bench.bluez.change(bench.measurement, BluezObjects.CHARACTERISTIC, Map.of("Value", new byte[] {1}));
        bench.clock.runUntilIdle();

        assertThat(values).isEmpty();
        assertThat(subscription.cancel()).isSameAs(subscription.cancel());
    }

    @Test
    void consumerThatFailsDoesNotStopTheOthers() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        bench.get(link.subscribe(Bench.MEASUREMENT, octets -> {
            throw new IllegalStateException("a bug of the driver");
        }));
        bench.get(link.subscribe(Bench.MEASUREMENT, values::add));

        bench.device.announce(bench.measurement, (byte) 1);
        bench.clock.runUntilIdle();

        assertThat(values).hasSize(1);
    }

    @Test
    void lostLinkFailsWhatWaitsAndSaysWhyOnce() {
        Link link = bench.open();
        bench.bluez.silence("ReadValue");
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);
        CompletionStage<byte[]> waiting = link.read(Bench.BATTERY);
        bench.clock.runUntilIdle();

        bench.device.drop();

        assertThat(bench.fault(waiting)).hasMessageContaining("closed while reading 180f/2a19");
        assertThat(bench.fault(link.read(Bench.BATTERY))).hasMessageContaining("disconnected");
        link.close();
        bench.clock.runUntilIdle();
        assertThat(closed).hasSize(1);
        List<String> late = new ArrayList<>();
        link.onClosed(late::add);
        assertThat(late).isEqualTo(closed);
    }

    @Test
    void changedServicesEndTheLinkAndSayWhy() {
        Link link = bench.open();
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);
        bench.clock.runUntilIdle();

        bench.device.changeServices();
        bench.clock.runUntilIdle();

        assertThat(closed).singleElement().asString().contains("services of the device changed");
        bench.device.advertise();
        assertThat(bench.open().channels()).contains(Channel.of("1808/2a99"));
    }

    @Test
    void deviceThatBluezForgetsEndsTheLink() {
        Link link = bench.open();

        bench.device.remove();
        bench.clock.runUntilIdle();

        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void closedLinkLeavesNoRuleAndNoTimer() {
        bench.get(bench.transport.adapter());
        List<String> rules = List.copyOf(bench.bus.rules());
        Link link = bench.open();
        bench.get(link.subscribe(Bench.MEASUREMENT, octets -> {}));
        assertThat(bench.bus.rules()).hasSize(rules.size() + 1);

        link.close();
        bench.clock.runUntilIdle();

        assertThat(bench.bus.rules()).isEqualTo(rules);
        assertThat(bench.clock.waiting()).isZero();
        assertThat(bench.device.isConnected()).isFalse();
        assertThat(bench.clock.await(link.read(Bench.BATTERY).exceptionally(gone -> new byte[0]), Duration.ZERO))
                .isTrue();
    }

    private int code(CompletionStage<?> stage) {
        Throwable fault = bench.fault(stage);
        assertThat(fault).isInstanceOf(RefusedException.class);
        return ((RefusedException) fault).code();
    }
}
