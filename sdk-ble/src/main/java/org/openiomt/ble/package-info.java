/**
 * The door of the Bluetooth room: transports that find devices and open links to them.
 * Applications enter here. Octets, profiles and drivers stay in the packages below.
 */
@NullMarked
package org.openiomt.ble;

import org.jspecify.annotations.NullMarked;
