/**
 * The characteristics of the Binary Sensor Service: doors, windows and other sensors of two states.
 * Drivers of such sensors enter.
 * What a state means stays out.
 */
@NullMarked
package org.openiomt.ble.profile.binarysensor;

import org.jspecify.annotations.NullMarked;
