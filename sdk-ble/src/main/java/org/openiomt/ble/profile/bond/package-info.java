/**
 * The characteristics of the Bond Management Service.
 * Apps that make a device forget its bonds enter.
 * Pairing itself stays with the stack.
 */
@NullMarked
package org.openiomt.ble.profile.bond;

import org.jspecify.annotations.NullMarked;
