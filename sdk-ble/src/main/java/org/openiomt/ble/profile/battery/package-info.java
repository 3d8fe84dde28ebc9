/**
 * The characteristics of the Battery Service.
 * Drivers and virtual devices enter.
 * What a level means for the device's state stays out.
 */
@NullMarked
package org.openiomt.ble.profile.battery;

import org.jspecify.annotations.NullMarked;
