package org.openiomt.examples.bluetooth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.bluez.Pairing;
import org.openiomt.ble.bluez.PairingAnswer;
import org.openiomt.ble.bluez.PairingRequest;

/** Takes every bond that needs no proof, and no other. */
final class AnyBond implements Pairing {
    @Override
    public Means means() {
        return Means.NONE;
    }

    @Override
    public CompletionStage<PairingAnswer> asked(PairingRequest request) {
        return CompletableFuture.completedFuture(
                request instanceof PairingRequest.JustWorks ? PairingAnswer.ACCEPTED : PairingAnswer.REFUSED);
    }
}
