/**
 * Sensors of runners and cyclists and fitness machines without hardware.
 * Applications, examples and tests enter. The air, and what all devices share, is in the package above.
 */
@NullMarked
package org.openiomt.ble.virtual.sport;

import org.jspecify.annotations.NullMarked;
