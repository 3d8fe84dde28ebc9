/**
 * The door of the mqtt room.
 */
@NullMarked
package org.openiomt.mqtt;

import org.jspecify.annotations.NullMarked;
