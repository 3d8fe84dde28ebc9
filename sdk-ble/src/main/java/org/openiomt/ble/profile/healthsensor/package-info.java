/**
 * The characteristics of the Generic Health Sensor Service.
 * Drivers of health sensors and virtual ones enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.healthsensor;

import org.jspecify.annotations.NullMarked;
