/**
 * The characteristics of the Indoor Positioning Service: where a beacon is.
 * Apps that follow equipment through a building enter.
 * Computing a position stays out.
 */
@NullMarked
package org.openiomt.ble.profile.positioning;

import org.jspecify.annotations.NullMarked;
