/**
 * The characteristics of the Cycling Power Service.
 * Drivers of power meters and trainers enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.cyclingpower;

import org.jspecify.annotations.NullMarked;
