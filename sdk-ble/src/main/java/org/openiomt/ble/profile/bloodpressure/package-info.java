/**
 * The characteristics of the Blood Pressure Service.
 * The cuff's driver and virtual cuffs enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.bloodpressure;

import org.jspecify.annotations.NullMarked;
