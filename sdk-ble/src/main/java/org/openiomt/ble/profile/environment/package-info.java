/**
 * The characteristics and descriptors of the Environmental Sensing Service.
 * Drivers of sensors of rooms and weather enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.environment;

import org.jspecify.annotations.NullMarked;
