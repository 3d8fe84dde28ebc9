/**
 * The characteristics of the Pulse Oximeter Service.
 * The driver of oximeters and virtual oximeters enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.pulseoximeter;

import org.jspecify.annotations.NullMarked;
