/**
 * Which broker to use and how, and whether it can be reached.
 * Applications enter, to choose and to watch. Topics, payloads and the client library stay out.
 */
@NullMarked
package org.openiomt.mqtt.broker;

import org.jspecify.annotations.NullMarked;
