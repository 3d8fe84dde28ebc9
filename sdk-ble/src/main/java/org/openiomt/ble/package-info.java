/**
 * The door of the ble room.
 */
@NullMarked
package org.openiomt.ble;

import org.jspecify.annotations.NullMarked;
