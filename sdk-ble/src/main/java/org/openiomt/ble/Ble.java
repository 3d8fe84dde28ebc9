package org.openiomt.ble;

import org.openiomt.ble.bluez.BluezSettings;
import org.openiomt.ble.bluez.BluezTransport;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.spi.Transport;

/** The door to Bluetooth devices. */
public final class Ble {
    private Ble() {}

    /** Returns a transport over BlueZ, Linux's Bluetooth stack, with {@link BluezSettings#DEFAULT}. */
    public static BluezTransport bluez() {
        return bluez(BluezSettings.DEFAULT);
    }

    /** Returns a transport over BlueZ, Linux's Bluetooth stack. */
    public static BluezTransport bluez(BluezSettings settings) {
        return BluezTransport.of(settings);
    }

    /**
     * Returns a transport that sees the virtual devices in {@code air}. Each call returns a transport of its own, as a second
     * gateway in the same room would be; closing it leaves the air and its devices alone.
     */
    public static Transport simulated(VirtualAir air) {
        return air.newTransport();
    }
}
