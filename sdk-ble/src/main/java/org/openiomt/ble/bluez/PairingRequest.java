package org.openiomt.ble.bluez;

/** Something to decide before there is a bond. */
public sealed interface PairingRequest {
    /** Returns the device's address. */
    String address();

    /**
     * May there be a bond without proof (Just Works)? Asked before we bond first, and when the device asks.
     *
     * @param address the device's address
     */
    record JustWorks(String address) implements PairingRequest {}

    /**
     * Which number does the device show? The answer is a {@link PairingAnswer#passkey}.
     *
     * @param address the device's address
     */
    record EnterPasskey(String address) implements PairingRequest {}

    /**
     * Shows a number for the user to type into the device; comes again as digits are typed in, where the device tells. The answer
     * is not waited for; what refuses it is the device.
     *
     * @param address the device's address
     * @param passkey 0 to 999999; six digits are to be shown
     * @param entered how many digits were typed in so far
     */
    record ShowPasskey(String address, int passkey, int entered) implements PairingRequest {
        @Override
        public String toString() {
            return "ShowPasskey[address=" + address + "]";
        }
    }

    /**
     * Does the device show the same number? (Numeric comparison.)
     *
     * @param address the device's address
     * @param passkey 0 to 999999; six digits are to be shown
     */
    record Compare(String address, int passkey) implements PairingRequest {
        @Override
        public String toString() {
            return "Compare[address=" + address + "]";
        }
    }
}
