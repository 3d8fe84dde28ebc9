/**
 * The link to a broker: a small port of ours, its one implementation over the HiveMQ client, and who reconnects.
 * Uplinks and consumers enter. Observations stay out, and no type of the client gets out.
 */
@NullMarked
package org.openiomt.mqtt.port;

import org.jspecify.annotations.NullMarked;
