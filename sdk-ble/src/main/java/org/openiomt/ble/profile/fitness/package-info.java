/**
 * The characteristics of the Fitness Machine Service, and the joining of data that a machine splits.
 * Drivers of treadmills, bicycles, rowers, climbers and cross trainers enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.fitness;

import org.jspecify.annotations.NullMarked;
