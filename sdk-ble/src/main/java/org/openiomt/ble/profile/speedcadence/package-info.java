/**
 * The characteristics of the Running Speed and Cadence and of the Cycling Speed and Cadence Service.
 * Drivers of running and cycling sensors enter, and the Cycling Power Service for what it shares.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.speedcadence;

import org.jspecify.annotations.NullMarked;
