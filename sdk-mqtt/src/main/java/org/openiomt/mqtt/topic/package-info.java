/**
 * The topic contract: which topics there are, and what a topic says about site, gateway and device.
 * Uplinks, consumers and whoever writes a broker's access rules enter. Payloads and connections stay out.
 */
@NullMarked
package org.openiomt.mqtt.topic;

import org.jspecify.annotations.NullMarked;
