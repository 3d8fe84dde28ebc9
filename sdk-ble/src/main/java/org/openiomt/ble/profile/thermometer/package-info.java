/**
 * The characteristics of the Health Thermometer Service.
 * The thermometer's driver and virtual thermometers enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.thermometer;

import org.jspecify.annotations.NullMarked;
