/**
 * The Generic Attribute Profile as a driver needs it: names of channels, one operation at a time, decoded values, ATT errors.
 * Drivers, procedures and virtual devices enter. Meaning of values and transports stay out.
 */
@NullMarked
package org.openiomt.ble.gatt;

import org.jspecify.annotations.NullMarked;
