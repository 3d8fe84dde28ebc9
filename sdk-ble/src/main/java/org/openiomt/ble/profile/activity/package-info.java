/**
 * The characteristics of the Physical Activity Monitor Service.
 * Drivers of activity trackers and virtual ones enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.activity;

import org.jspecify.annotations.NullMarked;
