/**
 * The gateway's side: virtual or recorded devices, the gateway, its durable outbox and the uplink to the broker.
 * The demo, the replay and the gateway and simulate commands enter. The application's side stays out.
 */
@NullMarked
package org.openiomt.examples.gateway;

import org.jspecify.annotations.NullMarked;
