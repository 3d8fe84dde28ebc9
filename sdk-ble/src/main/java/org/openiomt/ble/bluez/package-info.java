/**
 * Bluetooth devices through BlueZ, Linux's Bluetooth stack, over D-Bus: adapters, discovery, bonding, links.
 * Applications enter through {@code Ble.bluez}. Profiles, drivers and the meaning of values stay out.
 */
@NullMarked
package org.openiomt.ble.bluez;

import org.jspecify.annotations.NullMarked;
