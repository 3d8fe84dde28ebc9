/**
 * Continuous Glucose Monitoring Service, one file per characteristic.
 * Drivers, virtual devices and tools enter, each with what the feature characteristic said about check sums.
 * Sessions, their control and observations stay out.
 */
@NullMarked
package org.openiomt.ble.profile.continuousglucose;

import org.jspecify.annotations.NullMarked;
