/**
 * The door of the MQTT room.
 * Applications enter here. Everything else has a package of its own.
 */
@NullMarked
package org.openiomt.mqtt;

import org.jspecify.annotations.NullMarked;
