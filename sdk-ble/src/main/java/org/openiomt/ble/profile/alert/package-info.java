/**
 * The characteristics of the Alert Notification, Immediate Alert, Link Loss and Tx Power Services.
 * Apps that make a device ring or show the alerts of a phone enter.
 * Alarms of patients stay out.
 */
@NullMarked
package org.openiomt.ble.profile.alert;

import org.jspecify.annotations.NullMarked;
