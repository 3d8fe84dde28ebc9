/**
 * The characteristics of the User Data Service: what a device knows of the persons who use it.
 * Drivers of scales, cuffs and activity monitors, and apps that register a user, enter.
 * What a person's data mean in the nomenclature stays out.
 */
@NullMarked
package org.openiomt.ble.profile.userdata;

import org.jspecify.annotations.NullMarked;
