package org.openiomt.ble.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;

/** Adapters, discovery, opening of links, and what happens when one of them goes away. */
class BluezTransportTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void nothingIsDoneBeforeItIsUsed() {
        bench.clock.advance(Duration.ofMinutes(1));

        assertThat(bench.bus.connections()).isZero();
        assertThat(bench.bluez.calls()).isEmpty();
    }

    @Test
    void adaptersAreListedWithTheirPower() {
        bench.bluez.power(false);

        assertThat(bench.get(bench.transport.adapters()))
                .containsExactly(new BluezAdapter("hci0", FakeBluez.ADAPTER_ADDRESS, "test", false, false, false));
    }

    @Test
    void discoverySaysWhatTheDeviceAnnounced() {
        bench.device.announces(Map.of(
                "ServiceData",
                Map.of(FakeDevice.whole("181d"), new byte[] {7}),
                "ManufacturerData",
                Map.of(0x004C, new byte[] {8, 9})));
        Bench.Sightings sightings = bench.watch();

        bench.device.advertise();
        bench.clock.runUntilIdle();

        assertThat(sightings.seen).hasSize(1);
        Discovery seen = sightings.seen.get(0);
        assertThat(seen.address()).isEqualTo(Bench.ADDRESS);
        assertThat(seen.name()).contains("Meter");
        assertThat(seen.services()).containsExactlyInAnyOrder("180d", "f0de0001-0000-4000-8000-000000000001");
        assertThat(seen.signal()).isEqualTo(OptionalInt.of(-60));
        assertThat(seen.at()).isEqualTo(bench.clock.instant());
        assertThat(seen.data().keySet()).containsExactlyInAnyOrder("service:181d", "manufacturer:004c");
        assertThat(seen.data().get("manufacturer:004c")).containsExactly(8, 9);
    }

    @Test
    void deviceIsAnnouncedAgainEachTimeItIsSeen() {
        Bench.Sightings sightings = bench.watch();

        for (int i = 0; i < 3; i++) {
            bench.device.advertise();
            bench.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(sightings.seen).hasSize(3);
    }

    @Test
    void whoComesLaterHearsOfWhatIsThere() {
        bench.watch();
        bench.device.advertise();
        bench.clock.runUntilIdle();

        assertThat(bench.watch().seen).hasSize(1);
    }

    @Test
    void devicesThatWereNotSeenAreNotAnnounced() {
        bench.device.show();

        assertThat(bench.watch().seen).isEmpty();
    }

    @Test
    void deviceThatAnEarlierProcessLeftConnectedIsAnnounced() {
        bench.device.show();
        bench.bluez.change(bench.device.path(), BluezObjects.DEVICE, Map.of("Connected", true));

        assertThat(bench.watch().seen).hasSize(1);
    }

    @Test
    void bluezIsAskedForLowEnergyDevicesOfTheWantedServices() {
        try (Bench filtered = new Bench(BluezSettings.DEFAULT.withServices(Set.of("0x1808")))) {
            filtered.watch();

            assertThat(filtered.bluez.isDiscovering()).isTrue();
            assertThat(filtered.bluez.filter())
                    .isEqualTo(Map.of("Transport", "le", "DuplicateData", true, "UUIDs", List.of("1808")));
        }
    }

    @Test
    void searchEndsWithTheLastSubscriber() {
        Bench.Sightings first = bench.watch();
        Bench.Sightings second = bench.watch();
        first.cancel();
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.isDiscovering()).isTrue();

        second.cancel();
        bench.clock.runUntilIdle();

        assertThat(bench.bluez.isDiscovering()).isFalse();
    }

    @Test
    void searchThatIsRefusedIsTriedAgain() {
        bench.bluez.fault("StartDiscovery", FakeBluez.failed());
        bench.watch();
        assertThat(bench.bluez.isDiscovering()).isFalse();

        bench.bluez.heal();
        bench.clock.advance(Duration.ofSeconds(10));

        assertThat(bench.bluez.isDiscovering()).isTrue();
    }

    @Test
    void searchThatBluezEndedBeginsAgain() {
        bench.watch();
        bench.bluez.change(FakeBluez.ADAPTER, BluezObjects.ADAPTER, Map.of("Discovering", false));

        bench.clock.advance(Duration.ofSeconds(10));

        assertThat(bench.bluez.isDiscovering()).isTrue();
    }

    @Test
    void linkToDeviceThatIsNotSeenYetWaitsForIt() {
        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));
        bench.clock.advance(Duration.ofSeconds(20));
        assertThat(opening.toCompletableFuture()).isNotDone();
        assertThat(bench.bluez.isDiscovering()).isTrue();

        bench.device.advertise();

        assertThat(bench.get(opening).state()).isEqualTo(LinkState.OPEN);
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.isDiscovering()).isFalse();
    }

    @Test
    void deviceThatNeverShowsItselfIsOutOfRange() {
        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));

        assertThat(bench.kind(opening)).isEqualTo(BluezFault.OUT_OF_RANGE);
        assertThat(bench.fault(opening)).hasMessageContaining("show itself");
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.isDiscovering()).isFalse();
        assertThat(bench.clock.waiting()).isZero();
    }

    @Test
    void deviceThatCannotBeConnectedIsOutOfRange() {
        bench.device.advertise();
        bench.device.rangeIs(false);

        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));

        assertThat(bench.kind(opening)).isEqualTo(BluezFault.OUT_OF_RANGE);
        assertThat(bench.fault(opening))
                .hasMessageContaining("bring it near")
                .hasMessageContaining("le-connection-abort-by-local");
    }

    @Test
    void connectionThatIsNeverAnsweredIsGivenUp() {
        bench.device.advertise();
        bench.bluez.silence("Connect");

        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));

        assertThat(bench.kind(opening)).isIn(BluezFault.OUT_OF_RANGE, BluezFault.NO_ANSWER);
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.calls()).last().asString().startsWith("Disconnect ");
        assertThat(bench.device.isConnected()).isFalse();
    }

    @Test
    void addressThatIsNoneIsRefusedAtOnce() {
        assertThat(bench.fault(bench.transport.open(Bench.discovery("cuff-1"))))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("cuff-1");
    }

    @Test
    void secondLinkToOneDeviceIsRefused() {
        bench.open();

        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.IN_USE);
    }

    @Test
    void deviceCanBeOpenedAgainAtOnceAfterItWasClosed() {
        for (int i = 0; i < 5; i++) {
            Link link = bench.open();
            link.close();
            assertThat(link.state()).isEqualTo(LinkState.CLOSED);
            bench.device.advertise();
        }
        bench.clock.runUntilIdle();

        assertThat(bench.device.isConnected()).isFalse();
    }

    @Test
    void endOfTheLastLinkThatIsToldLateDoesNotEndTheNext() {
        bench.device.bonded();
        bench.bluez.answerFirst("Disconnect", signal -> bench.clock.execute(() -> bench.clock.execute(signal)));
        Link link = bench.open();
        link.close();

        Link next = bench.get(bench.transport.open(Bench.discovery(Bench.ADDRESS)));

        bench.clock.runUntilIdle();
        assertThat(next.state()).isEqualTo(LinkState.OPEN);
        assertThat(bench.device.isConnected()).isTrue();
    }

    @Test
    void bondThatTheDeviceForgotIsReportedAtTheSecondTryAndLeftAlone() {
        bench.device.bonded();
        bench.device.forgetBond();
        bench.device.advertise();
        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.OUT_OF_RANGE);

        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));

        assertThat(bench.kind(opening)).isEqualTo(BluezFault.STALE_BOND);
        assertThat(bench.fault(opening)).hasMessageContaining("nothing was removed");
        assertThat(bench.device.isBonded()).isTrue();
        assertThat(bench.bluez.calls()).noneMatch(call -> call.startsWith("RemoveDevice"));
    }

    @Test
    void bondedDeviceThatIsHeardAndNeverConnectedIsSuspectedAtTheSecondTry() {
        bench.device.bonded();
        bench.device.advertise();
        bench.device.rangeIs(false);
        bench.fault(bench.transport.open(Bench.discovery(Bench.ADDRESS)));

        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.STALE_BOND);
    }

    @Test
    void bondedDeviceThatIsNotHeardIsOutOfRangeHoweverOften() {
        bench.device.bonded();
        bench.device.rangeIs(false);

        for (int i = 0; i < 4; i++) {
            assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                    .isEqualTo(BluezFault.OUT_OF_RANGE);
        }
    }

    @Test
    void bondThatNewerBluezSaysDoesNotFitIsReportedAtOnce() {
        bench.device.bonded();
        bench.device.whenConnected(() -> {
            bench.bluez.emit(
                    bench.device.path(),
                    BluezObjects.DEVICE,
                    "Disconnected",
                    "ss",
                    "org.bluez.Reason.Authentication",
                    "keys");
            bench.device.drop();
        });
        bench.device.advertise();

        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.STALE_BOND);
    }

    @Test
    void bondIsRemovedWhenTheApplicationSaysSo() {
        bench.device.bonded();

        bench.get(bench.transport.removeBond(Bench.ADDRESS));

        assertThat(bench.bluez.has(bench.device.path())).isFalse();
    }

    @Test
    void bondedDeviceThatNewerBluezSaysWasLostOtherwiseKeepsItsName() {
        bench.device.bonded();
        bench.device.whenConnected(() -> {
            bench.bluez.emit(
                    bench.device.path(), BluezObjects.DEVICE, "Disconnected", "ss", "org.bluez.Reason.Timeout", "gone");
            bench.device.drop();
        });
        bench.device.advertise();

        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.OUT_OF_RANGE);
    }

    @Test
    void missingBusIsSaid() {
        bench.bus.refuse(true);

        CompletionStage<?> asked = bench.transport.adapter();

        assertThat(bench.kind(asked)).isEqualTo(BluezFault.NO_BUS);
        assertThat(bench.fault(asked)).hasMessageContaining("start dbus-daemon");
    }

    @Test
    void busThatNeverAnswersIsSaid() {
        bench.bus.deafen();

        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.NO_BUS);
    }

    @Test
    void missingDaemonIsSaid() {
        bench.bus.daemonEnds();

        assertThat(bench.kind(bench.transport.adapter())).isEqualTo(BluezFault.NO_DAEMON);
    }

    @Test
    void missingAdapterIsSaid() {
        bench.bluez.removeAdapter();

        assertThat(bench.kind(bench.transport.adapter())).isEqualTo(BluezFault.NO_ADAPTER);
    }

    @Test
    void adapterThatWasNotChosenIsNotUsed() {
        try (Bench chosen = new Bench(BluezSettings.DEFAULT.withAdapter("hci9"))) {
            assertThat(chosen.kind(chosen.transport.adapter())).isEqualTo(BluezFault.NO_ADAPTER);
        }
        try (Bench chosen = new Bench(BluezSettings.DEFAULT.withAdapter("00:aa:01:00:00:00"))) {
            assertThat(chosen.get(chosen.transport.adapter()).name()).isEqualTo("hci0");
        }
    }

    @Test
    void adapterThatIsOffIsSaid() {
        bench.bluez.power(false);

        assertThat(bench.kind(bench.transport.adapter())).isEqualTo(BluezFault.ADAPTER_OFF);
    }

    @Test
    void adapterThatIsBlockedIsSaid() {
        bench.bluez.block();

        CompletionStage<?> asked = bench.transport.adapter();

        assertThat(bench.kind(asked)).isEqualTo(BluezFault.ADAPTER_BLOCKED);
        assertThat(bench.fault(asked)).hasMessageContaining("rfkill");
    }

    @Test
    void missingRightsAreSaid() {
        bench.bluez.fault(
                "GetManagedObjects",
                new BusException("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message"));

        CompletionStage<?> asked = bench.transport.adapter();

        assertThat(bench.kind(asked)).isEqualTo(BluezFault.NO_RIGHTS);
        assertThat(bench.fault(asked)).hasMessageContaining("group bluetooth");
    }

    @Test
    void adapterThatIsSwitchedOffEndsLinksAndSearchGoesOnWhenItIsOnAgain() {
        List<Optional<BluezFault>> told = new ArrayList<>();
        bench.transport.onReadiness(why -> told.add(why.map(BluezException::fault)));
        Bench.Sightings sightings = bench.watch();
        Link link = bench.open();
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);
        bench.clock.runUntilIdle();

        bench.bluez.power(false);
        bench.clock.runUntilIdle();
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(closed).hasSize(1);
        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.ADAPTER_OFF);

        bench.bluez.power(true);
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.isDiscovering()).isTrue();
        int before = sightings.seen.size();
        assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
        bench.clock.runUntilIdle();
        assertThat(sightings.seen).hasSizeGreaterThan(before);
        assertThat(told).containsExactly(Optional.empty(), Optional.of(BluezFault.ADAPTER_OFF), Optional.empty());
    }

    @Test
    void adapterThatIsPulledOutEndsLinksAndOneThatIsPluggedInIsUsed() {
        bench.watch();
        Link link = bench.open();

        bench.bluez.removeAdapter();
        bench.clock.runUntilIdle();
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);

        bench.bluez.addAdapter();
        bench.clock.runUntilIdle();
        assertThat(bench.bluez.isDiscovering()).isTrue();
        assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void daemonThatRestartsEndsLinksAndIsUsedAgain() {
        Bench.Sightings sightings = bench.watch();
        Link link = bench.open();
        List<String> closed = new ArrayList<>();
        link.onClosed(closed::add);
        CompletionStage<byte[]> reading = silentRead(link);

        bench.bus.daemonEnds();
        assertThat(bench.fault(reading)).isInstanceOf(LinkException.class);
        assertThat(closed).singleElement().asString().contains("bluetoothd");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.bluez.heal();
        bench.bus.daemonStarts();
        bench.clock.runUntilIdle();

        assertThat(bench.bus.connections()).isEqualTo(1);
        assertThat(bench.bluez.isDiscovering()).isTrue();
        int before = sightings.seen.size();
        assertThat(bench.get(bench.open().read(Bench.BATTERY))).containsExactly(1, 2, 3);
        bench.clock.runUntilIdle();
        assertThat(sightings.seen).hasSizeGreaterThan(before);
    }

    @Test
    void daemonThatRestartsWhileALinkIsOpenedFailsIt() {
        bench.device.advertise();
        bench.bluez.silence("Connect");
        CompletionStage<Link> opening = bench.transport.open(Bench.discovery(Bench.ADDRESS));
        bench.clock.runUntilIdle();

        bench.bus.daemonEnds();

        assertThat(bench.fault(opening)).isInstanceOf(LinkException.class);
        bench.bluez.heal();
        bench.bus.daemonStarts();
        assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void busThatEndsIsConnectedToAgainForThoseWhoWatch() {
        bench.watch();
        Link link = bench.open();

        bench.bus.refuse(true);
        bench.bus.drop("the daemon was stopped");
        bench.clock.runUntilIdle();
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        bench.clock.advance(Duration.ofMinutes(2));
        bench.bluez.restart();
        bench.bus.refuse(false);
        bench.clock.advance(Duration.ofMinutes(2));

        assertThat(bench.bluez.isDiscovering()).isTrue();
        assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void daemonThatComesLaterIsUsedWithoutBeingAskedFor() {
        bench.bus.daemonEnds();
        bench.watch();
        int calls = bench.bluez.calls().size();

        bench.bus.daemonStarts();
        bench.clock.runUntilIdle();

        assertThat(bench.bluez.calls()).hasSizeGreaterThan(calls);
        assertThat(bench.bluez.isDiscovering()).isTrue();
    }

    @Test
    void fiveHundredFailedOpensLeaveNothing() {
        bench.device.show();
        bench.get(bench.transport.adapter());
        List<String> rules = List.copyOf(bench.bus.rules());

        for (int i = 0; i < 500; i++) {
            bench.bluez.heal();
            bench.device.whenConnected(i % 5 == 3 ? bench.device::drop : () -> {});
            bench.device.rangeIs(i % 5 != 0);
            switch (i % 5) {
                case 1 -> bench.bluez.silence("Connect");
                case 2 -> bench.bluez.fault("Connect", FakeBluez.failed());
                case 4 -> bench.bluez.fault("GetManagedObjects", FakeBluez.failed());
                default -> {}
            }
            bench.fault(bench.transport.open(Bench.discovery(Bench.ADDRESS)));
            bench.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(bench.bus.rules()).isEqualTo(rules);
        assertThat(bench.bus.connections()).isEqualTo(1);
        assertThat(bench.clock.waiting()).isZero();
        assertThat(bench.device.isConnected()).isFalse();
        assertThat(bench.bluez.isDiscovering()).isFalse();
        bench.bluez.heal();
        bench.device.rangeIs(true);
        bench.device.whenConnected(() -> {});
        assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void closingDisconnectsAndEndsEverything() {
        Bench.Sightings sightings = bench.watch();
        Link link = bench.open();
        CompletionStage<Link> opening = bench.transport.open(Bench.discovery("00:AA:01:02:00:02"));

        bench.transport.close();
        bench.clock.runUntilIdle();

        assertThat(sightings.isComplete).isTrue();
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(bench.device.isConnected()).isFalse();
        assertThat(bench.kind(opening)).isEqualTo(BluezFault.CLOSED);
        assertThat(bench.kind(bench.transport.open(Bench.discovery(Bench.ADDRESS))))
                .isEqualTo(BluezFault.CLOSED);
        assertThat(bench.clock.waiting()).isZero();
        assertThat(bench.bus.rules()).isEmpty();
    }

    @Test
    void signalsOfOthersOnTheBusAreNotBelieved() {
        Link link = bench.open();
        List<byte[]> values = new ArrayList<>();
        bench.get(link.subscribe(Bench.MEASUREMENT, values::add));

        bench.bus.forge(
                bench.measurement,
                BluezClient.PROPERTIES,
                "PropertiesChanged",
                BluezObjects.CHARACTERISTIC,
                Map.of("Value", new byte[] {66}),
                List.of());
        bench.bus.forge("/org/freedesktop/DBus", Bus.DAEMON, "NameOwnerChanged", BluezClient.BLUEZ, ":1.2", ":1.66");
        bench.clock.runUntilIdle();

        assertThat(values).isEmpty();
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void settingsRefuseWhatCannotBe() {
        assertThatThrownBy(() -> BluezSettings.DEFAULT.withBusAddress("unix:abstract=/tmp/bus"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BluezSettings.DEFAULT.withServices(Set.of("heart")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        BluezSettings.DEFAULT.withTimeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CompletionStage<byte[]> silentRead(Link link) {
        bench.bluez.silence("ReadValue");
        CompletionStage<byte[]> reading = link.read(Bench.BATTERY);
        bench.clock.runUntilIdle();
        return reading;
    }
}
