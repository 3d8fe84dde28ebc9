package org.openiomt.ble.bluez;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.Discovery;

/**
 * The application's say in bonding: with which devices, and what its user can do to prove that the device is the right one. Called
 * on the transport's thread, so it must not wait: who asks a person returns a stage and completes it later.
 */
public interface Pairing {
    /** Bonds with nobody. Then no agent is registered with BlueZ, and another program's is left to do as its user wishes. */
    Pairing REFUSED = new Pairing() {
        @Override
        public Means means() {
            return Means.NONE;
        }

        @Override
        public CompletionStage<PairingAnswer> asked(PairingRequest request) {
            return CompletableFuture.completedFuture(PairingAnswer.REFUSED);
        }
    };

    /** Returns what the user of this application can do. Asked once. */
    Means means();

    /**
     * Says yes or no. An answer that comes after the device, its user or BlueZ gave up is ignored; a stage that fails is a no.
     *
     * @param request from whom, and what has to be shown, typed in or compared
     */
    CompletionStage<PairingAnswer> asked(PairingRequest request);

    /** Whether to bond with a device that has no bond before its link is given out; for devices that refuse to be read without. */
    default boolean isBondedFirst(Discovery device) {
        return false;
    }

    /**
     * Whether to be asked about bonds that others begin, too: a device, or BlueZ when a device refuses to be read without. Then
     * this application decides for the whole machine, in place of its desktop, while the transport is open. Asked once.
     */
    default boolean isAgentOfMachine() {
        return false;
    }

    /** What the user of this application can do; it decides how a bond can be proved. */
    enum Means {
        /** Nothing: bonds are made without proof (Just Works), so that somebody in between is not noticed. */
        NONE("NoInputNoOutput"),
        /** See a number. */
        DISPLAY("DisplayOnly"),
        /** See a number and say yes or no: numeric comparison. */
        DISPLAY_YES_NO("DisplayYesNo"),
        /** Type in a number that the device shows. */
        KEYBOARD("KeyboardOnly"),
        /** All of these. */
        KEYBOARD_DISPLAY("KeyboardDisplay");

        private final String capability;

        Means(String capability) {
            this.capability = capability;
        }

        String capability() {
            return capability;
        }
    }
}
