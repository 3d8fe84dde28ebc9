/**
 * The characteristics of the Device Time Service.
 * Whoever reads or sets a device's clock enters.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.devicetime;

import org.jspecify.annotations.NullMarked;
