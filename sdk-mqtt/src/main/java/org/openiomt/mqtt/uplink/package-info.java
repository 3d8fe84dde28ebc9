/**
 * From an outbox to a broker.
 * Gateways enter. What a record means stays out; it is carried as it was encoded.
 */
@NullMarked
package org.openiomt.mqtt.uplink;

import org.jspecify.annotations.NullMarked;
