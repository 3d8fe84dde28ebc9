/**
 * The characteristics of the Authorization Control Service.
 * Drivers that open a protected service, and virtual devices enter.
 * Keys and what is inside the protected values stay out.
 */
@NullMarked
package org.openiomt.ble.profile.authorization;

import org.jspecify.annotations.NullMarked;
