/**
 * Control points that are a table: an op code with its parameters, and one response for all of them.
 * The services whose control points have this form enter, and whoever commands a device.
 * What an op code means stays in the package of its service.
 */
@NullMarked
package org.openiomt.ble.profile.controlpoint;

import org.jspecify.annotations.NullMarked;
