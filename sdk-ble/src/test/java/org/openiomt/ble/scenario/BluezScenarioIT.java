package org.openiomt.ble.scenario;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.openiomt.ble.Ble;
import org.openiomt.ble.bluez.BluezSettings;
import org.openiomt.ble.bluez.Pairing;
import org.openiomt.ble.bluez.PairingAnswer;
import org.openiomt.ble.bluez.PairingRequest;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Scheduler;

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
        Bed here = bed;
        here.ask("reset").toCompletableFuture().join();
        Scheduler scheduler = Scheduler.system("bed-" + scenario, 2);
        BluezSettings settings = BluezSettings.DEFAULT
                .withBusAddress(here.busAddress())
                .withAdapter("hci0")
                .withPairing(new Typing(here, BONDING.contains(scenario)));
        return Stages.live(
                scenario,
                "BlueZ 5.66 in the test bed",
                scheduler,
                () -> Ble.bluez(settings),
                here::ask,
                scheduler::close);
    }

    /** A user who bonds with every device, and types in what it shows. */
    private static final class Typing implements Pairing {
        private final Bed bed;
        private final boolean isBondedFirst;

        Typing(Bed bed, boolean isBondedFirst) {
            this.bed = bed;
            this.isBondedFirst = isBondedFirst;
        }

        @Override
        public boolean isBondedFirst(Discovery device) {
            return isBondedFirst;
        }

        @Override
        public Means means() {
            return Means.KEYBOARD;
        }

        @Override
        public CompletionStage<PairingAnswer> asked(PairingRequest request) {
            return request instanceof PairingRequest.EnterPasskey
                    ? bed.ask("passkey").thenApply(digits -> PairingAnswer.passkey(Integer.parseInt(digits)))
                    : CompletableFuture.completedFuture(PairingAnswer.ACCEPTED);
        }
    }
}
