/**
 * The characteristics of the Location and Navigation Service.
 * Drivers of positioning sensors enter.
 * What a reading means in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.location;

import org.jspecify.annotations.NullMarked;
