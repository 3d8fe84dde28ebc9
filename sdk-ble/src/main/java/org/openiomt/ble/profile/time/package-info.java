/**
 * Clock readings of devices and how far they can be trusted: Date Time, Current Time, Reference Time Update, Next DST Change.
 * Drivers that set a device's clock enter.
 * The reading as a field of a measurement stays with {@link org.openiomt.ble.profile.DateTimeCodec}.
 */
@NullMarked
package org.openiomt.ble.profile.time;

import org.jspecify.annotations.NullMarked;
