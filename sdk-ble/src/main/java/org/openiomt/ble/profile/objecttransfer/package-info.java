/**
 * The characteristics of the Object Transfer Service: choosing objects and asking for their content.
 * Drivers and virtual devices enter.
 * The content itself, which goes over a channel of its own, stays out.
 */
@NullMarked
package org.openiomt.ble.profile.objecttransfer;

import org.jspecify.annotations.NullMarked;
