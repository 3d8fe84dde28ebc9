/**
 * Health devices without hardware: an air in memory, peripherals with GATT services, and the devices that people use.
 * Applications, examples and tests enter. Drivers and the meaning of observations stay out.
 */
@NullMarked
package org.openiomt.ble.virtual;

import org.jspecify.annotations.NullMarked;
