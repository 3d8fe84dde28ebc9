/**
 * The characteristics of the Heart Rate Service.
 * The driver of heart rate sensors and virtual sensors enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.heartrate;

import org.jspecify.annotations.NullMarked;
