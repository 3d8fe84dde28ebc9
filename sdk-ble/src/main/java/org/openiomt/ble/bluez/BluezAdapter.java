package org.openiomt.ble.bluez;

/**
 * A Bluetooth adapter of this machine.
 *
 * @param name what the system calls it: {@code hci0}
 * @param address its address: {@code 00:1A:7D:DA:71:13}
 * @param alias what it calls itself to others
 * @param isPowered whether it is switched on
 * @param isBlocked whether rfkill keeps it off; false where BlueZ does not say (before 5.65)
 * @param isDiscovering whether it looks for devices, for anybody on this machine
 */
public record BluezAdapter(
        String name, String address, String alias, boolean isPowered, boolean isBlocked, boolean isDiscovering) {}
