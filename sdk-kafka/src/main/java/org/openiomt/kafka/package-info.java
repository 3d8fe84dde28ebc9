/**
 * Observations to a Kafka cluster, and from it, in the order of each device. Gateways, bridges and applications enter. What the
 * messages hold stays sealed on the way.
 */
@NullMarked
package org.openiomt.kafka;

import org.jspecify.annotations.NullMarked;
