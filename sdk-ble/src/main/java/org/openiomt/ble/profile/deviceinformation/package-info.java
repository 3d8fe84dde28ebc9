/**
 * The characteristics of the Device Information Service.
 * Drivers that say what a device is and virtual devices enter.
 * What a driver does for one make or model stays out.
 */
@NullMarked
package org.openiomt.ble.profile.deviceinformation;

import org.jspecify.annotations.NullMarked;
