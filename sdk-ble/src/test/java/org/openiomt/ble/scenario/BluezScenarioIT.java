package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.ble.Ble;
import org.openiomt.ble.bluez.BluezException;
import org.openiomt.ble.bluez.BluezFault;
import org.openiomt.ble.bluez.BluezSettings;
import org.openiomt.ble.bluez.BluezTransport;
import org.openiomt.ble.bluez.Pairing;
import org.openiomt.ble.bluez.PairingAnswer;
import org.openiomt.ble.bluez.PairingRequest;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;

/**
 * The scenarios over BlueZ: a kernel with virtual controllers, bluetoothd and devices written in Python, in one machine for all of
 * them. Run by {@code mvn -Ptestbed}, see {@code testbed/README.md}.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BluezScenarioIT extends ScenarioSuite {
    /** One bluetoothd serves both sides, and what it asks an agent of no bond in particular goes to one for both. */
    private static final Set<String> BONDING = Set.of("just-works", "passkey", "bond-kept");

    private static Bed bed;

    @BeforeAll
    static void boot() {
        bed = Bed.boot();
    }

    @AfterAll
    static void end() {
        bed.close();
    }

    @Override
    Stage open(String scenario) {
        return open(scenario, new User(bed, Pairing.Means.KEYBOARD, BONDING.contains(scenario), 0));
    }

    private static Stage open(String scenario, User user) {
        Bed here = bed;
        here.ask("reset").toCompletableFuture().join();
        Scheduler scheduler = Scheduler.system("bed-" + scenario, 2);
        return Stages.live(
                scenario, "BlueZ 5.66 in the test bed", scheduler, () -> bluez(user), here::ask, scheduler::close);
    }

    private static BluezTransport bluez(Pairing user) {
        return Ble.bluez(BluezSettings.DEFAULT
                .withBusAddress(bed.busAddress())
                .withAdapter("hci0")
                .withPairing(user));
    }

    @Test
    void theSameNumberOnBothSidesIsAProof() {
        User user = new User(bed, Pairing.Means.DISPLAY_YES_NO, true, 0);
        try (Stage stage = open("compare", user);
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);
            ask(stage, "pairing compare");

            Link link = await(stage, transport.open(strap));

            assertThat(user.asked).hasSize(1).hasOnlyElementsOfType(PairingRequest.Compare.class);
            assertThat(await(stage, link.read(AUTHENTICATED))).asString().isEqualTo("topsecret");
            assertThat(ask(stage, "bonds")).isEqualTo("2");
            close(stage, link);
        }
    }

    @Test
    void anotherNumberIsNoBond() {
        refused("compare-differs", "pairing compare", Pairing.Means.DISPLAY_YES_NO, PairingRequest.Compare.class);
    }

    @Test
    void aWrongPasskeyIsNoBond() {
        refused("wrong-passkey", "pairing passkey", Pairing.Means.KEYBOARD, PairingRequest.EnterPasskey.class);
    }

    /** The user reads the number wrongly: then there is no bond on either side. The machine is a new one afterwards. */
    private static void refused(String scenario, String device, Pairing.Means means, Class<?> request) {
        User user = new User(bed, means, true, 1);
        try (Stage stage = open(scenario, user);
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);
            ask(stage, device);

            assertThat(kind(stage, transport.open(strap))).isEqualTo(BluezFault.PAIRING_REFUSED);

            assertThat(user.asked).hasSize(1).hasOnlyElementsOfType(request);
            assertThat(ask(stage, "bonds")).isEqualTo("0");
        } finally {
            bed.close(); // after a bond that was refused BlueZ 5.66 can crash, or never answer, at the next one
            bed = Bed.boot();
        }
    }

    @Test
    void aChangeOfServicesEndsTheLinkAndTheNextHasTheOthers() {
        try (Stage stage = open("services-changed-now");
                Transport transport = stage.transport()) {
            Link first = connect(stage, transport, STRAP);
            CompletableFuture<String> ended = new CompletableFuture<>();
            first.onClosed(ended::complete);

            ask(stage, "strap other");

            assertThat(await(stage, ended)).contains("services");
            Link second = connect(stage, transport, STRAP);
            assertThat(second.channels()).isNotEqualTo(first.channels()).contains(LONG);
            close(stage, second);
            ask(stage, "strap whole");
        }
    }

    private static BluezFault kind(Stage stage, CompletionStage<Link> opening) {
        if (fault(stage, opening) instanceof BluezException refused) {
            return refused.fault();
        }
        throw new AssertionError("not a fault of BlueZ");
    }

    /** A user who accepts every bond, types in what a device shows and compares it, and may read it wrongly. */
    private static final class User implements Pairing {
        final List<PairingRequest> asked = new CopyOnWriteArrayList<>();
        private final int misreadBy;
        private final Bed bed;
        private final Means means;
        private final boolean isBondedFirst;

        User(Bed bed, Means means, boolean isBondedFirst, int misreadBy) {
            this.bed = bed;
            this.means = means;
            this.isBondedFirst = isBondedFirst;
            this.misreadBy = misreadBy;
        }

        @Override
        public boolean isBondedFirst(Discovery device) {
            return isBondedFirst;
        }

        @Override
        public Means means() {
            return means;
        }

        @Override
        public CompletionStage<PairingAnswer> asked(PairingRequest request) {
            asked.add(request);
            if (request instanceof PairingRequest.EnterPasskey) {
                return shown().thenApply(PairingAnswer::passkey);
            }
            if (request instanceof PairingRequest.Compare compare) {
                return shown().thenApply(
                                number -> number == compare.passkey() ? PairingAnswer.ACCEPTED : PairingAnswer.REFUSED);
            }
            return CompletableFuture.completedFuture(PairingAnswer.ACCEPTED);
        }

        private CompletionStage<Integer> shown() {
            return bed.ask("passkey").thenApply(digits -> (Integer.parseInt(digits) + misreadBy) % 1_000_000);
        }
    }
}
