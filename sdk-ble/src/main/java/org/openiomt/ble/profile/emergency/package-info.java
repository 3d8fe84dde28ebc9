/**
 * The characteristics of the Emergency Configuration Service.
 * Apps that read whom a device belongs to enter.
 * Sending for help stays out.
 */
@NullMarked
package org.openiomt.ble.profile.emergency;

import org.jspecify.annotations.NullMarked;
