package org.openiomt.ble.bluez;

import java.util.OptionalInt;

/** A decision about a bond. */
public final class PairingAnswer {
    private static final int MAX_PASSKEY = 999_999;

    /** No bond. */
    public static final PairingAnswer REFUSED = new PairingAnswer(false, OptionalInt.empty());

    /** Yes; not enough where a passkey is asked for. */
    public static final PairingAnswer ACCEPTED = new PairingAnswer(true, OptionalInt.empty());

    private final boolean isAccepted;
    private final OptionalInt passkey;

    private PairingAnswer(boolean isAccepted, OptionalInt passkey) {
        this.isAccepted = isAccepted;
        this.passkey = passkey;
    }

    /**
     * The number that the device shows.
     *
     * @param number 0 to 999999
     */
    public static PairingAnswer passkey(int number) {
        if (number < 0 || number > MAX_PASSKEY) {
            throw new IllegalArgumentException("a passkey has six digits");
        }
        return new PairingAnswer(true, OptionalInt.of(number));
    }

    boolean isAccepted() {
        return isAccepted;
    }

    OptionalInt passkey() {
        return passkey;
    }

    @Override
    public String toString() {
        return isAccepted ? "PairingAnswer[yes]" : "PairingAnswer[no]";
    }
}
