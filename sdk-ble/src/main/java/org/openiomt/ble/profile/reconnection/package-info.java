/**
 * The characteristics of the Reconnection Configuration Service.
 * Drivers that tune how a device connects, and virtual devices enter.
 * When to tune stays out.
 */
@NullMarked
package org.openiomt.ble.profile.reconnection;

import org.jspecify.annotations.NullMarked;
