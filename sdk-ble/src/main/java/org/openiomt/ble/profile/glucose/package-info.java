/**
 * The characteristics of the Glucose Service.
 * The driver of glucose meters, the record access procedure and virtual meters enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.glucose;

import org.jspecify.annotations.NullMarked;
