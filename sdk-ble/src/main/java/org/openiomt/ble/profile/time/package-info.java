/**
 * Clock readings of devices: Date Time.
 * Drivers that set a device's clock enter.
 * The reading as a field of a measurement stays with {@link org.openiomt.ble.profile.DateTimeCodec}.
 */
@NullMarked
package org.openiomt.ble.profile.time;

import org.jspecify.annotations.NullMarked;
