package org.openiomt.ble.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;

/** Who decides about bonds, and what follows. */
class PairingTest {
    private final List<PairingRequest> asked = new ArrayList<>();

    @Test
    void withoutASayThereIsNoAgentAndNoBond() {
        try (Bench bench = new Bench()) {
            bench.open();

            assertThat(bench.bluez.calls())
                    .noneMatch(call -> call.startsWith("RegisterAgent") || call.startsWith("Pair"));
            assertThat(bench.device.isBonded()).isFalse();
        }
    }

    @Test
    void bondWithoutProofIsMadeWhenTheApplicationAllowsIt() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.ACCEPTED)) {
            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(asked).containsExactly(new PairingRequest.JustWorks(Bench.ADDRESS));
            assertThat(bench.device.isBonded()).isTrue();
            assertThat(bench.bluez.capability()).contains("NoInputNoOutput");
            assertThat(bench.bluez.isDefaultAgent()).isFalse();
        }
    }

    @Test
    void bondWithoutProofIsNotMadeWhenTheApplicationRefuses() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.REFUSED)) {
            assertThat(bench.kind(opening(bench))).isEqualTo(BluezFault.PAIRING_REFUSED);

            assertThat(bench.bluez.calls()).noneMatch(call -> call.startsWith("Pair"));
            assertThat(bench.device.isConnected()).isFalse();
        }
    }

    @Test
    void bondThatCameOutWithoutProofIsUndoneWhenTheApplicationRefusesIt() {
        try (Bench bench = bench(Pairing.Means.KEYBOARD_DISPLAY, request -> PairingAnswer.REFUSED)) {
            assertThat(bench.kind(opening(bench))).isEqualTo(BluezFault.PAIRING_REFUSED);

            assertThat(asked).containsExactly(new PairingRequest.JustWorks(Bench.ADDRESS));
            assertThat(bench.device.isBonded()).isFalse();
        }
    }

    @Test
    void passkeyThatTheDeviceShowsIsTypedIn() {
        try (Bench bench = bench(Pairing.Means.KEYBOARD, request -> PairingAnswer.passkey(FakeDevice.PASSKEY))) {
            bench.device.bonding(FakeDevice.Bonding.SHOWS_PASSKEY);

            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(asked).containsExactly(new PairingRequest.EnterPasskey(Bench.ADDRESS));
            assertThat(bench.device.isBonded()).isTrue();
        }
    }

    @Test
    void bondIsMadeAlsoWhenBluezTellsOfTheConnectionLater() {
        try (Bench bench = bench(Pairing.Means.KEYBOARD, request -> PairingAnswer.passkey(FakeDevice.PASSKEY))) {
            bench.device.bonding(FakeDevice.Bonding.SHOWS_PASSKEY);
            // Behind the answer: once to be carried, once more to be sent.
            bench.bluez.answerFirst("Connect", signal -> bench.clock.execute(() -> bench.clock.execute(signal)));

            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(bench.device.isBonded()).isTrue();
        }
    }

    @Test
    void wrongPasskeyIsNoBond() {
        try (Bench bench = bench(Pairing.Means.KEYBOARD, request -> PairingAnswer.passkey(1))) {
            bench.device.bonding(FakeDevice.Bonding.SHOWS_PASSKEY);

            assertThat(bench.kind(opening(bench))).isEqualTo(BluezFault.PAIRING_REFUSED);
        }
    }

    @Test
    void yesIsNoPasskey() {
        try (Bench bench = bench(Pairing.Means.KEYBOARD, request -> PairingAnswer.ACCEPTED)) {
            bench.device.bonding(FakeDevice.Bonding.SHOWS_PASSKEY);

            assertThat(bench.kind(opening(bench))).isEqualTo(BluezFault.PAIRING_REFUSED);
        }
    }

    @Test
    void passkeyIsShown() {
        try (Bench bench = bench(Pairing.Means.DISPLAY, request -> PairingAnswer.ACCEPTED)) {
            bench.device.bonding(FakeDevice.Bonding.TAKES_PASSKEY);

            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(asked).containsExactly(new PairingRequest.ShowPasskey(Bench.ADDRESS, FakeDevice.PASSKEY, 0));
            assertThat(asked.get(0).toString()).doesNotContain("123456");
        }
    }

    @Test
    void numbersAreCompared() {
        try (Bench bench = bench(Pairing.Means.DISPLAY_YES_NO, request -> PairingAnswer.ACCEPTED)) {
            bench.device.bonding(FakeDevice.Bonding.COMPARES);

            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(asked).containsExactly(new PairingRequest.Compare(Bench.ADDRESS, FakeDevice.PASSKEY));
        }
    }

    @Test
    void numbersThatDifferAreNoBond() {
        try (Bench bench = bench(Pairing.Means.DISPLAY_YES_NO, request -> PairingAnswer.REFUSED)) {
            bench.device.bonding(FakeDevice.Bonding.COMPARES);

            assertThat(bench.kind(opening(bench))).isEqualTo(BluezFault.PAIRING_REFUSED);
        }
    }

    @Test
    void deviceThatRefusesIsSaid() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.ACCEPTED)) {
            bench.device.bonding(FakeDevice.Bonding.REFUSES);

            CompletionStage<Link> opening = opening(bench);

            assertThat(bench.kind(opening)).isEqualTo(BluezFault.PAIRING_REFUSED);
            assertThat(bench.device.isConnected()).isFalse();
        }
    }

    @Test
    void userWhoNeverAnswersIsANo() {
        Pairing silent = new Pairing() {
            @Override
            public Means means() {
                return Means.DISPLAY_YES_NO;
            }

            @Override
            public boolean isBondedFirst(Discovery device) {
                return true;
            }

            @Override
            public CompletionStage<PairingAnswer> asked(PairingRequest request) {
                return new CompletableFuture<>();
            }
        };
        try (Bench bench = new Bench(BluezSettings.DEFAULT
                .withPairing(silent)
                .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(40)))) {
            bench.device.bonding(FakeDevice.Bonding.COMPARES);

            bench.fault(opening(bench));

            bench.clock.runUntilIdle();
            assertThat(bench.device.isBonded()).isFalse();
            assertThat(bench.clock.waiting()).isZero();
        }
    }

    @Test
    void bondedDeviceIsNotBondedAgain() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.ACCEPTED)) {
            bench.device.bonded();

            assertThat(bench.open().state()).isEqualTo(LinkState.OPEN);

            assertThat(asked).isEmpty();
        }
    }

    @Test
    void onlyBluezIsAnswered() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.ACCEPTED)) {
            bench.get(bench.transport.adapter());
            bench.clock.runUntilIdle();
            CompletionStage<?> legacy = bench.bluez.ask("RequestPinCode", "o", bench.device.path());
            CompletionStage<?> authorized = bench.bluez.ask("RequestAuthorization", "o", bench.device.path());
            CompletableFuture<List<Object>> stranger = new CompletableFuture<>();

            assertThat(bench.fault(legacy)).hasMessageContaining("not for devices of this kind");
            assertThat(bench.get(authorized)).isEqualTo(List.of());
            assertThat(asked).containsExactly(new PairingRequest.JustWorks(Bench.ADDRESS));
            bench.bus.ask(new FakeBus.Asked(
                    ":1.66", "/org/openiomt/agent", "RequestAuthorization", List.of("/x/dev_A"), stranger));
            assertThat(bench.fault(stranger)).hasMessageContaining("only BlueZ");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void agentIsRegisteredAgainAfterTheDaemonRestarted() {
        try (Bench bench = bench(Pairing.Means.NONE, request -> PairingAnswer.ACCEPTED)) {
            bench.get(bench.transport.adapter());
            bench.clock.runUntilIdle();
            bench.bus.daemonEnds();
            assertThat(bench.bluez.hasAgent()).isFalse();
            bench.bus.daemonStarts();
            bench.clock.runUntilIdle();

            assertThat(bench.bluez.hasAgent()).isTrue();
        }
    }

    @Test
    void applicationDecidesForTheMachineWhenItSaysSo() {
        Pairing forAll = new Pairing() {
            @Override
            public Means means() {
                return Means.NONE;
            }

            @Override
            public boolean isAgentOfMachine() {
                return true;
            }

            @Override
            public CompletionStage<PairingAnswer> asked(PairingRequest request) {
                return CompletableFuture.completedFuture(PairingAnswer.REFUSED);
            }
        };
        try (Bench bench = new Bench(BluezSettings.DEFAULT.withPairing(forAll))) {
            bench.get(bench.transport.adapter());
            bench.clock.runUntilIdle();

            assertThat(bench.bluez.isDefaultAgent()).isTrue();
            assertThat(bench.fault(bench.bluez.ask("RequestAuthorization", "o", bench.device.path())))
                    .hasMessageContaining("refused by the application");
        }
    }

    @Test
    void passkeysHaveSixDigits() {
        assertThatThrownBy(() -> PairingAnswer.passkey(1_000_000)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PairingAnswer.passkey(123_456).toString()).doesNotContain("123456");
    }

    private Bench bench(Pairing.Means means, Function<PairingRequest, PairingAnswer> decision) {
        return new Bench(BluezSettings.DEFAULT.withPairing(new Pairing() {
            @Override
            public Means means() {
                return means;
            }

            @Override
            public boolean isBondedFirst(Discovery device) {
                return true;
            }

            @Override
            public CompletionStage<PairingAnswer> asked(PairingRequest request) {
                asked.add(request);
                return CompletableFuture.completedFuture(decision.apply(request));
            }
        }));
    }

    private static CompletionStage<Link> opening(Bench bench) {
        bench.device.advertise();
        return bench.transport.open(Bench.discovery(Bench.ADDRESS));
    }
}
