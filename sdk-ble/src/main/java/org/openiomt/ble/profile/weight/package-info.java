/**
 * The characteristics of the Weight Scale and the Body Composition Service.
 * The scale's driver and virtual scales enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.weight;

import org.jspecify.annotations.NullMarked;
