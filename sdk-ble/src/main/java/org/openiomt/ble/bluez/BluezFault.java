package org.openiomt.ble.bluez;

/** Why BlueZ could not do what was asked, and who can help. */
public enum BluezFault {
    /** There is no D-Bus, or it does not let us in. */
    NO_BUS,
    /** Nobody on the D-Bus is BlueZ: bluetoothd does not run. */
    NO_DAEMON,
    /** The machine has no Bluetooth adapter, or not the one that was chosen. */
    NO_ADAPTER,
    /** The adapter is switched off. */
    ADAPTER_OFF,
    /** The adapter is switched off and kept so by rfkill: a switch on the case, or flight mode. */
    ADAPTER_BLOCKED,
    /** This user may not talk to BlueZ. */
    NO_RIGHTS,
    /** The device is not there, too far away, asleep, or connected to somebody else. */
    OUT_OF_RANGE,
    /** The device, its user, the application or nobody agreed to bond. */
    PAIRING_REFUSED,
    /** The two sides no longer have the same keys, as after a reset of the device. */
    STALE_BOND,
    /** There is a link to the device already. */
    IN_USE,
    /** The services of the device changed while the link was open. */
    SERVICES_CHANGED,
    /** The link ended, by the device, the radio or BlueZ. */
    LOST,
    /** BlueZ did not answer in time. */
    NO_ANSWER,
    /** The transport or the link was closed by the application. */
    CLOSED,
    /** Anything else that BlueZ says. */
    OTHER
}
